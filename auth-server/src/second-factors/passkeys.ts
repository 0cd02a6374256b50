import type { Queryable } from '@chatflow/database'
import type { PasskeyInfo } from '@chatflow/shared/api/second-factor'
import { CodedError } from '@chatflow/shared/errors'
import { newId, type Id } from '@chatflow/shared/ids'

/** Passkeys an account can have. */
const MOST = 20

export interface Passkey {
  id: Id
  user_id: Id
  /** base64url, like the key (COSE). */
  credential: string
  public_key: string
  counter: number
  transports: string[]
  synced: boolean
  name: string
  created_at: number
  last_used_at: number | null
}

export async function passkeysOf(q: Queryable, user: Id): Promise<Passkey[]> {
  return (await q.query<Passkey>('SELECT * FROM passkeys WHERE user_id = $1 ORDER BY created_at, id', [user])).rows
}

export async function hasPasskey(q: Queryable, user: Id): Promise<boolean> {
  return (await q.query('SELECT FROM passkeys WHERE user_id = $1 LIMIT 1', [user])).rowCount > 0
}

export async function findPasskey(q: Queryable, credential: string): Promise<Passkey | undefined> {
  return (await q.query<Passkey>('SELECT * FROM passkeys WHERE credential = $1', [credential])).rows[0]
}

/** Throws `too_many_passkeys`, and `passkey_refused` for one that some account has already. */
export async function addPasskey(q: Queryable, key: Omit<Passkey, 'id' | 'created_at' | 'last_used_at'>, now: number): Promise<Passkey> {
  // Whoever adds another at the same moment waits here.
  await q.query('SELECT FROM users WHERE id = $1 FOR UPDATE', [key.user_id])
  await refuseMore(q, key.user_id)
  const { rows } = await q.query<Passkey>(
    `INSERT INTO passkeys (id, user_id, credential, public_key, counter, transports, synced, name, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (credential) DO NOTHING RETURNING *`,
    [newId(), key.user_id, key.credential, key.public_key, key.counter, JSON.stringify(key.transports), key.synced, key.name, now],
  )
  if (!rows[0]) throw new CodedError('passkey_refused')
  return rows[0]
}

/** Throws `too_many_passkeys`. */
export async function refuseMore(q: Queryable, user: Id): Promise<void> {
  if ((await passkeysOf(q, user)).length >= MOST) throw new CodedError('too_many_passkeys')
}

/** Keeps the counter of a use. Throws `passkey_refused` if it is not above the one kept: the key has a copy, or its answer was used before. */
export async function recordUse(q: Queryable, { id }: Passkey, counter: number, now: number): Promise<void> {
  const { rowCount } = await q.query('UPDATE passkeys SET counter = $2, last_used_at = $3 WHERE id = $1 AND (counter < $2 OR (counter = 0 AND $2 = 0))', [id, counter, now])
  if (rowCount === 0) throw new CodedError('passkey_refused')
}

/** Throws `not_found`, also for a passkey of somebody else. */
export async function renamePasskey(q: Queryable, user: Id, id: Id, name: string): Promise<void> {
  if ((await q.query('UPDATE passkeys SET name = $3 WHERE id = $1 AND user_id = $2', [id, user, name])).rowCount === 0) throw new CodedError('not_found')
}

/** Throws `not_found` likewise. */
export async function removePasskey(q: Queryable, user: Id, id: Id): Promise<Passkey> {
  const { rows } = await q.query<Passkey>('DELETE FROM passkeys WHERE id = $1 AND user_id = $2 RETURNING *', [id, user])
  if (!rows[0]) throw new CodedError('not_found')
  return rows[0]
}

export function infoOf({ id, name, created_at: createdAt, last_used_at: lastUsedAt, synced }: Passkey): PasskeyInfo {
  return { id, name, createdAt, synced, ...(lastUsedAt === null ? {} : { lastUsedAt }) }
}
