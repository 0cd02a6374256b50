import { expect, test } from 'vitest'
import type { MessageView, TimelineView } from '../chat/views.ts'
import { isUntouched } from './is-untouched.ts'

const message = (event?: MessageView['event']): MessageView => ({
  id: 'm', room: 'r', author: { id: 'u', username: 'u', displayName: 'U' }, mine: true, text: '', sentAt: 1, mentionsMe: false, pinned: false, deleted: false,
  reactions: [], delivery: 'delivered', changing: false, seenBy: [], readBy: [], ...(event === undefined ? {} : { event }),
})
const timeline = (entries: MessageView[], pending: MessageView[] = []): Pick<TimelineView, 'head' | 'floor' | 'at' | 'pending'> => ({
  head: entries.length, floor: 0, at: (seq) => entries[seq - 1], pending,
})

test('a room is untouched until something is said in it, its making aside', () => {
  expect(isUntouched(timeline([]))).toBe(true)
  expect(isUntouched(timeline([message({ type: 'created' })]))).toBe(true)
  expect(isUntouched(timeline([message({ type: 'created' }), message({ type: 'joined' })]))).toBe(false)
  expect(isUntouched(timeline([message()]))).toBe(false)
  expect(isUntouched(timeline([message({ type: 'created' })], [message()]))).toBe(false)
})
