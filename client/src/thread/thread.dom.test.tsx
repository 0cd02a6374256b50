// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { fixtureId } from '../app/fixture/people.ts'
import { renderFixture } from '../app/render-fixture.tsx'

const room = fixtureId('room', 6)

function say(box: HTMLElement, text: string) {
  fireEvent.change(box, { target: { value: text } })
  fireEvent.keyDown(box, { key: 'Enter' })
}

/** A question with one answer, delivered. */
async function begin() {
  const chat = renderFixture({ room, deliverAfter: 1 })
  const box = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' })
  say(box, 'question')
  await waitFor(() => expect(chat.store.getState().timeline?.pending).toHaveLength(0))
  fireEvent.pointerEnter(screen.getByRole('article', { name: /question/ }))
  fireEvent.click(screen.getByRole('button', { name: 'Reply' }))
  say(box, 'first answer')
  return { chat, box, line: await screen.findByRole('link', { name: /^1 answer, last/ }) }
}

function follow(link: HTMLElement) {
  act(() => {
    location.hash = link.getAttribute('href') ?? ''
    dispatchEvent(new Event('hashchange'))
  })
  return within(screen.getByRole('complementary', { name: 'Conversation' }))
}

test('the beginning of a conversation counts its answers and leads to them; what is written there answers it', async () => {
  const { chat, line } = await begin()
  const send = vi.spyOn(chat.actions, 'sendMessage')
  const panel = follow(line)
  expect(panel.getAllByRole('article').map((article) => article.getAttribute('aria-label'))).toEqual([expect.stringMatching(/question/), expect.stringMatching(/first answer/)])
  expect(panel.getByText('1 answer')).toBeTruthy()
  say(panel.getByRole('textbox', { name: 'Answer' }), 'second answer')
  expect(send).toHaveBeenCalledWith(room, 'second answer', { replyTo: chat.store.getState().thread?.root })
  await waitFor(() => expect(panel.getByText('2 answers')).toBeTruthy())
})

test('an answer to an answer stays in the conversation, and its quote leads there', async () => {
  const { chat, line } = await begin()
  const panel = follow(line)
  fireEvent.pointerEnter(panel.getByRole('article', { name: /first answer/ }))
  fireEvent.click(panel.getByRole('button', { name: 'Reply' }))
  say(panel.getByRole('textbox', { name: 'Answer' }), 'deeper')
  await waitFor(() => expect(chat.store.getState().thread?.answers.map(({ text }) => text)).toEqual(['first answer', 'deeper']))
  expect(panel.getByRole('article', { name: /deeper/ }).textContent).toContain('first answer')
  const outside = within(screen.getByRole('log', { name: 'Messages' }))
  const link = within(outside.getByRole('article', { name: /deeper/ })).getByRole('link', { name: 'Open the conversation' })
  expect(link.getAttribute('href')).toBe(`#/rooms/${room}/thread/${chat.store.getState().thread?.root}`)
})

test('[R8] a conversation keeps a draft of its own, beside that of the room', async () => {
  const { chat, box, line } = await begin()
  const keep = vi.spyOn(chat.actions, 'setDraft')
  const root = line.getAttribute('href')?.split('/').at(-1)
  const panel = follow(line)
  const answer = panel.getByRole('textbox', { name: 'Answer' })
  fireEvent.change(answer, { target: { value: 'half an answer' } })
  fireEvent.blur(answer)
  expect(keep).toHaveBeenLastCalledWith(room, 'half an answer', undefined, root)
  expect(box.value).toBe('')
  act(() => {
    location.hash = `#/rooms/${room}`
    dispatchEvent(new Event('hashchange'))
  })
  expect(screen.queryByRole('complementary', { name: 'Conversation' })).toBeNull()
  expect(follow(line).getByRole<HTMLTextAreaElement>('textbox', { name: 'Answer' }).value).toBe('half an answer')
  expect(box.value).toBe('')
})

test('a message without answers opens an empty conversation from its menu', async () => {
  renderFixture({ room, deliverAfter: 1 })
  say(screen.getByRole('textbox', { name: 'Message' }), 'lonely')
  fireEvent.pointerEnter(screen.getByRole('article', { name: /lonely/ }))
  fireEvent.click(screen.getByRole('button', { name: 'More actions' }))
  fireEvent.click(screen.getByRole('menuitem', { name: 'Open conversation' }))
  const panel = within(screen.getByRole('complementary', { name: 'Conversation' }))
  expect(panel.getByText('No answers yet')).toBeTruthy()
  expect(panel.getByRole('article', { name: /lonely/ })).toBeTruthy()
})
