// @vitest-environment happy-dom
import { act, fireEvent, screen, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fixtureId } from '../app/fixture/people.ts'
import { renderFixture } from '../app/render-fixture.tsx'
import { dateInput } from './date-input.ts'

const room = fixtureId('room', 6)
const longRoom = fixtureId('room', 2)

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function askForDate(): HTMLElement {
  fireEvent.click(screen.getByRole('button', { name: 'Room menu' }))
  fireEvent.click(screen.getByRole('menuitem', { name: 'Jump to date' }))
  return screen.getByRole('dialog', { name: 'Jump to date' })
}

test('the menu of the room leads to a date, which is looked up by its midnight here', async () => {
  const chat = renderFixture({ room })
  const find = vi.spyOn(chat.actions, 'findSeqAt').mockResolvedValue(3)
  const dialog = askForDate()
  expect(within(dialog).getByLabelText<HTMLInputElement>('Date').value).toBe(dateInput(Date.now()))
  fireEvent.change(within(dialog).getByLabelText('Date'), { target: { value: '2025-06-03' } })
  fireEvent.click(within(dialog).getByRole('button', { name: 'Jump' }))
  await act(() => vi.advanceTimersByTimeAsync(0))
  expect(find).toHaveBeenCalledExactlyOnceWith(room, new Date(2025, 5, 3).getTime())
  expect(screen.queryByLabelText('Date')).toBeNull()
})

test('a field without a day cannot be sent off', () => {
  renderFixture({ room })
  const dialog = askForDate()
  fireEvent.change(within(dialog).getByLabelText('Date'), { target: { value: '' } })
  expect(within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Jump' }).disabled).toBe(true)
})

test('a divider between days leads to the choice of a day, beginning with its own', () => {
  renderFixture({ room })
  const box = screen.getByRole('textbox', { name: 'Message' })
  fireEvent.change(box, { target: { value: 'First of all' } })
  fireEvent.keyDown(box, { key: 'Enter' })
  fireEvent.click(within(screen.getByRole('log')).getByRole('button', { name: /^Today/ }))
  expect(within(screen.getByRole('dialog', { name: 'Jump to date' })).getByLabelText<HTMLInputElement>('Date').value).toBe(dateInput(Date.now()))
})

test('[R7] offline, places whose messages are not on the device say so, and fill when the network is back', async () => {
  const chat = renderFixture({ room: longRoom, latency: 20 })
  await act(() => vi.advanceTimersByTimeAsync(40))
  act(() => chat.setOffline(true))
  const log = screen.getByRole('log')
  fireEvent.keyDown(log, { key: 'Home' })
  await act(() => vi.advanceTimersByTimeAsync(400))
  expect(screen.getByText('Not on this device; it loads when you are online')).toBeTruthy()
  act(() => chat.setOffline(false))
  fireEvent.scroll(log)
  await act(() => vi.advanceTimersByTimeAsync(400))
  expect(screen.queryByText('Not on this device; it loads when you are online')).toBeNull()
})
