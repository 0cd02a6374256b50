import type { Readable } from 'node:stream'
import type { Queryable } from '@chatflow/database'
import type { Id } from '@chatflow/shared/ids'
import { type MessageRow, toEntry } from '../sequencer/rows.ts'
import { jsonArray, PAGE_ROWS } from './json-pages.ts'

const NO_ROOM = '00000000-0000-0000-0000-000000000000'

/** The user's own messages in a room, as entries; what was deleted is gone. */
export function ownMessages(db: Queryable, user: Id, room: Id): Readable {
  return jsonArray<MessageRow>(
    async (after) =>
      (
        await db.query<MessageRow>('select * from messages where by_user = $1 and room_id = $2 and seq > $3 and not deleted and event is null order by seq limit $4', [
          user,
          room,
          after?.seq ?? 0,
          PAGE_ROWS,
        ])
      ).rows,
    (row) => ({ room, ...toEntry(row) }),
  )
}

interface Reaction {
  room_id: Id
  seq: number
  emoji: string
}

export function ownReactions(db: Queryable, user: Id): Readable {
  return jsonArray<Reaction>(
    async (after) =>
      (
        await db.query<Reaction>(
          `select room_id, seq, emoji from reactions where user_id = $1 and active and (room_id, seq, emoji) > ($2::uuid, $3::bigint, $4::text)
            order by room_id, seq, emoji limit $5`,
          [user, after?.room_id ?? NO_ROOM, after?.seq ?? 0, after?.emoji ?? '', PAGE_ROWS],
        )
      ).rows,
    ({ room_id, seq, emoji }) => ({ room: room_id, seq, emoji }),
  )
}

interface Mentioned {
  room_id: Id
  seq: number
  by_user: Id
  at: number
}

export function mentionsOf(db: Queryable, user: Id): Readable {
  return jsonArray<Mentioned>(
    async (after) =>
      (
        await db.query<Mentioned>('select room_id, seq, by_user, at from mentions where user_id = $1 and (room_id, seq) > ($2::uuid, $3::bigint) order by room_id, seq limit $4', [
          user,
          after?.room_id ?? NO_ROOM,
          after?.seq ?? 0,
          PAGE_ROWS,
        ])
      ).rows,
    ({ room_id, seq, by_user, at }) => ({ room: room_id, seq, by: by_user, at }),
  )
}

interface Audited {
  id: number
  at: number
  actor: Id | null
  action: string
  target_kind: string | null
  target_id: string | null
  room_id: Id | null
  details: object
}

/** What the audit log says of the user: what they did, and what was done to them. Who reported somebody, or acted on somebody, is not told to that person. */
export function auditOf(db: Queryable, user: Id): Readable {
  return jsonArray<Audited>(
    async (after) =>
      (
        await db.query<Audited>(
          `select id, at, actor, action, target_kind, target_id, room_id, details from audit_log
            where (actor = $1 or (target_kind = 'user' and target_id = $1::text and action not like 'report.%')
                   or (action = 'message.deleted_by_other' and details ->> 'author' = $1::text)) and id > $2 order by id limit $3`,
          [user, after?.id ?? 0, PAGE_ROWS],
        )
      ).rows,
    (row) => ({
      at: row.at,
      by: row.actor === user ? 'me' : row.actor === null ? 'system' : 'somebody else',
      action: row.action,
      ...(row.target_kind === null ? {} : { target: { kind: row.target_kind, id: row.target_id } }),
      ...(row.room_id === null ? {} : { room: row.room_id }),
      details: row.details,
    }),
  )
}
