import type { Queryable } from '@chatflow/database'
import type { SecondFactorMethod } from '@chatflow/shared/api/second-factor'
import { CodedError } from '@chatflow/shared/errors'
import type { Id } from '@chatflow/shared/ids'
import { hasPasskey } from './passkeys.ts'
import { countRecoveryCodes, removeRecoveryCodes } from './recovery-codes.ts'
import { hasTotp } from './totp.ts'

/** What completes a sign-in of this account; none: its password alone does. An app or a passkey is enough to ask for one. */
export async function methodsOf(q: Queryable, user: Id): Promise<SecondFactorMethod[]> {
  const methods: SecondFactorMethod[] = []
  if (await hasTotp(q, user)) methods.push('totp')
  if (await hasPasskey(q, user)) methods.push('passkey')
  if (methods.length > 0 && (await countRecoveryCodes(q, user)) > 0) methods.push('recovery')
  return methods
}

/**
 * Runs the removal of a second factor. Recovery codes stand in for one: they go with the last. Throws `last_second_factor` where one is required,
 * which undoes the transaction; of two who are removed at once one stays.
 */
export async function removing<T>(q: Queryable, user: Id, remove: () => Promise<T>): Promise<T> {
  await q.query('SELECT FROM users WHERE id = $1 FOR NO KEY UPDATE', [user])
  const removed = await remove()
  if ((await methodsOf(q, user)).length > 0) return removed
  if ((await q.query('SELECT FROM second_factor_missing WHERE user_id = $1', [user])).rowCount > 0) throw new CodedError('last_second_factor')
  await removeRecoveryCodes(q, user)
  return removed
}

/** Removes tickets and challenges whose time is over. */
export async function sweepSecondFactors(q: Queryable, now: number): Promise<void> {
  await q.query('DELETE FROM login_tickets WHERE expires_at < $1', [now])
  await q.query('DELETE FROM passkey_challenges WHERE expires_at < $1', [now])
}
