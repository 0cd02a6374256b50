import type { Queryable } from '@chatflow/database'
import { audit } from '@chatflow/server-kit/audit'
import { enqueue } from '@chatflow/server-kit/jobs/enqueue'
import type { Id } from '@chatflow/shared/ids'
import { voidTokens, type EmailToken } from './email-tokens.ts'
import { endSessions } from './user-sessions.ts'

interface NewPassword {
  user: Id
  hash: string
  now: number
  /** The session that changes it, and stays; or the link that does, which has shown that the person reads the address if it came by mail. */
  by: { session: Id } | { link: Pick<EmailToken, 'email' | 'mailed'> }
}

/**
 * Gives an account another password: the other sessions end, links for a new password too, and a mail tells of it. Second factors stay.
 * False: the account is deactivated, or its address is no longer the one that the link went to; then nothing has changed.
 */
export async function replacePassword(q: Queryable, { user, hash, now, by }: NewPassword): Promise<boolean> {
  const link = 'link' in by ? by.link : undefined
  const { rowCount } = await q.query(
    `UPDATE users SET password_hash = $2, email_verified_at = coalesce(email_verified_at, $4::bigint)
     WHERE id = $1 AND disabled_at IS NULL AND ($3::text IS NULL OR lower(email) = lower($3::text))`,
    [user, hash, link?.email ?? null, link?.mailed ? now : null],
  )
  if (rowCount === 0) return false
  await endSessions(q, user, now, 'session' in by ? by.session : undefined)
  await voidTokens(q, user, ['reset_password'], now)
  await audit(q, { actor: link === undefined ? user : undefined, action: link === undefined ? 'account.password_changed' : 'account.password_reset', target: { kind: 'user', id: user } }, now)
  await enqueue(q, 'mail', { user, template: 'password_changed' }, { now })
  return true
}
