import { LIMITS } from '@chatflow/shared/limits'
import type { TimelineView } from '../chat/views.ts'

/** Messages of others after `since`, counted to 100. What is not loaded counts as one: it is most likely a message. */
export function countNew(timeline: Pick<TimelineView, 'at' | 'head'>, since: number): number {
  let count = 0
  for (let seq = timeline.head; seq > since && count < LIMITS.unreadCountedTo; seq--) {
    const message = timeline.at(seq)
    if (message === undefined || (!message.mine && !message.deleted && message.event === undefined)) count++
    if (timeline.head - seq > 1_000) return LIMITS.unreadCountedTo
  }
  return count
}
