// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { fixtureId } from '../app/fixture/people.ts'
import { renderFixture } from '../app/render-fixture.tsx'

const general = fixtureId('room', 1)
const panel = () => within(screen.getByRole('complementary', { name: 'Pinned messages' }))

test('the header counts what is pinned, and the panel lists it from wherever in the room it is', () => {
  const chat = renderFixture({ room: general })
  const count = chat.store.getState().timeline?.pins.length ?? 0
  expect(count).toBeGreaterThan(2)
  const oldest = chat.store.getState().timeline?.pins.at(-1)?.seq ?? 0
  expect(chat.store.getState().timeline?.at(oldest)).toBeUndefined()
  fireEvent.click(screen.getByRole('button', { name: `${count} pinned messages` }))
  expect(panel().getAllByRole('listitem')).toHaveLength(count)
  expect(chat.store.getState().timeline?.at(oldest)?.pinned).toBe(true)
  expect(panel().queryByText(/not on this device/)).toBeNull()
})

test('who may pin may take a pin out; the last one leaves the panel with a word on what it is for', async () => {
  const chat = renderFixture({ room: general })
  fireEvent.click(screen.getByRole('button', { name: /pinned messages$/ }))
  const { length } = panel().getAllByRole('listitem')
  for (let left = length; left > 0; left -= 1) {
    fireEvent.click(panel().getAllByRole('button', { name: 'Unpin' })[0] ?? document.body)
    await waitFor(() => expect(chat.store.getState().timeline?.pins).toHaveLength(left - 1))
  }
  expect(panel().getByText('Nothing is pinned')).toBeTruthy()
  expect(screen.queryByRole('button', { name: /^\d+ pinned message/ })).toBeNull()
})

test('whoever may not pin sees no way to take one out', () => {
  renderFixture({ room: fixtureId('room', 5) })
  fireEvent.click(screen.getByRole('button', { name: /pinned messages$/ }))
  expect(panel().getAllByRole('button', { name: 'Go to message' }).length).toBeGreaterThan(0)
  expect(panel().queryByRole('button', { name: 'Unpin' })).toBeNull()
})

test('the menu of the room leads to the pins, too', () => {
  const chat = renderFixture({ room: fixtureId('room', 6) })
  fireEvent.click(screen.getByRole('button', { name: 'Room menu' }))
  fireEvent.click(screen.getByRole('menuitem', { name: 'Pinned messages' }))
  expect(location.hash).toBe(`#/rooms/${fixtureId('room', 6)}/pins`)
  act(() => chat.setOffline(true))
  expect(screen.getByText('Nothing is pinned')).toBeTruthy()
})
