// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { fixtureId } from './fixture/people.ts'
import { t } from '../i18n/translate.ts'
import { KEYS } from './keys.ts'
import { renderFixture } from './render-fixture.tsx'

const general = fixtureId('room', 1)
const press = (key: string, held: Partial<Record<'ctrlKey' | 'altKey' | 'shiftKey', boolean>> = {}) => fireEvent.keyDown(document.activeElement ?? document.body, { key, ...held })
const unreadOf = (chat: ReturnType<typeof renderFixture>, id: string) => chat.store.getState().rooms.find((room) => room.id === id)?.unread

test('Esc marks the open room as read, unless something else takes it', async () => {
  const chat = renderFixture({ room: general })
  act(() => chat.actions.markUnread(general, 4_800))
  expect(unreadOf(chat, general)).toBeGreaterThan(0)
  // A panel with the focus takes it first.
  const members = screen.getByRole('button', { name: '12 members' })
  members.focus()
  fireEvent.click(members)
  press('Escape')
  expect(screen.queryByRole('complementary', { name: 'Members' })).toBeNull()
  expect(unreadOf(chat, general)).toBeGreaterThan(0)
  press('Escape')
  expect(unreadOf(chat, general)).toBe(0)
})

test('Shift+Esc marks all rooms as read, and the notice takes it back', async () => {
  const chat = renderFixture({ room: general })
  press('Escape', { shiftKey: true })
  expect(chat.store.getState().rooms.filter((room) => room.unread > 0)).toEqual([])
  fireEvent.click(screen.getByRole('button', { name: 'Undo' }))
  expect(unreadOf(chat, fixtureId('room', 4))).toBe(12)
  expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull()
})

test('Ctrl+/ lists every key there is', async () => {
  renderFixture({ room: general })
  press('/', { ctrlKey: true })
  const dialog = within(screen.getByRole('dialog', { name: 'Keyboard' }))
  for (const { does } of Object.values(KEYS)) expect(dialog.getByText(t(does))).toBeTruthy()
  fireEvent.click(dialog.getByRole('button', { name: 'Close' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
})

test('Ctrl+Shift+M lists mentions over all rooms; each leads to its message and the list stays', async () => {
  renderFixture({ room: fixtureId('room', 6) })
  press('m', { ctrlKey: true, shiftKey: true })
  const panel = () => within(screen.getByRole('complementary', { name: 'Mentions' }))
  expect(panel().getAllByRole('listitem')).toHaveLength(20)
  expect(panel().getAllByText(/^@ana/).length).toBeGreaterThan(10)
  fireEvent.click(panel().getByRole('button', { name: 'Show older' }))
  expect(panel().getAllByRole('listitem').length).toBeGreaterThan(20)
  const [inDesign] = panel().getAllByRole('link', { name: /in design/ })
  expect(inDesign?.getAttribute('href')).toMatch(new RegExp(`^#/rooms/${fixtureId('room', 3)}/at/\\d+/mentions$`))
})
