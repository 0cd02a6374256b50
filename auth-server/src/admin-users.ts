import type { Queryable } from '@chatflow/database'
import { audit } from '@chatflow/server-kit/audit'
import type { AdminUser, AdminUsers } from '@chatflow/shared/api/admin'
import { CodedError } from '@chatflow/shared/errors'
import type { Id } from '@chatflow/shared/ids'
import type { GlobalRole } from '@chatflow/shared/roles'
import { revokeInvitationsOf } from './invitations.ts'

/** `$1`: now. A family is live until it ends or its last token expires. */
const SELECT = `SELECT u.id, coalesce(u.username, '') AS username, u.display_name AS "displayName", coalesce(u.email, '') AS email, u.role,
    u.email_verified_at IS NOT NULL AS verified, u.disabled_at IS NOT NULL AS disabled, u.created_at AS "createdAt",
    (SELECT max(f.last_used_at) FROM session_families f WHERE f.user_id = u.id) AS "lastSeenAt",
    EXISTS (SELECT 1 FROM totp t WHERE t.user_id = u.id AND t.confirmed_at IS NOT NULL) OR EXISTS (SELECT 1 FROM passkeys p WHERE p.user_id = u.id) AS "secondFactor",
    (SELECT count(*) FROM session_families f WHERE f.user_id = u.id AND f.ended_at IS NULL
        AND EXISTS (SELECT 1 FROM sessions s WHERE s.family = f.id AND s.expires_at > to_timestamp($1::bigint / 1000.0))) AS sessions
  FROM users u`

/** A page of the accounts whose username, display name or address contains `query`, newest first, older than the account `before`. */
export async function listUsers(q: Queryable, { query, before, limit, now }: { query: string; before: Id | undefined; limit: number; now: number }): Promise<AdminUsers> {
  const { rows } = await q.query<AdminUser>(
    `${SELECT} WHERE (lower(u.username) LIKE $2 OR lower(u.display_name) LIKE $2 OR lower(u.email) LIKE $2)
       AND ($3::uuid IS NULL OR (u.created_at, u.id) < (SELECT created_at, id FROM users WHERE id = $3))
     ORDER BY u.created_at DESC, u.id DESC LIMIT $4`,
    [now, `%${query.trim().toLowerCase().replace(/[\\%_]/g, '\\$&')}%`, before ?? null, limit + 1],
  )
  return { users: rows.slice(0, limit), more: rows.length > limit }
}

/** Throws `user_not_found`. */
export async function getUser(q: Queryable, id: Id, now: number): Promise<AdminUser> {
  const { rows } = await q.query<AdminUser>(`${SELECT} WHERE u.id = $2`, [now, id])
  if (!rows[0]) throw new CodedError('user_not_found')
  return rows[0]
}

/**
 * Changes role or state of an account in the caller's transaction. Throws `last_admin` rather than leave the server without an active administrator,
 * `forbidden` for deactivating oneself and for an actor who is no administrator any more, `user_not_found`.
 */
export async function changeUser(q: Queryable, actor: Id, id: Id, change: { role?: GlobalRole | undefined; disabled?: boolean | undefined }, now: number): Promise<void> {
  // All of them, always in this order: of two administrators who demote each other the second finds out here. No stronger lock, or refreshes would wait crosswise.
  const admins = await q.query<{ id: Id }>("SELECT id FROM users WHERE role = 'admin' AND disabled_at IS NULL ORDER BY id FOR NO KEY UPDATE")
  if (!admins.rows.some((admin) => admin.id === actor)) throw new CodedError('forbidden')
  const { rows } = await q.query<{ role: GlobalRole; disabled_at: number | null }>('SELECT role, disabled_at FROM users WHERE id = $1 FOR NO KEY UPDATE', [id])
  const before = rows[0]
  if (!before) throw new CodedError('user_not_found')
  const disabled = before.disabled_at !== null
  const after = { role: change.role ?? before.role, disabled: change.disabled ?? disabled }
  const stays = after.role === 'admin' && !after.disabled
  if (!stays && admins.rows.length === 1 && admins.rows[0]?.id === id) throw new CodedError('last_admin')
  if (id === actor && after.disabled) throw new CodedError('forbidden', 'Nobody deactivates the own account here.')

  if (after.role !== before.role) {
    await q.query('UPDATE users SET role = $2 WHERE id = $1', [id, after.role])
    await audit(q, { actor, action: 'admin.role_changed', target: { kind: 'user', id }, details: { from: before.role, to: after.role } }, now)
  }
  if (after.disabled !== disabled) {
    await q.query('UPDATE users SET disabled_at = $2 WHERE id = $1', [id, after.disabled ? now : null])
    // Also when reactivated: a sign-in that crossed the deactivation must not come to life.
    const sessions = await endSessions(q, id, now)
    await audit(q, { actor, action: after.disabled ? 'admin.deactivated' : 'admin.reactivated', target: { kind: 'user', id }, details: { sessions } }, now)
  }
  if (!stays) await revokeInvitations(q, actor, id, now)
}

/** Ends all sessions of a user; answers how many there were. Sockets close with the next beat. */
export async function endSessions(q: Queryable, user: Id, now: number): Promise<number> {
  return (await q.query('UPDATE session_families SET ended_at = $2 WHERE user_id = $1 AND ended_at IS NULL', [user, now])).rowCount
}

/** Links of someone who may not invite any more let nobody in any more. */
async function revokeInvitations(q: Queryable, actor: Id, user: Id, now: number): Promise<void> {
  const invitations = await revokeInvitationsOf(q, user, now)
  if (invitations > 0) await audit(q, { actor, action: 'invitation.revoked', target: { kind: 'user', id: user }, details: { invitations } }, now)
}
