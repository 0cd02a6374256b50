// @vitest-environment happy-dom
import { act, fireEvent, screen, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fixtureId } from '../app/fixture/people.ts'
import { renderFixture } from '../app/render-fixture.tsx'

const room = fixtureId('room', 6)

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const pass = (ms: number) => act(() => vi.advanceTimersByTime(ms))

function write(text: string): HTMLElement {
  const box = screen.getByRole('textbox', { name: 'Message' })
  fireEvent.change(box, { target: { value: text } })
  fireEvent.keyDown(box, { key: 'Enter' })
  return screen.getByRole('article', { name: new RegExp(text) })
}

test('the clock appears 300 ms after Enter, not before, and gives way to one tick', async () => {
  renderFixture({ room, deliverAfter: 1_000 })
  const message = write('hello')
  expect(within(message).queryByRole('img')).toBeNull()
  await pass(299)
  expect(within(message).queryByRole('img')).toBeNull()
  await pass(2)
  expect(within(message).getByRole('img', { name: 'On this device, not sent yet' })).toBeTruthy()
  await pass(800)
  expect(within(message).getByRole('img', { name: 'Delivered' })).toBeTruthy()
})

test('online, a message goes from nothing to its tick without a clock in between, in the same element', async () => {
  renderFixture({ room, deliverAfter: 100 })
  const message = write('quick')
  await pass(150)
  expect(within(message).getByRole('img', { name: 'Delivered' })).toBeTruthy()
  expect(message.isConnected).toBe(true)
})

test('a text that is written from right to left is shown so', () => {
  renderFixture({ room })
  const message = write('שלום')
  expect(within(message).getByText('שלום').getAttribute('dir')).toBe('auto')
  expect(screen.getByRole('textbox', { name: 'Message' }).getAttribute('dir')).toBe('auto')
})

test('a refused message says why and offers three ways on', async () => {
  const chat = renderFixture({ room, deliverAfter: 10 })
  chat.rejectNextSend()
  const message = write('no entry')
  await pass(20)
  expect(within(message).getByText('Not accepted: You are not a member of this room.')).toBeTruthy()
  fireEvent.click(within(message).getByRole('button', { name: 'Edit' }))
  await act(() => vi.advanceTimersByTimeAsync(0))
  expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' }).value).toBe('no entry')
  expect(screen.queryByRole('article', { name: /no entry/ })).toBeNull()

  chat.rejectNextSend()
  const again = write('again')
  await pass(20)
  fireEvent.click(within(again).getByRole('button', { name: 'Retry' }))
  await pass(20)
  expect(within(screen.getByRole('article', { name: /again/ })).getByRole('img', { name: 'Delivered' })).toBeTruthy()
})

test('a reaction is a toggle', async () => {
  renderFixture({ room, deliverAfter: 10 })
  const message = write('like me')
  await pass(20)
  fireEvent.pointerEnter(message)
  fireEvent.click(screen.getByRole('button', { name: 'Hooray' }))
  const chip = screen.getByRole('button', { name: '🎉 1' })
  expect(chip.getAttribute('aria-pressed')).toBe('true')
  fireEvent.click(chip)
  expect(screen.queryByRole('button', { name: '🎉 1' })).toBeNull()
})

test('deleting asks first', async () => {
  const chat = renderFixture({ room, deliverAfter: 10 })
  const remove = vi.spyOn(chat.actions, 'deleteMessage')
  const message = write('oops')
  await pass(20)
  fireEvent.pointerEnter(message)
  fireEvent.click(screen.getByRole('button', { name: 'More actions' }))
  fireEvent.click(screen.getByRole('menuitem', { name: 'Delete' }))
  expect(remove).not.toHaveBeenCalled()
  fireEvent.click(within(screen.getByRole('dialog', { name: 'Delete this message?' })).getByRole('button', { name: 'Delete' }))
  expect(remove).toHaveBeenCalledOnce()
  expect(screen.getByText('Message deleted')).toBeTruthy()
})

test('[R7] of a room with a million messages only what is on the screen and around it is in the page', () => {
  renderFixture({ room: fixtureId('room', 2) })
  const shown = screen.getAllByRole('article').length
  expect(shown).toBeGreaterThan(5)
  expect(shown).toBeLessThan(60)
  expect(screen.getByRole('scrollbar', { name: 'Place in the room' }).getAttribute('aria-valuemax')).toBe(String(1_000_000 - 1_024))
})

test('the log is named, polite at its end, and a message is one readable line', () => {
  renderFixture({ room, deliverAfter: 10 })
  write('read me')
  const log = screen.getByRole('log', { name: 'Messages' })
  expect(log.getAttribute('aria-live')).toBe('polite')
  expect(within(log).getByRole('article').getAttribute('aria-label')).toMatch(/^Ana Ribeiro, .*: read me/)
})
