import type { Database } from '@chatflow/database'
import { audit } from '@chatflow/server-kit/audit'
import type { Report, ReportedMessage, ReportsPage } from '@chatflow/shared/api/moderation'
import { CodedError } from '@chatflow/shared/errors'
import type { Id } from '@chatflow/shared/ids'
import type { ReportOutcome, ReportReason } from '@chatflow/shared/reports'
import type { RoomKind, RoomRole } from '@chatflow/shared/roles'
import { countOpenReports } from '../open-reports.ts'

interface Row {
  id: Id
  room_id: Id
  kind: RoomKind
  name: string
  role: RoomRole | null
  message_id: Id
  seq: number
  author: Id
  author_username: string | null
  author_name: string | null
  author_role: RoomRole | null
  reporter: Id
  reporter_username: string | null
  reporter_name: string | null
  reason: ReportReason
  note: string | null
  at: number
  text: string | null
  deleted: boolean | null
  outcome: ReportOutcome | null
  resolved_by: Id | null
  resolver_username: string | null
  resolver_name: string | null
  resolved_at: number | null
  resolution: string | null
}

/**
 * Reports that the person may settle, newest first: those of rooms where they are owner or moderator, for administrators all; never about themselves.
 * `before`: id of the last report of the page before.
 */
export async function reportsPage(db: Database, caller: { user: Id; isAdmin: boolean }, page: { state: 'open' | 'resolved'; before?: Id | undefined; limit: number }): Promise<ReportsPage> {
  const { rows } = await db.query<Row>(
    `select p.*, r.kind, r.name, me.role, x.text, x.deleted, them.role as author_role,
            a.username as author_username, a.display_name as author_name, b.username as reporter_username, b.display_name as reporter_name,
            c.username as resolver_username, c.display_name as resolver_name
       from reports p
       join rooms r on r.id = p.room_id
       left join members me on me.room_id = p.room_id and me.user_id = $1
       left join members them on them.room_id = p.room_id and them.user_id = p.author
       left join messages x on x.room_id = p.room_id and x.seq = p.seq
       left join users a on a.id = p.author
       left join users b on b.id = p.reporter
       left join users c on c.id = p.resolved_by
      where (p.resolved_at is null) = $2 and p.author <> $1 and ($3 or me.role in ('owner', 'moderator'))
        and ($4::uuid is null or (p.at, p.id) < (select at, id from reports where id = $4::uuid))
      order by p.at desc, p.id desc limit $5`,
    [caller.user, page.state === 'open', caller.isAdmin, page.before ?? null, page.limit],
  )
  return { reports: rows.map(toReport), open: await countOpenReports(db, caller.user) }
}

/**
 * The message of an open report, for an administrator. If they could not read it otherwise, the audit log notes that they did.
 * Throws `report_not_found`, `report_resolved`, `message_deleted`.
 */
export async function viewReported(db: Database, user: Id, report: Id, now: number): Promise<ReportedMessage> {
  return db.tx(async (q) => {
    const { rows } = await q.query<{ room_id: Id; message_id: Id; resolved_at: number | null; kind: RoomKind; role: RoomRole | null; text: string | null; deleted: boolean | null; sent_at: number | null }>(
      `select p.room_id, p.message_id, p.resolved_at, r.kind, me.role, x.text, x.deleted, x.sent_at
         from reports p join rooms r on r.id = p.room_id
         left join members me on me.room_id = p.room_id and me.user_id = $2
         left join messages x on x.room_id = p.room_id and x.seq = p.seq
        where p.id = $1 and p.author <> $2`,
      [report, user],
    )
    const row = rows[0]
    if (row === undefined) throw new CodedError('report_not_found')
    if (row.resolved_at !== null) throw new CodedError('report_resolved')
    if (row.text === null || row.sent_at === null || row.deleted === true) throw new CodedError('message_deleted')
    if (!isReadable(row)) await audit(q, { actor: user, action: 'report.message_viewed', target: { kind: 'report', id: report }, room: row.room_id, details: { message: row.message_id } }, now)
    return { text: row.text, sentAt: row.sent_at }
  })
}

/** True where the person could read the message without being an administrator, or by joining. */
function isReadable({ kind, role }: { kind: RoomKind; role: RoomRole | null }): boolean {
  return role !== null || kind === 'public'
}

function toReport(row: Row): Report {
  const content = row.text === null || row.deleted !== false ? 'deleted' : isReadable(row) ? 'shown' : 'withheld'
  return {
    id: row.id,
    room: { id: row.room_id, kind: row.kind, name: row.name },
    ...(row.role === null ? {} : { role: row.role }),
    message: row.message_id,
    seq: row.seq,
    author: person(row.author, row.author_username, row.author_name),
    ...(row.author_role === null ? {} : { authorRole: row.author_role }),
    reporter: person(row.reporter, row.reporter_username, row.reporter_name),
    reason: row.reason,
    ...(row.note === null ? {} : { note: row.note }),
    at: row.at,
    content,
    ...(content === 'shown' && row.text !== null ? { text: row.text } : {}),
    ...(row.outcome === null ? {} : { outcome: row.outcome }),
    ...(row.resolved_by === null ? {} : { resolvedBy: person(row.resolved_by, row.resolver_username, row.resolver_name) }),
    ...(row.resolved_at === null ? {} : { resolvedAt: row.resolved_at }),
    ...(row.resolution === null ? {} : { resolution: row.resolution }),
  }
}

/** Somebody by id; accounts can be gone. */
export function person(id: Id, username: string | null, displayName: string | null): { id: Id; username: string; displayName: string } {
  return { id, username: username ?? 'unknown', displayName: displayName ?? 'Unknown person' }
}
