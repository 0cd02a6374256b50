// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { ANA, fixtureId } from '../app/fixture/people.ts'
import { renderFixture } from '../app/render-fixture.tsx'
import type { FixtureChat } from '../app/fixture-chat.ts'
import type { SearchHitView, SearchView } from '../chat/views.ts'

const general = fixtureId('room', 1)
const design = fixtureId('room', 3)
const panel = () => screen.getByRole('complementary', { name: 'Search results' })
/** Never two of them, wherever one begins. */
const box = () => screen.getByRole<HTMLInputElement>('searchbox', { name: 'Search' })
const results = () => within(panel()).queryAllByRole('link')
const ctrlF = () => fireEvent.keyDown(document.activeElement ?? document.body, { key: 'f', ctrlKey: true })
const type = (text: string) => fireEvent.change(box(), { target: { value: text } })
const searchOf = (chat: FixtureChat) => chat.store.getState().search

function hit(n: number, more: Partial<SearchHitView> = {}): SearchHitView {
  const text = `number ${n} of them`
  return { id: fixtureId('message', n), room: general, seq: n, author: ANA, at: 1_780_000_000_000 + n, excerpt: { text, ranges: [{ start: 0, end: 6 }], cutBefore: false, cutAfter: false }, ...more }
}

function show(chat: FixtureChat, more: Partial<SearchView>): void {
  act(() => chat.setState({ search: { text: 'number', room: undefined, sort: 'best', hits: [], looking: false, more: false, server: 'answered', ...more } }))
}

test('Ctrl+F opens the search of this room; results show who, when and what was found, and lead to their place', async () => {
  const chat = renderFixture({ room: general })
  ctrlF()
  await waitFor(() => expect(document.activeElement).toBe(box()))
  expect(within(panel()).getByRole('button', { name: 'In general' }).getAttribute('aria-pressed')).toBe('true')
  type('presence')
  expect(searchOf(chat)?.room).toBe(general)
  const [first] = results()
  expect(first?.getAttribute('href')).toMatch(new RegExp(`^#/rooms/${general}/at/\\d+/search$`))
  expect(first?.querySelector('mark')?.textContent).toBe('presence')
})

test('what is typed into the field of the room’s head goes on in the panel', async () => {
  renderFixture({ room: general })
  type('col')
  await waitFor(() => expect(document.activeElement).toBe(box()))
  expect(panel().contains(box())).toBe(true)
  expect(box().value).toBe('col')
  expect(results().length).toBeGreaterThan(0)
})

test('from the sidebar all rooms are searched, also where none is open', async () => {
  const chat = renderFixture()
  fireEvent.click(screen.getByRole('button', { name: 'Find messages' }))
  await waitFor(() => expect(document.activeElement).toBe(box()))
  type('colours')
  expect(searchOf(chat)?.room).toBeUndefined()
  expect(results().some((link) => link.getAttribute('href')?.includes(design))).toBe(true)
  expect(within(panel()).getAllByText('design').length).toBeGreaterThan(0)
})

test('arrows go from the field through the results and back, Esc closes it all', async () => {
  renderFixture({ room: general })
  ctrlF()
  type('colours')
  fireEvent.keyDown(box(), { key: 'ArrowDown' })
  expect(document.activeElement).toBe(results()[0])
  fireEvent.keyDown(document.activeElement ?? document.body, { key: 'ArrowDown' })
  expect(document.activeElement).toBe(results()[1])
  fireEvent.keyDown(document.activeElement ?? document.body, { key: 'End' })
  expect(document.activeElement).toBe(results().at(-1))
  fireEvent.keyDown(document.activeElement ?? document.body, { key: 'Home' })
  fireEvent.keyDown(document.activeElement ?? document.body, { key: 'ArrowUp' })
  expect(document.activeElement).toBe(box())
  fireEvent.keyDown(box(), { key: 'Escape' })
  expect(screen.queryByRole('complementary', { name: 'Search results' })).toBeNull()
})

test('a result in another room opens that room with the list beside it, at the same result; the list is there again on the way back', async () => {
  renderFixture({ room: general })
  fireEvent.click(screen.getByRole('button', { name: 'Find messages' }))
  type('colours')
  const elsewhere = results().find((link) => link.getAttribute('href')?.includes(design))
  const href = elsewhere?.getAttribute('href') ?? ''
  const before = results().length
  fireEvent.click(elsewhere ?? document.body)
  act(() => void (location.hash = href))
  await waitFor(() => expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('design'))
  expect(results()).toHaveLength(before)
  await waitFor(() => expect(document.activeElement?.getAttribute('href')).toBe(href))
  expect(document.activeElement?.getAttribute('aria-current')).toBe('true')
  act(() => void (location.hash = `#/rooms/${general}/search`))
  await waitFor(() => expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('general'))
  expect(results()).toHaveLength(before)
  expect(box().value).toBe('colours')
})

test('people, rooms and kinds are completed behind their filter', () => {
  const chat = renderFixture({ room: general })
  ctrlF()
  fireEvent.focus(box())
  type('from:chi')
  expect(screen.getAllByRole('option').map((option) => option.textContent)).toEqual([expect.stringContaining('Chioma Okafor')])
  fireEvent.keyDown(box(), { key: 'Enter' })
  expect(box().value).toBe('from:chioma ')
  type('from:chioma in:rel')
  fireEvent.keyDown(box(), { key: 'Tab' })
  expect(box().value).toBe('from:chioma in:release-7 ')
  type('has:')
  expect(screen.getAllByRole('option')).toHaveLength(6)
  fireEvent.keyDown(box(), { key: 'ArrowDown' })
  expect(screen.getByRole('option', { selected: true }).textContent).toContain('code')
  expect(box().getAttribute('aria-activedescendant')).toBe(screen.getByRole('option', { selected: true }).id)
  // Esc puts them away, and nothing else.
  fireEvent.keyDown(box(), { key: 'Escape' })
  expect(screen.queryByRole('option')).toBeNull()
  expect(panel()).toBeTruthy()
  expect(searchOf(chat)?.text).toBe('has:')
})

test('the part of a search that is wrong is marked, and said in words', () => {
  renderFixture({ room: general })
  ctrlF()
  type('the before:soon')
  const fault = within(panel()).getByRole('alert')
  expect(fault.querySelector('mark')?.textContent).toBe('before:soon')
  expect(fault.textContent).toContain('This is no date.')
  expect(box().getAttribute('aria-invalid')).toBe('true')
  expect(box().getAttribute('aria-describedby')).toBe(fault.id)
})

test('while nothing is typed it says what can be; searches of this device are offered again until they are taken away', () => {
  const chat = renderFixture({ room: general })
  ctrlF()
  fireEvent.click(within(panel()).getByRole('button', { name: /^has:/ }))
  expect(box().value).toBe('has:')
  type('colours')
  fireEvent.keyDown(box(), { key: 'Enter' })
  fireEvent.click(within(panel()).getByRole('button', { name: 'Clear the search' }))
  expect(box().value).toBe('')
  fireEvent.click(within(panel()).getByRole('button', { name: 'colours' }))
  expect(searchOf(chat)?.text).toBe('colours')
  type('')
  fireEvent.click(within(panel()).getByRole('button', { name: 'Forget “colours”' }))
  expect(within(panel()).queryByRole('button', { name: 'colours' })).toBeNull()
  expect(Object.keys(localStorage).filter((key) => key.includes('recent-searches')).map((key) => localStorage.getItem(key))).toEqual(['[]'])
})

test('offline it says what is searched, and how far back that goes', () => {
  const chat = renderFixture({ room: general })
  ctrlF()
  show(chat, { server: 'unreachable', hits: [hit(1)], onDevice: 1, device: { messages: 1_204, since: Date.UTC(2026, 4, 3, 12), reading: false } })
  expect(within(panel()).getByText(/^1 result\. The server cannot be reached now\. Searched: 1,204 messages on this device, the oldest of May 3, 2026\.$/)).toBeTruthy()
})

test('what the server finds besides stands below what was found on this device', () => {
  const chat = renderFixture({ room: general })
  ctrlF()
  show(chat, { hits: [hit(3), hit(1), hit(2)], onDevice: 2 })
  const lists = within(panel()).getAllByRole('list')
  expect(lists.map((list) => within(list).getAllByRole('link').length)).toEqual([2, 1])
  expect(within(panel()).getByRole('heading', { name: 'More, from the server' })).toBeTruthy()
})

test('where nothing is found in a room, all rooms are offered', () => {
  const chat = renderFixture({ room: general })
  ctrlF()
  type('xyzzy')
  expect(within(panel()).getByRole('heading', { name: 'Nothing found' })).toBeTruthy()
  fireEvent.click(within(panel()).getByRole('button', { name: 'Search all rooms' }))
  expect(searchOf(chat)).toMatchObject({ text: 'xyzzy', room: undefined })
})

test('hostile text is shown as it is written, and what is not delivered leads to the end of its room', () => {
  const chat = renderFixture({ room: general })
  ctrlF()
  const text = '<img src=x onerror=alert(1)> <b>number</b>'
  show(chat, { hits: [hit(1, { seq: undefined, excerpt: { text, ranges: [{ start: 32, end: 38 }], cutBefore: true, cutAfter: true } })] })
  const [link] = results()
  expect(link?.querySelector('.search-hit-text')?.textContent).toBe(`… ${text} …`)
  expect(link?.querySelector('mark')?.textContent).toBe('number')
  expect(link?.querySelector('img, b')).toBeNull()
  expect(link?.getAttribute('href')).toBe(`#/rooms/${general}`)
  expect(link?.textContent).toContain('Not delivered yet')
})
