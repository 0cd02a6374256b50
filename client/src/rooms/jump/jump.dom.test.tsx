// @vitest-environment happy-dom
import { dmRoomId } from '@chatflow/shared/ids'
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { fixtureId, ME } from '../../app/fixture/people.ts'
import { renderFixture } from '../../app/render-fixture.tsx'

const room = fixtureId('room', 6)
const heading = () => screen.getByRole('heading', { level: 1 }).textContent
const ctrlK = () => fireEvent.keyDown(document.activeElement ?? document.body, { key: 'k', ctrlKey: true })
const field = () => screen.getByRole('combobox', { name: 'Jump to' })
const options = () => screen.getAllByRole('option').map((option) => option.querySelector('bdi')?.textContent)

test('Ctrl+K opens the box, a few letters and Enter go to a room', async () => {
  renderFixture({ room })
  ctrlK()
  await waitFor(() => expect(document.activeElement).toBe(field()))
  fireEvent.change(field(), { target: { value: 'syeng' } })
  expect(options()).toEqual(['sync-engine'])
  fireEvent.keyDown(field(), { key: 'Enter' })
  await waitFor(() => expect(heading()).toBe('sync-engine'))
  await waitFor(() => expect(screen.queryByRole('combobox')).toBeNull())
})

test('the arrows choose, round the end; the choice is announced', async () => {
  renderFixture({ room })
  fireEvent.click(screen.getByRole('button', { name: 'Jump to' }))
  fireEvent.change(field(), { target: { value: 're' } })
  const all = screen.getAllByRole('option')
  const chosen = () => all.findIndex((option) => option.getAttribute('aria-selected') === 'true')
  expect(all.length).toBeGreaterThan(1)
  expect(chosen()).toBe(0)
  fireEvent.keyDown(field(), { key: 'ArrowUp' })
  expect(chosen()).toBe(all.length - 1)
  expect(field().getAttribute('aria-activedescendant')).toBe(all.at(-1)?.id)
  fireEvent.keyDown(field(), { key: 'ArrowDown' })
  expect(chosen()).toBe(0)
})

test('with nothing typed it offers what is unread first, and not the open room', () => {
  renderFixture({ room: fixtureId('room', 1) })
  ctrlK()
  expect(options()[0]).toBe('Bo Lindqvist')
  expect(options().slice(0, 2)).toEqual(['Bo Lindqvist', 'release-7'])
  expect(options()).not.toContain('general')
})

test('somebody without a conversation gets one, offline too', async () => {
  const chat = renderFixture({ room })
  act(() => chat.setOffline(true))
  ctrlK()
  fireEvent.change(field(), { target: { value: 'hana' } })
  fireEvent.keyDown(field(), { key: 'Enter' })
  await waitFor(() => expect(heading()).toBe('Hana Kobayashi'))
  expect(location.hash).toBe(`#/rooms/${dmRoomId([ME.id, fixtureId('user', 8)])}`)
})

test('a public room that one is not in can be joined from here', async () => {
  renderFixture({ room })
  ctrlK()
  fireEvent.change(field(), { target: { value: 'access' } })
  const option = await screen.findByRole('option', { name: /accessibility/ })
  expect(within(option).getByText('Join')).toBeTruthy()
  fireEvent.click(option)
  await waitFor(() => expect(heading()).toBe('accessibility'))
})

test('a guest is offered the own rooms alone', async () => {
  renderFixture({ room, me: { ...ME, role: 'guest' } })
  ctrlK()
  fireEvent.change(field(), { target: { value: 'hana' } })
  expect(screen.queryAllByRole('option')).toEqual([])
  expect(screen.getByText('Nothing is called “hana”.')).toBeTruthy()
  fireEvent.change(field(), { target: { value: 'gen' } })
  expect(options()).toContain('general')
})

test('Ctrl+K closes it again, and does nothing while another dialog is open', async () => {
  renderFixture({ room })
  ctrlK()
  fireEvent.keyDown(field(), { key: 'k', ctrlKey: true })
  await waitFor(() => expect(screen.queryByRole('combobox')).toBeNull())
  fireEvent.click(await screen.findByRole('button', { name: 'New room' }))
  ctrlK()
  expect(screen.queryByRole('combobox', { name: 'Jump to' })).toBeNull()
})
