import type { Queryable } from '@chatflow/database'
import { audit } from '@chatflow/server-kit/audit'
import type { SessionInfo } from '@chatflow/shared/api/sessions'
import type { Id } from '@chatflow/shared/ids'
import { SESSION_DAYS } from './sessions.ts'

/** The sessions of an account that still can be used: `current` first, then by last use. */
export async function listSessions(q: Queryable, user: Id, current: Id, now: number): Promise<SessionInfo[]> {
  const { rows } = await q.query<SessionInfo>(
    `SELECT id, device, browser, created_at AS "createdAt", last_used_at AS "lastUsedAt", id = $2 AS current FROM session_families
      WHERE user_id = $1 AND ended_at IS NULL AND last_used_at > $3 ORDER BY current DESC, last_used_at DESC, id`,
    [user, current, now - SESSION_DAYS * 24 * 3_600_000],
  )
  return rows
}

/** Ends one session of an account; false if it has none of this id, or it has ended. Live connections follow within 2 s. */
export async function endSession(q: Queryable, user: Id, id: Id, now: number): Promise<boolean> {
  const { rowCount } = await q.query('UPDATE session_families SET ended_at = $3 WHERE id = $1 AND user_id = $2 AND ended_at IS NULL', [id, user, now])
  if (rowCount > 0) await audit(q, { actor: user, action: 'session.ended', target: { kind: 'session', id } }, now)
  return rowCount > 0
}
