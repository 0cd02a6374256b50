import type { Queryable } from '@chatflow/database'
import type { RoomState } from '../sequencer/room-state.ts'
import { type Indexed, indexRow } from './index-form.ts'

/**
 * Puts the words of a batch's messages into the index, in the batch's transaction, after its messages: the database has taken the words of those that were changed or deleted away (R6),
 * and those that have them keep them.
 */
export async function writeWords(q: Queryable, { id, changed }: RoomState): Promise<void> {
  const rows = [...changed.messages].filter((row) => !row.deleted && row.event === null)
  if (rows.length === 0) return
  const edited = rows.filter((row) => row.edited_at !== null).map((row) => row.seq)
  await Promise.all([
    insertWords(q, rows),
    edited.length > 0 && q.query('delete from messages_unindexed where room_id = $1 and seq = any($2::bigint[])', [id, edited]),
  ])
}

/** Messages that have words already keep them. */
export async function insertWords(q: Queryable, rows: readonly Indexed[]): Promise<void> {
  await q.query(
    `insert into message_words (room_id, seq, by_user, received_at, words)
     select room_id, seq, by_user, received_at, words from jsonb_to_recordset($1::jsonb) as x(room_id uuid, seq bigint, by_user uuid, received_at bigint, words tsvector)
     on conflict do nothing`,
    [JSON.stringify(rows.map(indexRow))],
  )
}
