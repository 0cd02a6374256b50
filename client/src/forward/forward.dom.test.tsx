// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { fixtureId } from '../app/fixture/people.ts'
import { renderFixture } from '../app/render-fixture.tsx'

const room = fixtureId('room', 6)

async function write(text: string) {
  const chat = renderFixture({ room, deliverAfter: 1 })
  const box = screen.getByRole('textbox', { name: 'Message' })
  fireEvent.change(box, { target: { value: text } })
  fireEvent.keyDown(box, { key: 'Enter' })
  await waitFor(() => expect(chat.store.getState().timeline?.pending).toHaveLength(0))
  return { chat, box }
}

function choose(message: RegExp, name: string) {
  fireEvent.pointerEnter(screen.getByRole('article', { name: message }))
  fireEvent.click(screen.getByRole('button', { name: 'More actions' }))
  fireEvent.click(screen.getByRole('menuitem', { name }))
}

test('a message is forwarded into another room with a comment, by keyboard', async () => {
  const { chat } = await write('worth knowing')
  const send = vi.spyOn(chat.actions, 'sendMessage')
  choose(/worth knowing/, 'Forward')
  const dialog = within(screen.getByRole('dialog', { name: 'Forward message' }))
  const to = dialog.getByRole('combobox', { name: 'To' })
  fireEvent.change(to, { target: { value: 'sync-eng' } })
  fireEvent.keyDown(to, { key: 'Enter' })
  fireEvent.change(dialog.getByRole('textbox', { name: 'Comment' }), { target: { value: 'see' } })
  fireEvent.click(dialog.getByRole('button', { name: 'Forward' }))
  await waitFor(() => expect(send).toHaveBeenCalledTimes(1))
  const [target, text] = send.mock.calls[0] ?? []
  expect(target).toBe(fixtureId('room', 2))
  expect(text).toMatch(new RegExp(`^see\\n> \\*\\*.+\\*\\* ${location.origin}/#/rooms/${room}/at/1\\n> worth knowing$`))
})

test('rooms that one cannot write in are not offered', async () => {
  await write('worth knowing')
  choose(/worth knowing/, 'Forward')
  const dialog = within(screen.getByRole('dialog', { name: 'Forward message' }))
  fireEvent.change(dialog.getByRole('combobox', { name: 'To' }), { target: { value: 'old-office' } })
  expect(dialog.queryByRole('option', { name: /old-office/ })).toBeNull()
})

test('the link of a message is copied, and is a small link with room and author where it is pasted; other addresses stay what they are', async () => {
  const { box } = await write('the one')
  const copied = vi.fn(async () => undefined)
  vi.spyOn(navigator, 'clipboard', 'get').mockReturnValue({ writeText: copied } as unknown as Clipboard)
  choose(/the one/, 'Copy link')
  const link = `${location.origin}/#/rooms/${room}/at/1`
  expect(copied).toHaveBeenCalledWith(link)
  fireEvent.change(box, { target: { value: `see ${link} and https://example.org/#/rooms/${room}/at/1` } })
  fireEvent.keyDown(box, { key: 'Enter' })
  const article = within(screen.getByRole('article', { name: /see http/ }))
  const [inside, outside] = article.getAllByRole('link')
  expect([inside?.getAttribute('href'), inside?.textContent]).toEqual([`#/rooms/${room}/at/1`, expect.stringMatching(/^#reading-group/)])
  expect(outside?.getAttribute('href')).toBe(`https://example.org/#/rooms/${room}/at/1`)
})

test('@room says before it is sent whom it reaches, and is offered only to those who may', () => {
  renderFixture({ room: fixtureId('room', 5) })
  const type = (text: string) => {
    const box = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' })
    fireEvent.change(box, { target: { value: text } })
    box.setSelectionRange(text.length, text.length)
    fireEvent.select(box)
  }
  type('@ro')
  expect(screen.queryByRole('option', { name: /everyone/ })).toBeNull()
  type('lunch @room')
  expect(screen.getByText(/only where an owner or moderator writes it/)).toBeTruthy()
  location.hash = `#/rooms/${room}`
  fireEvent(window, new Event('hashchange'))
  type('@ro')
  expect(screen.getByRole('option', { name: /everyone/ })).toBeTruthy()
  type('lunch @room')
  expect(screen.getByText('With @room everyone in this room is mentioned.')).toBeTruthy()
})
