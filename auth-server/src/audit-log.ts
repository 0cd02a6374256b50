import type { Queryable } from '@chatflow/database'
import type { AuditPage } from '@chatflow/shared/api/admin'
import type { AuditAction } from '@chatflow/shared/audit'
import type { Id } from '@chatflow/shared/ids'

export interface AuditQuery {
  /** Entries older than that with this number. */
  before?: number | undefined
  actor?: Id | undefined
  action?: AuditAction | undefined
  /** Id of what it was done to. */
  target?: string | undefined
  limit: number
}

interface Row {
  id: number
  at: number
  actor: Id | null
  actor_name: string | null
  action: string
  target_kind: string | null
  target_id: string | null
  target_name: string | null
  room_id: Id | null
  details: Record<string, string | number | boolean>
}

/** A page of the audit log, newest first, with the present names of people. */
export async function readAuditLog(q: Queryable, { before, actor, action, target, limit }: AuditQuery): Promise<AuditPage> {
  const { rows } = await q.query<Row>(
    `SELECT l.id, l.at, l.actor, CASE WHEN a.deleted_at IS NULL THEN a.display_name END AS actor_name, l.action, l.target_kind, l.target_id, CASE WHEN t.deleted_at IS NULL THEN t.display_name END AS target_name, l.room_id, l.details
     FROM audit_log l
     LEFT JOIN users a ON a.id = l.actor
     LEFT JOIN users t ON l.target_kind = 'user' AND t.id::text = l.target_id
     WHERE ($1::bigint IS NULL OR l.id < $1) AND ($2::uuid IS NULL OR l.actor = $2) AND ($3::text IS NULL OR l.action = $3) AND ($4::text IS NULL OR l.target_id = $4)
     ORDER BY l.id DESC LIMIT $5`,
    [before ?? null, actor ?? null, action ?? null, target ?? null, limit + 1],
  )
  const named = (id: string, name: string | null) => ({ id, ...(name === null ? {} : { name }) })
  return {
    entries: rows.slice(0, limit).map((row) => ({
      id: row.id,
      at: row.at,
      action: row.action,
      actor: row.actor === null ? null : named(row.actor, row.actor_name),
      target: row.target_kind === null || row.target_id === null ? null : { kind: row.target_kind, ...named(row.target_id, row.target_name) },
      room: row.room_id,
      details: row.details,
    })),
    more: rows.length > limit,
  }
}
