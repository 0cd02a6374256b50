import { type CryptoKey, createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { CodedError } from '@chatflow/shared/errors'
import { newId } from '@chatflow/shared/ids'
import { createVerifier, type Verifier } from './access-tokens.ts'

const issuer = 'http://localhost:3000'
const now = 1_700_000_000
const user = newId()
const session = newId()
let verifier: Verifier
let key: CryptoKey
let foreign: CryptoKey
let foreignPublic: CryptoKey

beforeAll(async () => {
  const pair = await generateKeyPair('EdDSA')
  key = pair.privateKey
  const other = await generateKeyPair('EdDSA', { extractable: true })
  foreign = other.privateKey
  foreignPublic = other.publicKey
  const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'one', alg: 'EdDSA' }] })
  verifier = createVerifier(keys, { issuer, clock: () => now * 1000 })
})

const claims = { iss: issuer, aud: 'chatflow', sub: user, sid: session, role: 'member', iat: now, exp: now + 300 }
const sign = (changes: Record<string, unknown> = {}, by = key, kid = 'one', header: Record<string, unknown> = {}) =>
  new SignJWT({ ...claims, ...changes }).setProtectedHeader({ alg: 'EdDSA', kid, typ: 'at+jwt', ...header }).sign(by)

describe('an access token', () => {
  it('tells user, session, role and end', async () => {
    expect(await verifier.verify(await sign())).toEqual({ user, session, role: 'member', expiresAt: (now + 300) * 1000 })
  })

  it('ends', async () => {
    await expect(verifier.verify(await sign({ exp: now - 1 }))).rejects.toMatchObject({ code: 'token_expired' })
  })

  it.each([
    ['of another issuer', () => sign({ iss: 'https://example.org' })],
    ['for another audience', () => sign({ aud: 'other' })],
    ['with an unknown role', () => sign({ role: 'root' })],
    ['without a session', () => sign({ sid: undefined })],
    ['without an end', () => sign({ exp: undefined })],
    ['of a user that is no id', () => sign({ sub: 'me' })],
    ['signed by another key', () => sign({}, foreign)],
    ['of an unknown key', () => sign({}, foreign, 'two')],
    ['without signature', async () => `${btoa('{"alg":"none"}')}.${(await sign()).split('.')[1]}.`],
    ['of another type', () => sign({}, key, 'one', { typ: 'JWT' })],
    ['of no type', () => sign({}, key, 'one', { typ: undefined })],
    ['that brings its own key', async () => sign({}, foreign, 'one', { jwk: await exportJWK(foreignPublic), jku: 'https://evil.example.org/keys' })],
    ['that is no token', async () => 'abc'],
    ['that is empty', async () => ''],
    ['that is huge', async () => 'a.'.repeat(10_000)],
  ])('%s is refused', async (_, make) => {
    await expect(verifier.verify(await make())).rejects.toMatchObject({ code: 'unauthenticated' })
  })

  it('of a key that is gone is refused for good, so that its client gets another', async () => {
    const gone = createVerifier(() => Promise.reject(new CodedError('unauthenticated')), { issuer })
    await expect(gone.verify(await sign())).rejects.toMatchObject({ code: 'unauthenticated' })
  })

  it('is not refused for good while the keys cannot be read', async () => {
    const away = createVerifier(() => Promise.reject(new TypeError('fetch failed')), { issuer })
    await expect(away.verify(await sign())).rejects.toMatchObject({ code: 'unavailable' })
  })
})
