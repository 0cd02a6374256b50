import type { Queryable } from '@chatflow/database'
import { audit } from '@chatflow/server-kit/audit'
import type { SessionInfo } from '@chatflow/shared/api/sessions'
import type { Id } from '@chatflow/shared/ids'
import { MOST_DAYS, SESSION_DAYS } from './sessions.ts'

const DAY_MS = 24 * 3_600_000

/** The sessions of an account that still can be used: `current` first, then by last use. */
export async function listSessions(q: Queryable, user: Id, current: Id, now: number): Promise<SessionInfo[]> {
  const { rows } = await q.query<SessionInfo>(
    `SELECT id, device, browser, created_at AS "createdAt", last_used_at AS "lastUsedAt", id = $2 AS current FROM session_families
      WHERE user_id = $1 AND ended_at IS NULL AND last_used_at > $3 AND created_at > $4 ORDER BY current DESC, last_used_at DESC, id`,
    [user, current, now - SESSION_DAYS * DAY_MS, now - MOST_DAYS * DAY_MS],
  )
  return rows
}

/** Ends one session of an account; false if it has none of this id, or it has ended. Live connections follow within 2 s. */
export async function endSession(q: Queryable, user: Id, id: Id, now: number): Promise<boolean> {
  const { rowCount } = await q.query('UPDATE session_families SET ended_at = $3 WHERE id = $1 AND user_id = $2 AND ended_at IS NULL', [id, user, now])
  if (rowCount > 0) await audit(q, { actor: user, action: 'session.ended', target: { kind: 'session', id } }, now)
  return rowCount > 0
}

/** Ends all sessions of an account, or all but `except`. Live connections follow within 2 s. */
export async function endSessions(q: Queryable, user: Id, now: number, except?: Id): Promise<void> {
  const { rows } = await q.query<{ id: Id }>(
    'UPDATE session_families SET ended_at = $2 WHERE user_id = $1 AND ended_at IS NULL AND id IS DISTINCT FROM $3::uuid RETURNING id',
    [user, now, except ?? null],
  )
  for (const { id } of rows) await audit(q, { actor: user, action: 'session.ended', target: { kind: 'session', id } }, now)
}

/** Ends the sessions of everybody but `except`, and answers how many there were. Live connections follow within 2 s. */
export async function endSessionsOfAll(q: Queryable, except: Id, now: number): Promise<number> {
  // In one order, so that two who do this at once wait for each other instead of crosswise.
  const { rowCount } = await q.query(
    'UPDATE session_families SET ended_at = $2 WHERE id IN (SELECT id FROM session_families WHERE user_id <> $1 AND ended_at IS NULL ORDER BY id FOR UPDATE) AND ended_at IS NULL',
    [except, now],
  )
  return rowCount
}

/** A new factor was set up in the session `by`: the others have not shown it, so that they count as not confirmed. */
export async function unconfirmOthers(q: Queryable, user: Id, by: Id): Promise<void> {
  await q.query('UPDATE session_families SET authenticated_at = 0 WHERE user_id = $1 AND id <> $2 AND ended_at IS NULL', [user, by])
}
