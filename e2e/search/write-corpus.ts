import type { Database } from '@chatflow/database'
import type { Corpus } from './corpus.ts'

const AT_ONCE = 5_000

/** Puts people, rooms and messages into a migrated database, as an import would: rows only. Who searches is there already. */
export async function writeCorpus(db: Database, { me, people, rooms, messages, end }: Corpus): Promise<void> {
  await db.query('update users set username = $2, display_name = $3 where id = $1', [me.id, me.username, me.displayName])
  await db.query(
    `insert into users (id, email, username, display_name, role, created_at)
     select id, username || '@example.org', username, "displayName", 'member', 1 from jsonb_to_recordset($1::jsonb) as x(id uuid, username text, "displayName" text) where id <> $2`,
    [JSON.stringify(people), me.id],
  )
  for (const room of rooms) {
    const head = messages.filter((message) => message.room === room.id).length
    await db.query(
      `insert into rooms (id, kind, name, created_by, created_at, head, rev, log_rev, document_rev, last_received_at, member_count) values ($1, $2, $3, $4, 1, $5, $5, $5, $5, $6, $7)`,
      [room.id, room.kind, room.name, room.members[0], head, end, room.members.length],
    )
    await db.query(`insert into members (room_id, user_id, role, joined_at) select $1, id::uuid, 'member', 1 from unnest($2::text[]) as x(id)`, [room.id, room.members])
  }
  for (let from = 0; from < messages.length; from += AT_ONCE) {
    const rows = JSON.stringify(messages.slice(from, from + AT_ONCE))
    await db.query(
      `insert into messages (room_id, seq, id, rev, by_user, sent_at, received_at, text, reply_to, answers, answered_at, pinned, deleted)
       select room, seq, id, seq, "by", "receivedAt", "receivedAt", text, "replyTo", answers, case when answers > 0 then "receivedAt" end, pinned, deleted
         from jsonb_to_recordset($1::jsonb) as x(room uuid, seq bigint, id uuid, "by" uuid, "receivedAt" bigint, text text, "replyTo" uuid, answers integer, pinned boolean, deleted boolean)`,
      [rows],
    )
    await db.query(
      `insert into reactions (room_id, seq, emoji, user_id, rev, active)
       select room, seq, '👍', "by", seq, true from jsonb_to_recordset($1::jsonb) as x(room uuid, seq bigint, "by" uuid, reaction boolean) where reaction`,
      [rows],
    )
  }
}
