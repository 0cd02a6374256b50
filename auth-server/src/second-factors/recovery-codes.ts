import { createHash, randomInt } from 'node:crypto'
import type { Queryable } from '@chatflow/database'
import { CodedError } from '@chatflow/shared/errors'

const COUNT = 10
/** Crockford's base 32: no letter looks like a digit. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
/** 135 bits: beyond guessing, and a plain SHA-256 is hash enough. */
const LENGTH = 27
const GROUP = 9

/** Ten new codes in place of whatever the account had. They are kept as hashes: nobody can be shown them again. */
export async function renewRecoveryCodes(q: Queryable, user: string): Promise<string[]> {
  const codes = Array.from({ length: COUNT }, newCode)
  // Whoever asks for new ones at the same moment waits here.
  await q.query('SELECT FROM users WHERE id = $1 FOR UPDATE', [user])
  await removeRecoveryCodes(q, user)
  await q.query('INSERT INTO recovery_codes (hash, user_id) SELECT unnest($1::text[]), $2', [codes.map(hashOf), user])
  return codes
}

export async function removeRecoveryCodes(q: Queryable, user: string): Promise<void> {
  await q.query('DELETE FROM recovery_codes WHERE user_id = $1', [user])
}

/** How many are unused. */
export async function countRecoveryCodes(q: Queryable, user: string): Promise<number> {
  return (await q.query<{ n: number }>('SELECT count(*) AS n FROM recovery_codes WHERE user_id = $1', [user])).rows[0]?.n ?? 0
}

/** Uses a code up, however it was typed. Throws `second_factor_wrong`. */
export async function takeRecoveryCode(q: Queryable, user: string, code: string): Promise<void> {
  const { rowCount } = await q.query('DELETE FROM recovery_codes WHERE hash = $1 AND user_id = $2', [hashOf(code), user])
  if (rowCount === 0) throw new CodedError('second_factor_wrong')
}

function newCode(): string {
  const letters = Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)])
  return letters.map((letter, i) => (i > 0 && i % GROUP === 0 ? `-${letter}` : letter)).join('')
}

/** Case, dashes and blanks do not count, and what looks alike is alike. */
function hashOf(code: string): string {
  const normal = code.toLowerCase().replaceAll(/[^0-9a-z]/g, '').replaceAll('o', '0').replaceAll(/[il]/g, '1')
  return createHash('sha256').update(normal).digest('hex')
}
