import type { Queryable } from '@chatflow/database'
import type { AuditAction, AuditFacts } from '@chatflow/shared/audit'
import type { Id } from '@chatflow/shared/ids'

interface Act {
  /** Who did it; undefined: the system, or someone who is not signed in. */
  actor?: Id | undefined
  target?: { kind: 'user' | 'session' | 'room' | 'message' | 'invitation' | 'report'; id: string } | undefined
}

/** An action with the facts that belong to it, by shared/src/audit.ts. */
type Facts<A extends AuditAction> = A extends keyof AuditFacts ? ({} extends AuditFacts[A] ? { action: A; details?: AuditFacts[A] | undefined } : { action: A; details: AuditFacts[A] }) : { action: A; details?: undefined }

/** What is done in one room, or in none. */
export type AuditedAct = Act & Facts<AuditAction>
export type AuditEntry = AuditedAct & { room?: Id | undefined }

/** Appends to the audit log, in the transaction of what it tells of: neither is there without the other. `now`: ms since the epoch. */
export async function audit(q: Queryable, entry: AuditEntry, now: number): Promise<void> {
  const { actor, action, target, room, details } = entry
  await q.query('INSERT INTO audit_log (at, actor, action, target_kind, target_id, room_id, details) VALUES ($1, $2, $3, $4, $5, $6, $7)', [
    now,
    actor ?? null,
    action,
    target?.kind ?? null,
    target?.id ?? null,
    room ?? null,
    JSON.stringify(details ?? {}),
  ])
}

/**
 * The same for what strangers can cause: nothing is added once there are `most` entries of this action and target within `withinMs`, nor without a target. It is one
 * statement in any case, so that the time it takes does not tell which.
 */
export async function auditAtMost(q: Queryable, { actor, action, target, details }: AuditedAct, now: number, { most, withinMs }: { most: number; withinMs: number }): Promise<void> {
  await q.query(
    `INSERT INTO audit_log (at, actor, action, target_kind, target_id, details)
     SELECT $1::bigint, $2::uuid, $3::text, $4::text, $5::text, $6::jsonb
      WHERE $5::text IS NOT NULL AND (SELECT count(*) FROM audit_log WHERE target_id = $5::text AND action = $3::text AND at > $7::bigint) < $8::bigint`,
    [now, actor ?? null, action, target?.kind ?? null, target?.id ?? null, JSON.stringify(details ?? {}), now - withinMs, most],
  )
}
