import type { Database } from '@chatflow/database'
import type { ThreadPage } from '@chatflow/shared/api/chat'
import { CodedError } from '@chatflow/shared/errors'
import type { Id } from '@chatflow/shared/ids'
import { type MessageRow, toEntry } from '../sequencer/rows.ts'

/** The conversation that `message` belongs to or has begun, with the answers before `before`, the newest `limit` of them. Throws `message_not_found`. */
export async function threadPage(db: Database, room: Id, message: Id, { before, limit }: { before?: number | undefined; limit: number }): Promise<ThreadPage> {
  const named = await db.query<MessageRow>(
    'select root.* from messages named join messages root on root.room_id = named.room_id and root.id = coalesce(named.root, named.id) where named.room_id = $1 and named.id = $2',
    [room, message],
  )
  const root = named.rows[0]
  if (root === undefined) throw new CodedError('message_not_found')
  const answers = await db.query<MessageRow>('select * from messages where room_id = $1 and root = $2 and seq < $3 and not deleted order by seq desc limit $4', [
    room,
    root.id,
    before ?? Number.MAX_SAFE_INTEGER,
    limit + 1,
  ])
  return { root: toEntry(root), entries: answers.rows.slice(0, limit).reverse().map(toEntry), more: answers.rows.length > limit }
}
