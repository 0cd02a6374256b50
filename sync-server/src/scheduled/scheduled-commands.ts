import type { Queryable } from '@chatflow/database'
import type { CommandOf } from '@chatflow/shared/command'
import { docName } from '@chatflow/shared/doc-names'
import type { ErrorCode } from '@chatflow/shared/errors'
import type { Id } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'
import { can } from '@chatflow/shared/permissions'
import type { GlobalRole, RoomKind, RoomRole } from '@chatflow/shared/roles'

export type ScheduleCommand = CommandOf<'message.schedule'> | CommandOf<'message.reschedule'> | CommandOf<'message.unschedule'>

/** Evaluates a command about the user's own scheduled messages, with the user's row locked. Answers a rejection code or null. */
export async function applySchedule(q: Queryable, user: Id, command: ScheduleCommand, now: number): Promise<ErrorCode | null> {
  if ('sendAt' in command && command.sendAt !== undefined && command.sendAt > now + LIMITS.scheduledAheadMs) return 'schedule_too_far'
  if ('text' in command && command.text !== undefined && command.text.trim() === '') return 'text_empty'
  switch (command.type) {
    case 'message.schedule':
      return schedule(q, user, command)
    case 'message.reschedule':
      return change(q, user, command, now)
    case 'message.unschedule':
      return cancel(q, user, command)
  }
}

async function schedule(q: Queryable, user: Id, { id, room, text, replyTo, sendAt }: CommandOf<'message.schedule'>): Promise<ErrorCode | null> {
  const { rows } = await q.query<{ kind: RoomKind; archived_at: number | null; room_role: RoomRole; role: GlobalRole }>(
    'select r.kind, r.archived_at, m.role as room_role, u.role from members m join rooms r on r.id = m.room_id join users u on u.id = m.user_id where m.room_id = $1 and m.user_id = $2',
    [room, user],
  )
  const row = rows[0]
  if (row === undefined) return 'not_a_member'
  // As it is now; it is judged again at its time.
  const actor = { id: user, role: row.role, roomRole: row.room_role }
  if (!can(actor, 'message.send', { room: { kind: row.kind, archived: row.archived_at !== null } })) return can(actor, 'message.send', { room: { kind: row.kind } }) ? 'room_archived' : 'forbidden'
  const count = await q.query<{ n: number }>('select count(*) as n from scheduled where user_id = $1', [user])
  if ((count.rows[0]?.n ?? 0) >= LIMITS.scheduledPerUser) return 'too_many_scheduled'
  await q.query('insert into scheduled (id, user_id, room_id, text, reply_to, send_at) values ($1, $2, $3, $4, $5, $6)', [id, user, room, text, replyTo ?? null, sendAt])
  return null
}

async function change(q: Queryable, user: Id, { scheduled, text, sendAt }: CommandOf<'message.reschedule'>, now: number): Promise<ErrorCode | null> {
  const changed = await q.query(
    `update scheduled set text = coalesce($3, text), send_at = coalesce($4::bigint, case when failed is null then send_at else $5::bigint end),
            attempt = attempt + case when failed is null then 0 else 1 end, failed = null
      where id = $1 and user_id = $2 and taken_at is null`,
    [scheduled, user, text ?? null, sendAt ?? null, now],
  )
  if (changed.rowCount === 0) return 'scheduled_not_found'
  if (text !== undefined) await forgetStored(q, user)
  return null
}

async function cancel(q: Queryable, user: Id, { scheduled }: CommandOf<'message.unschedule'>): Promise<ErrorCode | null> {
  const gone = await q.query('delete from scheduled where id = $1 and user_id = $2 and taken_at is null', [scheduled, user])
  if (gone.rowCount === 0) return 'scheduled_not_found'
  await forgetStored(q, user)
  return null
}

/** A text that is gone is not to live on in the stored state of the user's document (R6). */
export async function forgetStored(q: Queryable, user: Id): Promise<void> {
  await q.query('delete from documents where name = $1', [docName.user(user)])
}
