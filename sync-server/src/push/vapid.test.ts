import { createPublicKey } from 'node:crypto'
import { generateKeyPairSync } from 'node:crypto'
import { jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { createVapid, type VapidKeys } from './vapid.ts'

const NOW = 1_900_000_000_000
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const { x = '', y = '' } = privateKey.export({ format: 'jwk' })
const keys: VapidKeys = { privateKey, publicKey: Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]).toString('base64url') }

/** As a push service reads it. */
async function read(header: string): Promise<{ aud?: unknown; sub?: unknown; exp?: number | undefined; k: string }> {
  const [, token = '', k = ''] = /^vapid t=([^,]+), k=(.+)$/.exec(header) ?? []
  const point = Buffer.from(k, 'base64url')
  const key = createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') } })
  const { payload } = await jwtVerify(token, key, { algorithms: ['ES256'], currentDate: new Date(NOW) })
  return { aud: payload.aud, sub: payload['sub'], exp: payload.exp, k }
}

describe('the authorization of a push message', () => {
  it('is a token for the origin of the endpoint, signed with the key that browsers subscribe with, for less than a day', async () => {
    const authorization = createVapid({ keys, publicUrl: 'https://chat.example.org', now: () => NOW })
    const said = await read(await authorization(new URL('https://push.example.net/a/b?c')))
    expect(said).toEqual({ aud: 'https://push.example.net', sub: 'https://chat.example.org', exp: NOW / 1_000 + 12 * 3_600, k: keys.publicKey })
  })

  it('names somebody to turn to where the server has no https address', async () => {
    const authorization = createVapid({ keys, publicUrl: 'http://localhost:3000', now: () => NOW })
    expect((await read(await authorization(new URL('https://push.example.net/')))).sub).toBe('mailto:postmaster@localhost')
  })

  it('is used again for the same service until it is about to end, and never for another', async () => {
    let now = NOW
    const authorization = createVapid({ keys, publicUrl: 'https://chat.example.org', now: () => now })
    const first = await authorization(new URL('https://push.example.net/a'))
    expect(await authorization(new URL('https://push.example.net/b'))).toBe(first)
    expect(await authorization(new URL('https://other.example.net/a'))).not.toBe(first)
    now += 11 * 3_600_000
    expect(await authorization(new URL('https://push.example.net/a'))).not.toBe(first)
  })
})
