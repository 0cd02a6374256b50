import type { Id } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'
import type { RoomReplica } from './room-replica.ts'
import type { RoomSummary } from './room-summaries.ts'

/** Visible messages of others after `cursor` in the held segments, counted to 100; below them every place counts as one. */
export function countUnread(replica: RoomReplica, cursor: number, me: Id): number {
  let unread = 0
  const seen = new Set<number>()
  for (const segment of replica.segments().reverse()) {
    if (segment.highest <= cursor) continue
    for (const entry of segment.entries()) {
      if (entry.seq <= cursor) continue
      seen.add(entry.seq)
      if (entry.by !== me && !entry.deleted && !entry.event) unread += 1
    }
    if (unread >= LIMITS.unreadCountedTo) return LIMITS.unreadCountedTo
  }
  const missing = replica.head - Math.max(cursor, replica.floor) - seen.size
  return Math.min(unread + Math.max(missing, 0), LIMITS.unreadCountedTo)
}

/** Unread messages of a room whose replicas are not held, from what was last counted and what has been heard since. */
export function estimateUnread(summary: RoomSummary, cursor: number): number {
  if (cursor >= summary.head) return 0
  const since = Math.max(summary.head - Math.max(summary.counted.head, cursor), 0)
  const before = cursor > summary.counted.cursor ? Math.min(summary.unread, Math.max(summary.counted.head - cursor, 0)) : summary.unread
  return Math.min(before + since, LIMITS.unreadCountedTo)
}
