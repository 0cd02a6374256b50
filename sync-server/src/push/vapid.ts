import { type KeyObject, createPrivateKey, generateKeyPairSync } from 'node:crypto'
import type { Database } from '@chatflow/database'
import { SignJWT } from 'jose'

/** With which this server shows push services who it is (RFC 8292). */
export interface VapidKeys {
  /** The uncompressed point, base64url: what browsers subscribe with. */
  publicKey: string
  privateKey: KeyObject
}

/** A token is good for so long, and used until this much is left of it, ms. The standard allows a day. */
const TOKEN_MS = 12 * 3_600_000
const RENEW_BEFORE_MS = 3_600_000
/** Tokens that are kept, one for each push service. */
const KEPT = 100

const ROW = 'push-key'

/**
 * The keys of this server's push messages, made when they are first asked for: every process that shares the database has the same. Browsers are subscribed to them, so they stay.
 */
export async function vapidKeysOf(db: Database): Promise<VapidKeys> {
  const made = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })
  await db.query('insert into instance_meta (key, value) values ($1, $2) on conflict (key) do nothing', [ROW, JSON.stringify(made)])
  const { rows } = await db.query<{ value: string }>('select value from instance_meta where key = $1', [ROW])
  const jwk = JSON.parse(rows[0]?.value ?? '{}') as { x?: string; y?: string }
  const privateKey = createPrivateKey({ format: 'jwk', key: jwk })
  const point = Buffer.concat([Buffer.from([4]), Buffer.from(jwk.x ?? '', 'base64url'), Buffer.from(jwk.y ?? '', 'base64url')])
  return { publicKey: point.toString('base64url'), privateKey }
}

export interface VapidOptions {
  keys: VapidKeys
  /** The address that people open. */
  publicUrl: string
  now?: () => number
}

/** Gives the `Authorization` for a message to an endpoint: a token for its origin, used again until it is about to end. */
export function createVapid({ keys, publicUrl, now = Date.now }: VapidOptions): (endpoint: URL) => Promise<string> {
  const tokens = new Map<string, { header: string; until: number }>()
  const sub = subjectOf(publicUrl)
  return async ({ origin }) => {
    const known = tokens.get(origin)
    if (known !== undefined && known.until > now()) return known.header
    const ends = now() + TOKEN_MS
    const token = await new SignJWT({ aud: origin, exp: Math.floor(ends / 1_000), sub }).setProtectedHeader({ typ: 'JWT', alg: 'ES256' }).sign(keys.privateKey)
    const header = `vapid t=${token}, k=${keys.publicKey}`
    const oldest = tokens.keys().next().value
    if (tokens.size >= KEPT && oldest !== undefined) tokens.delete(oldest)
    tokens.set(origin, { header, until: ends - RENEW_BEFORE_MS })
    return header
  }
}

/** Whom a push service may turn to: an https address, else a mail address, since some refuse anything else. */
function subjectOf(publicUrl: string): string {
  const { protocol, origin, hostname } = new URL(publicUrl)
  return protocol === 'https:' ? origin : `mailto:postmaster@${hostname}`
}
