import type { Queryable } from '@chatflow/database'
import { audit } from '@chatflow/server-kit/audit'
import type { Id } from '@chatflow/shared/ids'
import type { RoomState } from './room-state.ts'

/** Writes bans, reports and what the audit log tells of the batch. Before the users are raised: whoever handles reports sees their number in the own document. */
export async function writeModeration(q: Queryable, state: RoomState): Promise<void> {
  const { id, now, changed } = state
  if (changed.bansGone.size > 0) await q.query('delete from bans where room_id = $1 and user_id = any($2::uuid[])', [id, [...changed.bansGone]])
  if (changed.bans.size > 0) {
    await q.query(
      `insert into bans (room_id, user_id, by_user, reason, at)
       select $1, user_id, by_user, reason, $3::bigint from jsonb_to_recordset($2::jsonb) as x(user_id uuid, by_user uuid, reason text)`,
      [id, JSON.stringify([...changed.bans.values()]), now],
    )
  }
  if (changed.reports.size > 0) await writeReports(q, state)
  for (const entry of changed.audit) await audit(q, { ...entry, room: id }, now)
}

async function writeReports(q: Queryable, { id, changed }: RoomState): Promise<void> {
  await q.query(
    `insert into reports (id, room_id, seq, message_id, author, reporter, reason, note, at, outcome, resolved_by, resolved_at, resolution)
     select id, $1, seq, message_id, author, reporter, reason, note, at, outcome, resolved_by, resolved_at, resolution
       from jsonb_to_recordset($2::jsonb) as x(id uuid, seq bigint, message_id uuid, author uuid, reporter uuid, reason text, note text, at bigint,
            outcome text, resolved_by uuid, resolved_at bigint, resolution text)
     on conflict (id) do update set outcome = excluded.outcome, resolved_by = excluded.resolved_by, resolved_at = excluded.resolved_at, resolution = excluded.resolution`,
    [id, JSON.stringify([...changed.reports])],
  )
  const handlers = await q.query<{ user_id: Id }>(
    `select user_id from members where room_id = $1 and role in ('owner', 'moderator') union select id from users where role = 'admin' and disabled_at is null`,
    [id],
  )
  for (const row of handlers.rows) changed.users.add(row.user_id)
}
