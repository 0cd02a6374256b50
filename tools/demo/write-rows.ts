import type { Database } from '@chatflow/database'
import type { RoomRows } from './rows.ts'

/** Where each answer's conversation began; beginnings come before answers, so it is found from above. */
const CONVERSATIONS = `
  with recursive said (id, seq, reply_seq, root, root_seq) as (
    select id, seq, null::bigint, null::uuid, null::bigint from messages where room_id = $1 and reply_to is null
    union all
    select m.id, m.seq, s.seq, coalesce(s.root, s.id), coalesce(s.root_seq, s.seq) from said s join messages m on m.room_id = $1 and m.reply_to = s.id
  )
  update messages m set reply_seq = said.reply_seq, root = said.root, root_seq = said.root_seq from said where m.room_id = $1 and m.seq = said.seq and said.root is not null`
const ANSWERS = `
  update messages m set answers = c.answers, answered_at = c.answered_at
    from (select root, count(*) as answers, max(received_at) as answered_at from messages where room_id = $1 and root is not null group by root) c
   where m.room_id = $1 and m.id = c.root`

/** Puts one room into the sync-server's tables, in one transaction. Documents are made from the rows when somebody opens them. */
export async function writeRows(db: Database, rows: RoomRows): Promise<void> {
  const { room } = rows
  await db.tx(async (q) => {
    await q.query(
      `insert into rooms (id, kind, name, topic, created_by, created_at, head, rev, document_rev, last_received_at, member_count)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9, $10)`,
      [room.id, room.kind, room.name, room.topic, room.created_by, room.created_at, room.head, room.rev, room.last_received_at, room.member_count],
    )
    await q.query(
      `insert into members (room_id, user_id, role, joined_at)
       select $1, user_id, role, joined_at from jsonb_to_recordset($2::jsonb) as x(user_id uuid, role text, joined_at bigint)`,
      [room.id, JSON.stringify(rows.members)],
    )
    await q.query(
      `insert into messages (room_id, seq, id, rev, by_user, sent_at, received_at, text, reply_to, mentions, pinned, edited_at, deleted, event)
       select $1, seq, id, rev, by_user, sent_at, received_at, text, reply_to, nullif(mentions, 'null'), pinned, edited_at, deleted, nullif(event, 'null')
         from jsonb_to_recordset($2::jsonb) as x(seq bigint, id uuid, rev bigint, by_user uuid, sent_at bigint, received_at bigint, text text, reply_to uuid,
              mentions jsonb, pinned boolean, edited_at bigint, deleted boolean, event jsonb)`,
      [room.id, JSON.stringify(rows.messages)],
    )
    await q.query(CONVERSATIONS, [room.id])
    await q.query(ANSWERS, [room.id])
    await q.query(
      `insert into reactions (room_id, seq, emoji, user_id, rev, active)
       select $1, seq, emoji, user_id, rev, true from jsonb_to_recordset($2::jsonb) as x(seq bigint, emoji text, user_id uuid, rev bigint)`,
      [room.id, JSON.stringify(rows.reactions)],
    )
    await q.query(
      `insert into mentions (user_id, room_id, seq, by_user, at)
       select user_id, $1, seq, by_user, at from jsonb_to_recordset($2::jsonb) as x(user_id uuid, seq bigint, by_user uuid, at bigint)`,
      [room.id, JSON.stringify(rows.mentions)],
    )
    await q.query(
      `insert into cursors (room_id, user_id, seq) select $1, user_id, seq from jsonb_to_recordset($2::jsonb) as x(user_id uuid, seq bigint)`,
      [room.id, JSON.stringify(rows.cursors)],
    )
    await q.query(
      `insert into user_state (user_id, rev) select user_id, 1 from jsonb_to_recordset($1::jsonb) as x(user_id uuid)
       on conflict (user_id) do update set rev = user_state.rev + 1`,
      [JSON.stringify(rows.members)],
    )
  })
}
