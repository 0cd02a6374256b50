// @vitest-environment happy-dom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { fixtureId } from '../app/fixture/people.ts'
import { renderFixture } from '../app/render-fixture.tsx'

const dialog = () => within(screen.getByRole('dialog', { name: 'Browse rooms' }))

test('public rooms come page by page, with topic, members and whether one is in', async () => {
  renderFixture({ room: fixtureId('room', 6) })
  fireEvent.click(screen.getByRole('button', { name: 'Browse rooms' }))
  expect(await dialog().findByText('Screen readers, keyboards, contrast')).toBeTruthy()
  expect(dialog().queryByText('general')).toBeNull()
  fireEvent.click(dialog().getByRole('button', { name: 'Show more' }))
  expect(await dialog().findByText('general')).toBeTruthy()
  expect(dialog().getByText('Joined')).toBeTruthy()
  expect(dialog().queryByRole('button', { name: 'Show more' })).toBeNull()
  fireEvent.click(dialog().getByRole('button', { name: 'Open general' }))
  await waitFor(() => expect(screen.getByRole('heading', { level: 1, hidden: true }).textContent).toBe('general'))
})

test('offline it says that only the own rooms are known', () => {
  const chat = renderFixture({ room: fixtureId('room', 6) })
  act(() => chat.setOffline(true))
  fireEvent.click(screen.getByRole('button', { name: 'Browse rooms' }))
  expect(dialog().getByText('Offline, only rooms that you are in are known here.')).toBeTruthy()
})
