// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import type { Preview } from '@chatflow/shared/entry'
import { expect, test, vi } from 'vitest'
import { ANA, TEAM, fixtureId } from '../../app/fixture/people.ts'
import { renderFixture } from '../../app/render-fixture.tsx'
import { navigate } from '../../app/use-route.ts'

const room = fixtureId('room', 6)
const preview = (more: Partial<Preview> = {}): Preview => ({ url: 'https://www.harbour.example.org/a', title: 'Harbour lights', ...more })

/** A message with these previews, as it stands in the room. */
async function receive(previews: Preview[], { author = TEAM[1], linkPreviews = true } = {}) {
  const chat = renderFixture({ room, linkPreviews })
  await act(async () => chat.receive(room, 'see this', author, { previews }))
  const article = await screen.findByRole('article', { name: /see this/ })
  return { chat, article, card: () => within(article).queryByText('Harbour lights') }
}

test('a preview says where its link leads, in the words of the page, and tells that page nothing', async () => {
  const { article } = await receive([preview({ description: 'What we saw' })])
  const link = within(article).getByRole('link', { name: 'Harbour lights' })
  expect(link.getAttribute('href')).toBe('https://www.harbour.example.org/a')
  expect(link.getAttribute('rel')).toBe('noopener noreferrer nofollow')
  expect(link.getAttribute('target')).toBe('_blank')
  expect(within(article).getByText('harbour.example.org')).toBeTruthy()
  expect(within(article).getByText('What we saw')).toBeTruthy()
  expect(article.querySelector('.preview img')).toBeNull()
})

test('markup in the words of a page is shown as text', async () => {
  const { article } = await receive([preview({ title: '<img src=x onerror=alert(1)>', description: '</p><script>alert(1)</script>', site: '<b>S</b>' })])
  expect(within(article).getByRole('link', { name: '<img src=x onerror=alert(1)>' })).toBeTruthy()
  expect(within(article).getByText('</p><script>alert(1)</script>')).toBeTruthy()
  expect(article.querySelector('.preview img, .preview script, .preview b')).toBeNull()
})

test('a picture comes from this server, with the room that it is shown in; its place is there before, and stays without', async () => {
  const chat = renderFixture({ room })
  const asked: string[] = []
  const coming = Promise.withResolvers<Blob | undefined>()
  chat.actions.previewImage = (of, image) => {
    asked.push(`${of} ${image}`)
    return image === 'gone' ? Promise.resolve(undefined) : coming.promise
  }
  await act(async () => chat.receive(room, 'see this', TEAM[1], { previews: [preview({ image: 'one' }), preview({ url: 'https://b.example.org', title: 'Other', image: 'gone' })] }))
  const article = await screen.findByRole('article', { name: /see this/ })
  expect(article.querySelectorAll('.preview-picture')).toHaveLength(2)
  expect(article.querySelector('.preview img')).toBeNull()
  await act(async () => coming.resolve(new Blob(['x'], { type: 'image/webp' })))
  const picture = await waitFor(() => article.querySelector('.preview img') ?? Promise.reject(new Error('no picture yet')))
  expect(picture.getAttribute('src')).toMatch(/^blob:/)
  expect(picture.getAttribute('alt')).toBe('')
  expect(asked).toEqual([`${room} one`, `${room} gone`])
  expect(article.querySelectorAll('.preview-picture')).toHaveLength(2)
})

test('previews are hidden by the person’s own setting, and where the server makes none', async () => {
  const { chat, card } = await receive([preview()])
  expect(card()).not.toBeNull()
  act(() => chat.setState({ linkPreviews: false }))
  expect(card()).toBeNull()
  act(() => chat.setState({ linkPreviews: true }))
  expect(card()).not.toBeNull()
  act(() => navigate({ page: 'settings', section: 'appearance' }))
  const off = await screen.findByRole<HTMLInputElement>('switch', { name: 'Show previews of links' })
  expect(off.checked).toBe(true)
  fireEvent.click(off)
  expect(chat.store.getState().preferences.previews).toBe(false)
  act(() => navigate({ room }))
  await screen.findByRole('article', { name: /see this/ })
  expect(screen.queryByText('Harbour lights')).toBeNull()
})

test('the author takes a preview away, after a question; others cannot', async () => {
  const { chat, article, card } = await receive([preview()], { author: ANA })
  const setPreview = vi.spyOn(chat.actions, 'setPreview')
  fireEvent.click(within(article).getByRole('button', { name: 'Remove preview of Harbour lights' }))
  const dialog = await screen.findByRole('dialog', { name: 'Remove preview?' })
  fireEvent.click(within(dialog).getByRole('button', { name: 'Cancel' }))
  expect(card()).not.toBeNull()
  fireEvent.click(await within(article).findByRole('button', { name: 'Remove preview of Harbour lights' }))
  fireEvent.click(within(await screen.findByRole('dialog', { name: 'Remove preview?' })).getByRole('button', { name: 'Remove' }))
  await waitFor(() => expect(card()).toBeNull())
  expect(setPreview).toHaveBeenCalledExactlyOnceWith(room, expect.any(String), 'https://www.harbour.example.org/a', false)
})

test('of another’s message a preview has no button', async () => {
  const { article } = await receive([preview()])
  expect(within(article).queryByRole('button', { name: /Remove preview/ })).toBeNull()
})
