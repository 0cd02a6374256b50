// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { fixtureId } from '../app/fixture/people.ts'
import { renderFixture } from '../app/render-fixture.tsx'
import { navigate } from '../app/use-route.ts'

const design = fixtureId('room', 3)
const own = (chat: ReturnType<typeof renderFixture>, id: string) => chat.store.getState().rooms.find((room) => room.id === id)?.ownLevel

test('the menu of a room sets its level, and takes it away again', async () => {
  const chat = renderFixture({ room: design })
  const choose = async (name: RegExp) => {
    fireEvent.click(await screen.findByRole('button', { name: 'Room menu' }))
    fireEvent.click(screen.getByRole('menuitem', { name: 'Notifications' }))
    fireEvent.click(await screen.findByRole('menuitemradio', { name }))
  }
  await choose(/^What is meant for me/)
  expect(own(chat, design)).toBe('mentions')
  await choose(/^As for all rooms/)
  expect(own(chat, design)).toBeUndefined()
})

test('unmuting makes a room like all others', async () => {
  const random = fixtureId('room', 5)
  const chat = renderFixture({ room: random })
  expect(own(chat, random)).toBe('none')
  fireEvent.click(screen.getByRole('button', { name: 'Room menu' }))
  fireEvent.click(screen.getByRole('menuitem', { name: 'Unmute' }))
  expect(own(chat, random)).toBeUndefined()
})

test('the panel about a room shows the whole topic and sets the level, offline too', () => {
  const chat = renderFixture({ room: fixtureId('room', 2) })
  act(() => chat.setOffline(true))
  fireEvent.click(screen.getByRole('button', { name: 'sync-engine' }))
  const panel = within(screen.getByRole('complementary', { name: 'About this room' }))
  expect(panel.getByText('Public room')).toBeTruthy()
  expect(panel.getByText('Documents, outboxes and the sequencer. Design notes are pinned.')).toBeTruthy()
  fireEvent.click(panel.getByRole('radio', { name: /^Muted/ }))
  expect(own(chat, fixtureId('room', 2))).toBe('none')
})

test('the settings list rooms with a level of their own; one that loses it stays until the page is left', async () => {
  const chat = renderFixture()
  act(() => navigate({ page: 'settings', section: 'notifications' }))
  const choice = await screen.findByRole('combobox', { name: 'Notifications of random: Muted' })
  fireEvent.mouseDown(choice)
  fireEvent.click(within(screen.getByRole('listbox')).getByRole('option', { name: 'As for all rooms' }))
  expect(own(chat, fixtureId('room', 5))).toBeUndefined()
  await waitFor(() => expect(screen.getByRole('combobox', { name: 'Notifications of random: As for all rooms' })).toBeTruthy())
})
