import { expect, test } from 'vitest'
import type { MessageView } from '../chat/views.ts'
import { isLate, place } from './grouping.ts'

const ana = { id: 'a', username: 'ana', displayName: 'Ana' }
const bo = { id: 'b', username: 'bo', displayName: 'Bo' }
const noon = new Date(2025, 5, 3, 12, 0).getTime()

function message(minutes: number, more: Partial<MessageView> = {}): MessageView {
  const at = noon + minutes * 60_000
  return {
    id: String(minutes), room: 'r', seq: 1, author: ana, mine: false, text: 'x', sentAt: at, receivedAt: at, mentionsMe: false, pinned: false, deleted: false,
    reactions: [], delivery: 'delivered', changing: false, seenBy: [], readBy: [], ...more,
  }
}

test('messages of one author within five minutes stand under one name', () => {
  expect(place(message(4), message(0), false)).toEqual({ grouped: true })
  expect(place(message(5), message(0), false)).toEqual({ grouped: false })
  expect(place(message(1, { author: bo }), message(0), false)).toEqual({ grouped: false })
})

test('a reply, an event and a late message stand for themselves', () => {
  expect(place(message(1, { replyTo: { id: 'q' } }), message(0), false).grouped).toBe(false)
  expect(place(message(1), message(0, { event: { type: 'joined' } }), false).grouped).toBe(false)
  expect(place(message(1, { sentAt: noon - 600_000 }), message(0), false).grouped).toBe(false)
})

test('a new day has a divider, and nothing is grouped across it', () => {
  const nextDay = message(12 * 60)
  expect(place(nextDay, message(12 * 60 - 1), false)).toEqual({ grouped: false, day: nextDay.receivedAt })
  expect(place(message(0), undefined, true).day).toBe(noon)
})

test('below a message that is not loaded there is no divider: it may be of the same day', () => {
  expect(place(message(0), undefined, false)).toEqual({ grouped: false })
})

test('a message is late when it was committed more than five minutes after it was written', () => {
  expect(isLate(message(0, { sentAt: noon - 301_000 }))).toBe(true)
  expect(isLate(message(0, { sentAt: noon - 299_000 }))).toBe(false)
  expect(isLate(message(0, { receivedAt: undefined }))).toBe(false)
})

test('waiting messages are grouped by the author’s clock', () => {
  expect(place(message(2, { receivedAt: undefined, delivery: 'kept' }), message(0), false).grouped).toBe(true)
})
