import type { Queryable } from '@chatflow/database'
import { docName, segmentOf } from '@chatflow/shared/doc-names'
import type { Id } from '@chatflow/shared/ids'
import { writeWords } from '../search/write-words.ts'
import { RoomChangedMeanwhile } from './errors.ts'
import type { RoomState } from './room-state.ts'
import type { RoomRow } from './rows.ts'
import { writeModeration } from './write-moderation.ts'
import { writePreviews } from './write-previews.ts'

/**
 * Writes what a batch changed in its room. Rows travel as one JSON value a table, so that a batch costs a fixed number of statements,
 * and those that do not wait for each other are sent together, the room's own row first.
 */
export async function writeRoom(q: Queryable, state: RoomState): Promise<void> {
  if (state.room === undefined) return
  await Promise.all([writeRow(q, state, state.room), writeMembers(q, state), writeMessages(q, state), writeWords(q, state), writeCursors(q, state)])
  await writePreviews(q, state)
  await writeModeration(q, state)
  await raiseUsers(q, state)
}

async function writeRow(q: Queryable, { changed }: RoomState, room: RoomRow): Promise<void> {
  if (changed.document) room.document_rev = room.rev
  if (changed.messages.size + changed.reactions.size > 0) room.log_rev = room.rev
  if (changed.messages.values().some((row) => row.deleted)) room.erased_rev = room.rev
  if (changed.created) {
    const made = await q.query(
      `insert into rooms (id, kind, name, topic, created_by, created_at, archived_at, head, rev, document_rev, log_rev, last_received_at, member_count, indexed_to)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) on conflict (id) do nothing`,
      [room.id, room.kind, room.name, room.topic, room.created_by, room.created_at, room.archived_at, room.head, room.rev, room.document_rev, room.log_rev, room.last_received_at, room.member_count, room.indexed_to],
    )
    // Another instance made it between our look and our insert: nothing was locked, so look again.
    if (made.rowCount === 0) throw new RoomChangedMeanwhile()
  } else if (changed.room) {
    await q.query(
      `update rooms set name = $2, topic = $3, archived_at = $4, head = $5, rev = $6, document_rev = $7, log_rev = $8, last_received_at = $9, member_count = $10, erased_rev = $11, indexed_to = $12
        where id = $1`,
      [room.id, room.name, room.topic, room.archived_at, room.head, room.rev, room.document_rev, room.log_rev, room.last_received_at, room.member_count, room.erased_rev, room.indexed_to],
    )
  }
}

async function writeMembers(q: Queryable, { id, members, changed }: RoomState): Promise<void> {
  if (changed.membersGone.size > 0) {
    await q.query('delete from members where room_id = $1 and user_id = any($2::uuid[])', [id, [...changed.membersGone]])
  }
  if (changed.members.size > 0) {
    const rows = [...changed.members].flatMap((user) => members.get(user) ?? [])
    await q.query(
      `insert into members (room_id, user_id, role, joined_at, hidden)
       select $1, user_id, role, joined_at, hidden
         from jsonb_to_recordset($2::jsonb) as x(user_id uuid, role text, joined_at bigint, hidden boolean)
       on conflict (room_id, user_id) do update set role = excluded.role, hidden = excluded.hidden`,
      [id, JSON.stringify(rows)],
    )
  }
  if (changed.unhide) {
    const shown = await q.query<{ user_id: Id }>('update members set hidden = false where room_id = $1 and hidden returning user_id', [id])
    for (const row of shown.rows) changed.users.add(row.user_id)
  }
}

async function writeMessages(q: Queryable, state: RoomState): Promise<void> {
  const { id, changed } = state
  if (changed.messages.size > 0) {
    await q.query(
      `insert into messages (room_id, seq, id, rev, by_user, sent_at, received_at, text, reply_to, reply_seq, root, root_seq, answers, answered_at, files, mentions, mentions_room, previews, previews_off, pinned,
              edited_at, deleted, deleted_by, event)
       select $1, seq, id, rev, by_user, sent_at, received_at, text, reply_to, reply_seq, root, root_seq, answers, answered_at, nullif(files, 'null'), nullif(mentions, 'null'),
              mentions_room, nullif(previews, 'null'), nullif(previews_off, 'null'), pinned, edited_at, deleted, deleted_by, nullif(event, 'null')
         from jsonb_to_recordset($2::jsonb) as x(seq bigint, id uuid, rev bigint, by_user uuid, sent_at bigint, received_at bigint, text text, reply_to uuid,
              reply_seq bigint, root uuid, root_seq bigint, answers integer, answered_at bigint, files jsonb, mentions jsonb, mentions_room boolean, previews jsonb, previews_off jsonb, pinned boolean, edited_at bigint, deleted boolean, deleted_by uuid, event jsonb)
       on conflict (room_id, seq) do update set rev = excluded.rev, text = excluded.text, reply_to = excluded.reply_to, reply_seq = excluded.reply_seq,
              root = excluded.root, root_seq = excluded.root_seq, answers = excluded.answers, answered_at = excluded.answered_at, files = excluded.files,
              mentions = excluded.mentions, mentions_room = excluded.mentions_room, previews = excluded.previews, previews_off = excluded.previews_off, pinned = excluded.pinned, edited_at = excluded.edited_at, deleted = excluded.deleted, deleted_by = excluded.deleted_by`,
      [id, JSON.stringify([...changed.messages])],
    )
  }
  const deleted = [...changed.messages].filter((row) => row.deleted)
  if (deleted.length > 0) {
    // The body is not to live on in a stored state that nobody has loaded; loaded documents are stored anew without it.
    const names = new Set(deleted.map((row) => docName.log(id, segmentOf(row.seq))))
    await q.query('delete from documents where name = any($1::text[])', [[...names]])
  }
  if (changed.reactions.size > 0) {
    await q.query(
      `insert into reactions (room_id, seq, emoji, user_id, rev, active)
       select $1, seq, emoji, user_id, rev, active
         from jsonb_to_recordset($2::jsonb) as x(seq bigint, emoji text, user_id uuid, rev bigint, active boolean)
       on conflict (room_id, seq, emoji, user_id) do update set rev = excluded.rev, active = excluded.active`,
      [id, JSON.stringify([...changed.reactions])],
    )
  }
  if (changed.mentionsGone.size > 0) {
    await q.query('delete from mentions where room_id = $1 and seq = any($2::bigint[])', [id, [...changed.mentionsGone]])
  }
  if (changed.mentions.length > 0) {
    await q.query(
      `insert into mentions (user_id, room_id, seq, by_user, at)
       select "user", $1, seq, "by", at from jsonb_to_recordset($2::jsonb) as x("user" uuid, seq bigint, "by" uuid, at bigint)
       on conflict do nothing`,
      [id, JSON.stringify(changed.mentions)],
    )
  }
  await mentionAll(q, state)
}

/** Everyone in the room but the author is mentioned: written from the members as they are, since the batch has not read them. */
async function mentionAll(q: Queryable, { id, changed }: RoomState): Promise<void> {
  if (changed.mentionsOfAll.length === 0) return
  await q.query(
    `insert into mentions (user_id, room_id, seq, by_user, at)
     select m.user_id, $1, x.seq, x."by", x.at from jsonb_to_recordset($2::jsonb) as x(seq bigint, "by" uuid, at bigint) join members m on m.room_id = $1 and m.user_id <> x."by"
     on conflict do nothing`,
    [id, JSON.stringify(changed.mentionsOfAll)],
  )
}

async function writeCursors(q: Queryable, { id, changed }: RoomState): Promise<void> {
  if (changed.cursors.size === 0) return
  const rows = [...changed.cursors].map(([user, change]) => ({ user_id: user, seq: change.seq ?? 0, unread_from: change.unreadFrom ?? null }))
  await q.query(
    `insert into cursors (room_id, user_id, seq, unread_from)
     select $1, user_id, seq, unread_from from jsonb_to_recordset($2::jsonb) as x(user_id uuid, seq bigint, unread_from bigint)
     on conflict (room_id, user_id) do update set seq = greatest(cursors.seq, excluded.seq), unread_from = excluded.unread_from`,
    [id, JSON.stringify(rows)],
  )
}

/** Raises the rev of every user whose document changed; in the order of ids, so that two rooms never wait for each other crosswise. */
async function raiseUsers(q: Queryable, { id, changed }: RoomState): Promise<void> {
  if (changed.allMembers) {
    const members = await q.query<{ user_id: Id }>('select user_id from members where room_id = $1', [id])
    for (const row of members.rows) changed.users.add(row.user_id)
  }
  if (changed.users.size === 0) return
  await q.query(
    `insert into user_state (user_id, rev) select id::uuid, 1 from jsonb_array_elements_text($1::jsonb) with ordinality as x(id, n) order by n
     on conflict (user_id) do update set rev = user_state.rev + 1`,
    [JSON.stringify([...changed.users].sort())],
  )
}
