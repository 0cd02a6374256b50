import type { Queryable } from '@chatflow/database'
import { audit } from '@chatflow/server-kit/audit'
import { enqueue } from '@chatflow/server-kit/jobs/enqueue'
import type { Id } from '@chatflow/shared/ids'
import { voidTokens } from './email-tokens.ts'
import { endSessions } from './end-sessions.ts'

interface NewPassword {
  user: Id
  hash: string
  now: number
  /** The session that changes it, and stays; or the address that the link went to, which has thereby been shown to be read by the person. */
  by: { session: Id } | { link: string }
}

/**
 * Gives an account another password: the other sessions end, links for a new password too, and a mail tells of it. Second factors stay.
 * False: the account is deactivated, or its address is no longer the one that the link went to; then nothing has changed.
 */
export async function replacePassword(q: Queryable, { user, hash, now, by }: NewPassword): Promise<boolean> {
  const link = 'link' in by ? by.link : null
  const { rowCount } = await q.query(
    `UPDATE users SET password_hash = $2, email_verified_at = CASE WHEN $3::text IS NULL THEN email_verified_at ELSE coalesce(email_verified_at, $4) END
     WHERE id = $1 AND disabled_at IS NULL AND ($3::text IS NULL OR lower(email) = lower($3::text))`,
    [user, hash, link, now],
  )
  if (rowCount === 0) return false
  await endSessions(q, user, now, 'session' in by ? by.session : undefined)
  await voidTokens(q, user, ['reset_password'], now)
  await audit(q, { actor: link === null ? user : undefined, action: link === null ? 'account.password_changed' : 'account.password_reset', target: { kind: 'user', id: user } }, now)
  await enqueue(q, 'mail', { user, template: 'password_changed' }, { now })
  return true
}
