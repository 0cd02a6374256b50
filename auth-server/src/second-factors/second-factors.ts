import type { Queryable } from '@chatflow/database'
import type { SecondFactorMethod } from '@chatflow/shared/api/second-factor'
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

/** Recovery codes stand in for a second factor: they go with the last one. */
export async function afterRemoval(q: Queryable, user: Id): Promise<void> {
  const methods = await methodsOf(q, user)
  if (methods.length === 0) await removeRecoveryCodes(q, user)
}

/** Removes tickets and challenges whose time is over. */
export async function sweepSecondFactors(q: Queryable, now: number): Promise<void> {
  await q.query('DELETE FROM login_tickets WHERE expires_at < $1', [now])
  await q.query('DELETE FROM passkey_challenges WHERE expires_at < $1', [now])
}
