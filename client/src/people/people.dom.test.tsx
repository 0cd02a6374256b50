import { act, fireEvent, screen, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { TEAM, fixtureId } from '../app/fixture/people.ts'
import { fixtureRooms } from '../app/fixture/rooms.ts'
import { renderFixture } from '../app/render-fixture.tsx'
import { navigate } from '../app/use-route.ts'
import type { PersonView } from '../chat/views.ts'

const bo = TEAM[1] as PersonView

/** The fixture with Bo as given, in the conversation with them and among the members of a room. */
function withBo(change: Partial<PersonView>, { away = false } = {}) {
  const { presence: _presence, ...gone } = bo
  const person = { ...(away ? gone : bo), ...change }
  return fixtureRooms().map((room) => ({
    ...room,
    members: room.members.map((member) => (member.id === bo.id ? person : member)),
    view: { ...room.view, with: room.view.with.map((other) => (other.id === bo.id ? person : other)) },
  }))
}

it('the conversation says when the other was last here, and what they say of themselves', async () => {
  renderFixture({ room: fixtureId('room', 20), rooms: withBo({ lastSeen: Date.now() - 12 * 60_000, status: { emoji: '🌴', text: 'On holiday' } }, { away: true }) })
  expect(await screen.findByText('@bo · last seen 12 minutes ago · 🌴 On holiday')).toBeTruthy()
  expect(screen.getByRole('link', { name: 'Bo Lindqvist' }).getAttribute('aria-description')).toContain('🌴 On holiday')
})

it('a person card opens from the members and from a message, and writes directly', async () => {
  renderFixture({ room: fixtureId('room', 1), rooms: withBo({ status: { text: 'At lunch' } }) })
  act(() => navigate({ room: fixtureId('room', 1), panel: 'members' }))
  fireEvent.click(await screen.findByRole('button', { name: 'Bo Lindqvist, details' }))
  const card = await screen.findByRole('dialog', { name: 'About Bo Lindqvist' })
  expect(within(card).getByText('online')).toBeTruthy()
  expect(within(card).getByText('At lunch')).toBeTruthy()
  fireEvent.click(within(card).getByRole('button', { name: 'Message directly' }))
  expect(await screen.findByRole('heading', { level: 1, name: 'Bo Lindqvist' })).toBeTruthy()
})

it('a status is suggested, changed, shown at the own name and cleared', async () => {
  const chat = renderFixture({ rooms: [] })
  const open = async (): Promise<HTMLElement> => {
    fireEvent.click(screen.getByRole('button', { name: /Your account/ }))
    fireEvent.click(await screen.findByRole('button', { name: /Set a status|Your status/ }))
    return screen.findByRole('dialog', { name: 'Your status' })
  }
  let dialog = await open()
  fireEvent.click(within(dialog).getByRole('button', { name: /At lunch/ }))
  fireEvent.change(within(dialog).getByRole('textbox', { name: 'What are you doing?' }), { target: { value: 'Noodles' } })
  fireEvent.click(within(dialog).getByRole('button', { name: 'Set status' }))
  expect(await screen.findByRole('img', { name: 'Status: 🍽️ Noodles' })).toBeTruthy()
  const until = chat.store.getState().status?.until ?? 0
  expect(until - Date.now()).toBeGreaterThan(29 * 60_000)
  dialog = await open()
  fireEvent.click(within(dialog).getByRole('button', { name: 'Clear' }))
  await act(async () => undefined)
  expect(chat.store.getState().status).toBeUndefined()
})

it('a status of too many characters is said at its field and not taken', async () => {
  const chat = renderFixture({ rooms: [] })
  fireEvent.click(screen.getByRole('button', { name: /Your account/ }))
  fireEvent.click(await screen.findByRole('button', { name: 'Set a status' }))
  const dialog = await screen.findByRole('dialog', { name: 'Your status' })
  fireEvent.change(within(dialog).getByRole('textbox', { name: 'What are you doing?' }), { target: { value: 'x'.repeat(81) } })
  fireEvent.click(within(dialog).getByRole('button', { name: 'Set status' }))
  expect(within(dialog).getByText('At most 80 characters.')).toBeTruthy()
  expect(chat.store.getState().status).toBeUndefined()
})

it('privacy is two switches, and says what else they change', async () => {
  const chat = renderFixture()
  act(() => navigate({ page: 'settings', section: 'privacy' }))
  const presence = await screen.findByRole('switch', { name: 'Show when I am online and last seen' })
  expect(presence).toHaveProperty('checked', true)
  expect(screen.getByText(/you do not see this of others either/)).toBeTruthy()
  fireEvent.click(presence)
  fireEvent.click(screen.getByRole('switch', { name: 'Show what I have read' }))
  await act(async () => undefined)
  expect(chat.store.getState().preferences).toMatchObject({ 'privacy.presence': false, 'privacy.receipts': false })
})
