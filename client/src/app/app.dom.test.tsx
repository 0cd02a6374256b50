// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { fixtureId } from './fixture/people.ts'
import { renderFixture } from './render-fixture.tsx'

test('the offline bar comes after three seconds, with exactly this sentence, and disables nothing', () => {
  vi.useFakeTimers()
  try {
    const chat = renderFixture({ room: fixtureId('room', 1) })
    const status = screen.getByRole('status')
    expect(status.textContent).toBe('Connected')
    act(() => chat.setOffline(true))
    expect(status.textContent).toBe('Offline')
    act(() => void vi.advanceTimersByTime(2_900))
    expect(status.textContent).toBe('Offline')
    act(() => void vi.advanceTimersByTime(200))
    expect(status.textContent).toBe('Offline. What you write is saved on this device and sent when you are back.')
    expect(screen.queryAllByRole('button').filter((button) => button.hasAttribute('disabled'))).toEqual([])
  } finally {
    vi.useRealTimers()
  }
})

test('wrong fields of a form say what is wrong, each beside itself', async () => {
  renderFixture({ phase: 'signed-out' })
  fireEvent.click(screen.getByRole('button', { name: 'Create account' }))
  fireEvent.change(screen.getByLabelText('Email'), { target: { value: 'ana@example.org' } })
  fireEvent.change(screen.getByLabelText('Username'), { target: { value: 'ana' } })
  fireEvent.change(screen.getByLabelText('Display name'), { target: { value: 'Ana' } })
  fireEvent.change(screen.getByLabelText('Password'), { target: { value: 'short' } })
  fireEvent.click(screen.getByRole('button', { name: 'Create account' }))
  expect(screen.getByLabelText('Password').getAttribute('aria-invalid')).toBe('true')
  expect(screen.getByText('A password has at least 10 characters.')).toBeTruthy()
  fireEvent.change(screen.getByLabelText('Password'), { target: { value: 'long enough now' } })
  fireEvent.click(screen.getByRole('button', { name: 'Create account' }))
  await waitFor(() => expect(screen.getByText('This username is already in use.')).toBeTruthy())
  expect(screen.getByLabelText('Username').getAttribute('aria-invalid')).toBe('true')
})

test('a password can be read on demand', () => {
  renderFixture({ phase: 'signed-out' })
  const field = screen.getByLabelText('Password')
  expect(field.getAttribute('type')).toBe('password')
  fireEvent.click(screen.getByRole('button', { name: 'Show characters' }))
  expect(field.getAttribute('type')).toBe('text')
  expect(field.getAttribute('autocomplete')).toBe('current-password')
})

test('the navigation holds one link per room, named by the room; the open room is the heading', () => {
  const chat = renderFixture({ room: fixtureId('room', 1) })
  fireEvent.click(screen.getByRole('button', { name: 'Archived' }))
  const links = within(screen.getByRole('navigation', { name: 'Rooms' })).getAllByRole('link')
  const names = chat.store.getState().rooms.map((room) => room.name)
  for (const name of names) expect(within(screen.getByRole('navigation', { name: 'Rooms' })).getByRole('link', { name })).toBeTruthy()
  expect(links).toHaveLength(names.length)
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('general')
})

test('a new room is asked for by name and opens', async () => {
  renderFixture({ rooms: [] })
  fireEvent.click(screen.getByRole('button', { name: 'New room' }))
  const dialog = within(screen.getByRole('dialog', { name: 'New room' }))
  fireEvent.click(dialog.getByRole('button', { name: 'Create' }))
  expect(dialog.getByText('Give the room a name.')).toBeTruthy()
  fireEvent.change(dialog.getByLabelText('Name'), { target: { value: 'kitchen' } })
  fireEvent.change(dialog.getByLabelText('Topic'), { target: { value: 'Who cooks' } })
  fireEvent.click(dialog.getByRole('button', { name: 'Create' }))
  await waitFor(() => expect(screen.getByRole('heading', { level: 1, hidden: true }).textContent).toBe('kitchen'))
})

test('[R8] signing out asks when something has not been delivered', async () => {
  const chat = renderFixture({ room: fixtureId('room', 6) })
  act(() => chat.setOffline(true))
  const box = screen.getByRole('textbox', { name: 'Message' })
  fireEvent.change(box, { target: { value: 'not sent yet' } })
  fireEvent.keyDown(box, { key: 'Enter' })
  fireEvent.click(screen.getByRole('button', { name: /Your account/ }))
  fireEvent.click(screen.getByRole('button', { name: 'Sign out' }))
  const question = await screen.findByRole('dialog', { name: 'Sign out and lose what is not sent?' })
  expect(chat.store.getState().phase).toBe('ready')
  fireEvent.click(within(question).getByRole('button', { name: 'Discard and sign out' }))
  await waitFor(() => expect(chat.store.getState().phase).toBe('signed-out'))
})

test('the theme is a switch, kept for the next visit', async () => {
  renderFixture({ room: fixtureId('room', 6) })
  fireEvent.click(screen.getByRole('button', { name: /Your account/ }))
  fireEvent.click(screen.getByRole('switch', { name: 'Dark theme' }))
  await waitFor(() => expect(document.documentElement.dataset['theme']).toBe('dark'))
  expect(localStorage.getItem('chatflow.theme')).toBe('dark')
})

test('members one may not remove are not offered for it', () => {
  renderFixture({ room: fixtureId('room', 5) })
  fireEvent.click(screen.getByRole('button', { name: '12 members' }))
  fireEvent.click(screen.getByRole('button', { name: 'About Chioma Okafor' }))
  expect(screen.getByRole('menuitem', { name: 'Message directly' })).toBeTruthy()
  expect(screen.queryByRole('menuitem', { name: 'Remove from room' })).toBeNull()
})
