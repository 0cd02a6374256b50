import type { Queryable } from '@chatflow/database'
import { audit } from '@chatflow/server-kit/audit'
import { enqueue } from '@chatflow/server-kit/jobs/enqueue'
import type { Id } from '@chatflow/shared/ids'
import { voidTokens, type EmailToken } from './email-tokens.ts'

/** Notes the address that a person wants to have; nothing changes until it is confirmed. */
export async function proposeEmail(q: Queryable, user: Id, email: string): Promise<void> {
  await q.query('UPDATE users SET pending_email = $2 WHERE id = $1', [user, email])
}

/** Does what a used link stands for, and answers the address that is confirmed now; undefined if the account has moved on. A taken address violates `users_email`. */
export async function confirmEmail(q: Queryable, { user, kind, email }: EmailToken, now: number): Promise<string | undefined> {
  return kind === 'change_email' ? change(q, user, email, now) : verify(q, user, email, now)
}

async function verify(q: Queryable, user: Id, email: string, now: number): Promise<string | undefined> {
  const { rows } = await q.query<{ email: string }>(
    'UPDATE users SET email_verified_at = coalesce(email_verified_at, $3) WHERE id = $1 AND lower(email) = lower($2) AND disabled_at IS NULL RETURNING email',
    [user, email, now],
  )
  if (!rows[0]) return undefined
  await audit(q, { actor: user, action: 'account.email_verified', target: { kind: 'user', id: user } }, now)
  return rows[0].email
}

async function change(q: Queryable, user: Id, email: string, now: number): Promise<string | undefined> {
  const { rows } = await q.query<{ email: string | null; pending_email: string }>(
    'SELECT email, pending_email FROM users WHERE id = $1 AND lower(pending_email) = lower($2) AND disabled_at IS NULL FOR UPDATE',
    [user, email],
  )
  const before = rows[0]
  if (!before) return undefined
  await q.query('UPDATE users SET email = pending_email, pending_email = NULL, email_verified_at = $2 WHERE id = $1', [user, now])
  // Links that went to the old address end with it.
  await voidTokens(q, user, ['verify_email', 'reset_password'], now)
  await audit(q, { actor: user, action: 'account.email_changed', target: { kind: 'user', id: user } }, now)
  if (before.email !== null) await enqueue(q, 'mail', { user, template: 'email_changed', to: before.email }, { now })
  return before.pending_email
}
