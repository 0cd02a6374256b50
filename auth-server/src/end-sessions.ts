import type { Queryable } from '@chatflow/database'
import { audit } from '@chatflow/server-kit/audit'
import type { Id } from '@chatflow/shared/ids'

/** Ends all sessions of an account, or all but `except`; their sockets close with the next beat. */
export async function endSessions(q: Queryable, user: Id, now: number, except?: Id): Promise<void> {
  const { rows } = await q.query<{ id: Id }>(
    'UPDATE session_families SET ended_at = $2 WHERE user_id = $1 AND ended_at IS NULL AND id IS DISTINCT FROM $3::uuid RETURNING id',
    [user, now, except ?? null],
  )
  for (const { id } of rows) await audit(q, { actor: user, action: 'session.ended', target: { kind: 'session', id } }, now)
}
