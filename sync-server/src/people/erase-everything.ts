import type { Database, Queryable } from '@chatflow/database'
import type { Id } from '@chatflow/shared/ids'
import { changeRoom } from '../sequencer/change-room.ts'
import { erase } from '../sequencer/commands/message.ts'
import { loadConversations } from '../sequencer/load-conversations.ts'
import type { Effects } from '../sequencer/effects.ts'
import type { RoomState } from '../sequencer/room-state.ts'
import type { MessageRow, ReactionRow } from '../sequencer/rows.ts'

/** Messages or reactions in one transaction: others wait for the room no longer than that takes. */
const AT_ONCE = 200

type OfMessage = ReactionRow & { message: Id }

/**
 * Deletes a batch of what somebody wrote, then of their reactions, in one room, like the author's own deletions (R6). Answers the effects, or undefined when nothing was left.
 * What is left is read from the rows each time, so it goes on wherever it was broken off.
 */
export async function eraseSome(db: Database, user: Id, now: number): Promise<Effects | undefined> {
  const written = await db.query<{ room_id: Id }>('select room_id from messages where by_user = $1 and not deleted and event is null limit 1', [user])
  if (written.rows[0]) return changeRoom(db, written.rows[0].room_id, now, (q, state) => eraseMessages(q, state, user))
  const reacted = await db.query<{ room_id: Id }>('select room_id from reactions where user_id = $1 and active limit 1', [user])
  if (reacted.rows[0]) return changeRoom(db, reacted.rows[0].room_id, now, (q, state) => takeBackReactions(q, state, user))
  return undefined
}

async function eraseMessages(q: Queryable, state: RoomState, user: Id): Promise<void> {
  const { rows } = await q.query<MessageRow>('select * from messages where by_user = $2 and room_id = $1 and not deleted and event is null order by seq limit $3', [state.id, user, AT_ONCE])
  const reactions = await q.query<OfMessage>(
    `select m.id as message, r.seq, r.emoji, r.user_id, r.rev, r.active from reactions r join messages m on m.room_id = r.room_id and m.seq = r.seq
      where r.room_id = $1 and r.seq = any($2::bigint[])`,
    [state.id, rows.map((row) => row.seq)],
  )
  for (const [message, list] of Map.groupBy(reactions.rows, (row) => row.message)) state.reactions.set(message, list)
  for (const row of rows) state.messages.set(row.id, row)
  await loadConversations(q, state, { ids: new Set(rows.map((row) => row.id)), most: rows.length })
  for (const row of rows) erase(state, user, row)
}

async function takeBackReactions(q: Queryable, state: RoomState, user: Id): Promise<void> {
  const { rows } = await q.query<OfMessage>(
    `select m.id as message, r.seq, r.emoji, r.user_id, r.rev, r.active from reactions r join messages m on m.room_id = r.room_id and m.seq = r.seq
      where r.user_id = $2 and r.room_id = $1 and r.active order by r.seq, r.emoji limit $3`,
    [state.id, user, AT_ONCE],
  )
  for (const row of rows) {
    row.active = false
    row.rev = state.nextRev()
    state.changed.reactions.add(row)
  }
}
