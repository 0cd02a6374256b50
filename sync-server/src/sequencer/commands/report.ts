import type { CommandOf } from '@chatflow/shared/command'
import type { Id } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'
import { can, type Actor } from '@chatflow/shared/permissions'
import { Rejection } from '../rejection.ts'
import type { RoomState } from '../room-state.ts'
import type { ReportRow, RoomRow } from '../rows.ts'
import { ban, remove } from './member.ts'
import { erase } from './message.ts'

export const reportFamily = {
  'message.report': (state: RoomState, user: Id, command: CommandOf<'message.report'>): null => {
    const { room, actor } = state.membership(user)
    const row = state.message(command.message)
    if (row.event !== null || !can(actor, 'message.report', { room, author: row.by_user })) throw new Rejection('forbidden')
    if (row.deleted) throw new Rejection('message_deleted')
    if ([...state.reports.values()].some((report) => report.message_id === row.id && report.reporter === user)) return null
    const open = state.openReports.get(user) ?? 0
    if (open >= LIMITS.openReportsPerMember) throw new Rejection('too_many_reports')
    state.openReports.set(user, open + 1)
    const report: ReportRow = {
      id: command.id,
      seq: row.seq,
      message_id: row.id,
      author: row.by_user,
      reporter: user,
      reason: command.reason,
      note: command.note ?? null,
      at: state.now,
      outcome: null,
      resolved_by: null,
      resolved_at: null,
      resolution: null,
    }
    state.reports.set(report.id, report)
    state.changed.reports.add(report)
    state.record({ actor: user, action: 'report.made', target: { kind: 'report', id: report.id }, details: { reason: report.reason } })
    return null
  },

  /** Does what the outcome names and settles every open report about the message: the first decision counts. */
  'report.resolve': (state: RoomState, user: Id, command: CommandOf<'report.resolve'>): null => {
    const { room, actor } = state.reach(user, { reported: true })
    const report = state.reports.get(command.report)
    if (!can(actor, 'report.resolve', { room, author: report?.author })) throw new Rejection('forbidden')
    if (report === undefined) throw new Rejection('report_not_found')
    if (report.outcome !== null) throw new Rejection('report_resolved')
    act(state, { room, actor, report, command })
    for (const open of state.reports.values()) {
      if (open.message_id !== report.message_id || open.outcome !== null) continue
      Object.assign(open, { outcome: command.outcome, resolved_by: user, resolved_at: state.now, resolution: command.note ?? null })
      state.changed.reports.add(open)
      state.record({ actor: user, action: 'report.resolved', target: { kind: 'report', id: open.id }, details: { outcome: command.outcome } })
    }
    return null
  },
}

function act(state: RoomState, { room, actor, report, command }: { room: RoomRow; actor: Actor; report: ReportRow; command: CommandOf<'report.resolve'> }): void {
  const { outcome } = command
  if (outcome === 'removed') {
    const row = state.messages.get(report.message_id)
    if (row !== undefined && !row.deleted) erase(state, actor.id, row)
  }
  if (outcome !== 'expelled' && outcome !== 'banned') return
  if (room.kind === 'dm') throw new Rejection('dm_members_fixed')
  const target = { room, reported: true, user: { id: report.author, roomRole: state.members.get(report.author)?.role } }
  if (!can(actor, outcome === 'banned' ? 'member.ban' : 'member.remove', target)) throw new Rejection('forbidden')
  if (outcome === 'banned') ban(state, actor.id, command, report.author, command.note)
  else remove(state, actor.id, command, report.author)
}
