import type { Queryable } from '@chatflow/database'
import type { CommandType } from '@chatflow/shared/command'
import type { Id } from '@chatflow/shared/ids'
import type { RoomState, Submission } from './room-state.ts'
import type { ReportRow } from './rows.ts'

/** Commands that a ban stands in the way of, or that set or lift one. */
const ASK_FOR_BANS: ReadonlySet<CommandType> = new Set<CommandType>(['room.join', 'member.add', 'member.ban', 'member.unban', 'report.resolve'])

/** Reports that the batch names, and all others about the same messages: one decision settles them together. First of all, because they name people and messages. */
export async function loadReports(q: Queryable, state: RoomState, batch: readonly Submission[]): Promise<void> {
  const messages: Id[] = []
  const reports: Id[] = []
  for (const { command } of batch) {
    if (command.type === 'message.report') messages.push(command.message)
    if (command.type === 'report.resolve') reports.push(command.report)
  }
  if (messages.length + reports.length === 0) return
  const found = await q.query<ReportRow>(
    `select * from reports where room_id = $1
        and (message_id = any($2::uuid[]) or message_id in (select message_id from reports where room_id = $1 and id = any($3::uuid[])))`,
    [state.id, messages, reports],
  )
  for (const row of found.rows) state.reports.set(row.id, row)
  if (messages.length === 0) return
  const open = await q.query<{ reporter: Id; n: number }>(
    'select reporter, count(*) as n from reports where room_id = $1 and resolved_at is null and reporter = any($2::uuid[]) group by reporter',
    [state.id, batch.map(({ user }) => user)],
  )
  for (const row of open.rows) state.openReports.set(row.reporter, row.n)
}

/** Who of these people is banned from the room, where the batch may ask. */
export async function loadBans(q: Queryable, state: RoomState, batch: readonly Submission[], people: readonly Id[]): Promise<void> {
  if (!batch.some(({ command }) => ASK_FOR_BANS.has(command.type))) return
  const bans = await q.query<{ user_id: Id }>('select user_id from bans where room_id = $1 and user_id = any($2::uuid[])', [state.id, people])
  for (const row of bans.rows) state.bans.add(row.user_id)
}
