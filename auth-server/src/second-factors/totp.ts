import type { Queryable } from '@chatflow/database'
import { CodedError } from '@chatflow/shared/errors'
import type { TotpSetup } from '@chatflow/shared/api/second-factor'
import { Secret, TOTP } from 'otpauth'
import type { SecretBox } from '../secret-box.ts'
import type { User } from '../users.ts'

/** What all authenticator apps understand: SHA-1, six digits, 30 s. */
const CODE = /^\d{6}$/
/** One step earlier or later is taken too, for clocks that are off. */
const WINDOW = 1
/** 160 bits, as RFC 4226 recommends. */
const SECRET_BYTES = 20
/** A secret that is not confirmed within this time has to be asked for again, ms. */
const PENDING_MS = 15 * 60_000

interface Row {
  secret: string
  created_at: number
  confirmed_at: number | null
}

/** Whether codes of an app are asked for at sign-in. */
export async function hasTotp(q: Queryable, user: string): Promise<boolean> {
  return (await q.query('SELECT FROM totp WHERE user_id = $1 AND confirmed_at IS NOT NULL', [user])).rowCount > 0
}

/** A new secret that waits for its first code, in place of one that waited before. Throws `totp_enabled`. */
export async function beginTotp(q: Queryable, box: SecretBox, user: User, issuer: string, now: number): Promise<TotpSetup> {
  const secret = new Secret({ size: SECRET_BYTES })
  const { rowCount } = await q.query(
    `INSERT INTO totp (user_id, secret, created_at) VALUES ($1, $2, $3)
     ON CONFLICT (user_id) DO UPDATE SET secret = $2, created_at = $3, last_step = 0 WHERE totp.confirmed_at IS NULL`,
    [user.id, box.seal(secret.base32, user.id), now],
  )
  if (rowCount === 0) throw new CodedError('totp_enabled')
  return { secret: secret.base32, uri: new TOTP({ issuer, label: user.username ?? user.id, secret }).toString() }
}

/** Takes the first code of a new secret; from now on codes are asked for. Throws `totp_enabled`, `totp_not_enabled`, `second_factor_wrong`. */
export async function confirmTotp(q: Queryable, box: SecretBox, user: string, code: string, now: number): Promise<void> {
  const row = await read(q, user)
  if (row?.confirmed_at !== null && row !== undefined) throw new CodedError('totp_enabled')
  if (!row || row.created_at < now - PENDING_MS) throw new CodedError('totp_not_enabled')
  await spendCode(q, box, user, row, code, now)
  await q.query('UPDATE totp SET confirmed_at = $2 WHERE user_id = $1', [user, now])
}

/** Uses a code up, and with it all earlier ones. Throws `second_factor_wrong`, also where no app is set up. */
export async function takeTotp(q: Queryable, box: SecretBox, user: string, code: string, now: number): Promise<void> {
  const row = await read(q, user)
  if (!row || row.confirmed_at === null) throw new CodedError('second_factor_wrong')
  await spendCode(q, box, user, row, code, now)
}

/** Answers whether there was anything to remove. */
export async function removeTotp(q: Queryable, user: string): Promise<boolean> {
  return (await q.query('DELETE FROM totp WHERE user_id = $1 AND confirmed_at IS NOT NULL', [user])).rowCount > 0
}

async function read(q: Queryable, user: string): Promise<Row | undefined> {
  return (await q.query<Row>('SELECT secret, created_at, confirmed_at FROM totp WHERE user_id = $1', [user])).rows[0]
}

async function spendCode(q: Queryable, box: SecretBox, user: string, row: Row, code: string, now: number): Promise<void> {
  const token = code.replaceAll(' ', '')
  const secret = Secret.fromBase32(box.open(row.secret, user))
  // The library compares in constant time.
  const delta = CODE.test(token) ? TOTP.validate({ token, secret, timestamp: now, window: WINDOW }) : null
  if (delta === null) throw new CodedError('second_factor_wrong')
  const step = TOTP.counter({ timestamp: now }) + delta
  // Of those who use one code at once exactly one gets past this.
  const { rowCount } = await q.query('UPDATE totp SET last_step = $2 WHERE user_id = $1 AND last_step < $2', [user, step])
  if (rowCount === 0) throw new CodedError('second_factor_wrong')
}
