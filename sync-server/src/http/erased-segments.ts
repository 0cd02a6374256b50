import type { Database } from '@chatflow/database'
import type { ErasedSegments } from '@chatflow/shared/api/chat'
import type { Id } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'

/** The segments of a room's log in which a message was deleted after the rev `after`. The rev is read first, so it may be too low for what follows, never too high. */
export async function erasedSegments(db: Database, room: Id, after: number): Promise<ErasedSegments> {
  const { rows: revs } = await db.query<{ rev: number }>('select erased_rev as rev from rooms where id = $1', [room])
  const { rows } = await db.query<{ segment: number }>('select distinct (seq - 1) / $3 as segment from messages where room_id = $1 and rev > $2 and deleted order by segment', [
    room,
    after,
    LIMITS.segmentSize,
  ])
  return { rev: revs[0]?.rev ?? 0, segments: rows.map(({ segment }) => segment) }
}
