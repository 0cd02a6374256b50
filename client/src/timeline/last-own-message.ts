import type { MessageView, TimelineView } from '../chat/views.ts'

const LOOK_BACK = 300

/** The newest message of one's own that can be edited, if it is near and loaded. */
export function lastOwnMessage(timeline: Pick<TimelineView, 'pending' | 'at' | 'head' | 'floor'>): MessageView | undefined {
  const waiting = timeline.pending.findLast((message) => message.delivery !== 'rejected' && !message.deleted)
  if (waiting !== undefined) return waiting
  for (let seq = timeline.head; seq > Math.max(timeline.floor, timeline.head - LOOK_BACK); seq--) {
    const message = timeline.at(seq)
    if (message?.mine === true && !message.deleted && message.event === undefined) return message
  }
  return undefined
}
