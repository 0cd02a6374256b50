import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { fixtureId } from '../app/fixture/people.ts'
import { fixtureRooms } from '../app/fixture/rooms.ts'
import { renderFixture } from '../app/render-fixture.tsx'
import { toLocalInput } from './schedule-times.ts'

const room = fixtureId('room', 6)
const only = () => fixtureRooms().filter(({ view }) => view.id === room)
const write = (text: string): void => void fireEvent.change(screen.getByRole('textbox', { name: 'Message' }), { target: { value: text } })

it('[R8] while a time is being chosen, what another device does to the draft waits; what stood there is scheduled', async () => {
  const chat = renderFixture({ room, rooms: only() })
  const box = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Message' })
  const elsewhere = (text: string): void => act(() => chat.actions.setDraft(room, text))
  elsewhere('Later')
  expect(box.value).toBe('Later')
  fireEvent.click(screen.getByRole('button', { name: 'Schedule' }))
  elsewhere('')
  expect(box.value).toBe('Later')
  fireEvent.click(screen.getByRole('menuitem', { name: 'Choose a date and time' }))
  elsewhere('Something else')
  const dialog = await screen.findByRole('dialog', { name: 'When?' })
  expect(box.value).toBe('Later')
  fireEvent.click(within(dialog).getByRole('button', { name: 'Cancel' }))
  await waitFor(() => expect(box.value).toBe('Something else'))
  fireEvent.click(screen.getByRole('button', { name: 'Schedule' }))
  elsewhere('')
  fireEvent.click(await screen.findByRole('menuitem', { name: /Tomorrow at 9:00/ }))
  await act(async () => undefined)
  expect(chat.store.getState().scheduled).toMatchObject([{ text: 'Something else' }])
  expect(box.value).toBe('')
})

it('[R8] what another device has made of the draft while a time was being chosen is still there after it', async () => {
  const chat = renderFixture({ room, rooms: only() })
  const box = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Message' })
  const elsewhere = (text: string): void => act(() => chat.actions.setDraft(room, text))
  elsewhere('Later')
  fireEvent.click(screen.getByRole('button', { name: 'Schedule' }))
  elsewhere('Later and more')
  const keep = vi.spyOn(chat.actions, 'setDraft')
  fireEvent.click(await screen.findByRole('menuitem', { name: /Tomorrow at 9:00/ }))
  await act(async () => undefined)
  expect(chat.store.getState().scheduled).toMatchObject([{ text: 'Later' }])
  expect(box.value).toBe('Later and more')
  expect(keep).not.toHaveBeenCalled()
  fireEvent.change(box, { target: { value: 'Later and more still' } })
  fireEvent.blur(box)
  expect(keep).toHaveBeenLastCalledWith(room, 'Later and more still', undefined)
})

it('what is written is scheduled by the clock beside it, listed, changed and cancelled', async () => {
  const chat = renderFixture({ room, rooms: only() })
  await screen.findByRole('textbox', { name: 'Message' })
  expect(screen.queryByRole('button', { name: 'Schedule' })).toBeNull()
  write('Good morning')
  fireEvent.click(screen.getByRole('button', { name: 'Schedule' }))
  fireEvent.click(await screen.findByRole('menuitem', { name: /Tomorrow at 9:00/ }))
  await act(async () => undefined)
  expect(screen.getByRole('textbox', { name: 'Message' })).toHaveProperty('value', '')
  const [item] = chat.store.getState().scheduled
  expect(item).toMatchObject({ room, text: 'Good morning' })
  expect(new Date(item?.sendAt ?? 0).getHours()).toBe(9)
  fireEvent.click(screen.getByRole('link', { name: /1 message scheduled/ }))
  const list = await screen.findByRole('list', { name: 'Scheduled messages' })
  fireEvent.click(within(list).getByRole('button', { name: 'Edit' }))
  const dialog = await screen.findByRole('dialog', { name: 'Change the scheduled message' })
  fireEvent.change(within(dialog).getByRole('textbox', { name: 'Text' }), { target: { value: 'Good evening' } })
  fireEvent.change(within(dialog).getByLabelText('Date and time'), { target: { value: '2020-01-01T10:00' } })
  fireEvent.click(within(dialog).getByRole('button', { name: 'Save' }))
  expect(within(dialog).getByText('This time has passed.')).toBeTruthy()
  const later = Date.now() + 50 * 3_600_000
  fireEvent.change(within(dialog).getByLabelText('Date and time'), { target: { value: toLocalInput(later) } })
  fireEvent.click(within(dialog).getByRole('button', { name: 'Save' }))
  await act(async () => undefined)
  expect(chat.store.getState().scheduled).toMatchObject([{ text: 'Good evening', sendAt: Math.floor(later / 60_000) * 60_000 }])
  fireEvent.click(within(list).getByRole('button', { name: 'Cancel it', hidden: true }))
  expect(await screen.findByText('Nothing is scheduled')).toBeTruthy()
})

it('one that could not be sent says why, at its place and at the room', async () => {
  const chat = renderFixture({ room, rooms: only() })
  await screen.findByRole('textbox', { name: 'Message' })
  const item = { id: 'one', room, roomName: 'reading-group', text: 'Late', sendAt: Date.now() - 1, waiting: false, failed: 'room_archived' } as const
  act(() => chat.setState({ scheduled: [item] }))
  fireEvent.click(screen.getByRole('link', { name: '1 scheduled message not sent' }))
  expect(await screen.findByText('Not sent: This room is archived.')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Now' }))
  await act(async () => undefined)
  expect(chat.store.getState().scheduled).toMatchObject([{ sendAt: 0 }])
})
