import { createPublicKey, verify } from 'node:crypto'

/** What is wrong with the `Authorization` of a push (RFC 8292) for a subscription that was made with `key`; undefined: nothing. */
export function vapidFault(authorization: string | undefined, origin: string, key: string): string | undefined {
  const [, token = '', shown] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(authorization ?? '') ?? []
  if (shown !== key) return 'another key than that of the subscription'
  const [header = '', claims = '', signature = ''] = token.split('.')
  const point = Buffer.from(key, 'base64url')
  const jwk = { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') }
  const publicKey = createPublicKey({ format: 'jwk', key: jwk })
  if (!verify('sha256', Buffer.from(`${header}.${claims}`), { key: publicKey, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'))) return 'not signed with that key'
  const { aud, exp = 0, sub = '' } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { aud?: string; exp?: number; sub?: string }
  if (aud !== origin) return 'meant for another push service'
  const left = exp - Date.now() / 1_000
  if (left <= 0 || left > 86_400) return 'not valid now, or for longer than a day'
  return /^(?:https:|mailto:)/.test(sub) ? undefined : 'nobody to turn to'
}
