import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose'
import type { Database, Queryable } from '@chatflow/database'

const ALGORITHM = 'EdDSA'
/** A key signs for so long, ms. */
export const KEY_AGE_MS = 90 * 24 * 3_600_000
/** A new key is published so long before it signs, and an old one so long after: verifiers keep the key set for minutes, tokens live for five. */
export const KEY_OVERLAP_MS = 3_600_000

/**
 * Makes the first key, publishes the next one when the newest has signed for `KEY_AGE_MS`, and removes those whose last token has ended. Does nothing
 * most of the time; of many processes that come at once one does it. `now`: ms since the epoch.
 */
export async function renewSigningKeys(db: Database, now: number): Promise<void> {
  await db.tx(async (q) => {
    await q.query('LOCK TABLE signing_keys IN SHARE ROW EXCLUSIVE MODE')
    const { rows } = await q.query<{ newest: number | null }>('SELECT max(active_from) AS newest FROM signing_keys')
    const newest = rows[0]?.newest ?? null
    if (newest === null) await addKey(q, now)
    else if (newest + KEY_AGE_MS <= now) await addKey(q, now + KEY_OVERLAP_MS)
    await q.query('DELETE FROM signing_keys AS old WHERE EXISTS (SELECT FROM signing_keys AS next WHERE next.active_from > old.active_from AND next.active_from <= $1)', [now - KEY_OVERLAP_MS])
  })
}

/** For the day a key falls: all keys go at once and one new one signs. Every access token ends with it, and clients get another by their session. */
export async function replaceSigningKeys(db: Database, now: number): Promise<void> {
  await db.tx(async (q) => {
    await q.query('LOCK TABLE signing_keys IN SHARE ROW EXCLUSIVE MODE')
    await q.query('DELETE FROM signing_keys')
    await addKey(q, now)
  })
}

async function addKey(q: Queryable, activeFrom: number): Promise<void> {
  const { privateKey, publicKey } = await generateKeyPair(ALGORITHM, { extractable: true })
  const [publicJwk, privateJwk] = await Promise.all([exportJWK(publicKey), exportJWK(privateKey)])
  await q.query('INSERT INTO signing_keys (kid, alg, public_jwk, private_jwk, active_from) VALUES ($1, $2, $3, $4, $5)', [
    await calculateJwkThumbprint(publicJwk),
    ALGORITHM,
    JSON.stringify(publicJwk),
    JSON.stringify(privateJwk),
    activeFrom,
  ])
}
