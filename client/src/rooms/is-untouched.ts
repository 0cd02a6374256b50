import type { TimelineView } from '../chat/views.ts'

/** Has nobody said anything here yet? That somebody made the room is no message. */
export function isUntouched({ head, floor, at, pending }: Pick<TimelineView, 'head' | 'floor' | 'at' | 'pending'>): boolean {
  if (pending.length > 0) return false
  return head <= floor || (head === 1 && at(1)?.event?.type === 'created')
}
