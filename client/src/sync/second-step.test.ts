import type { CeremonyOptions } from '@chatflow/shared/api/second-factor'
import { problem } from '@chatflow/shared/errors'
import { describe, expect, it } from 'vitest'
import { createMemoryPlatform, MemoryDevice } from '../platform/memory-platform.ts'
import type { Fetch, Passkeys } from '../platform/platform.ts'
import { Account } from './account.ts'
import { challengeOf, PasskeyDeclined } from './second-step.ts'
import { person } from './testing/harness.ts'

const SIGNED = { user: person(), accessToken: 'token', expiresAt: 0 }

/** A server that asks for a second step, and a device whose passkey signs by repeating the challenge. */
function setUp(passkeys: Partial<Passkeys> = {}) {
  const asked: { path: string; body: unknown }[] = []
  const fetch: Fetch = async (url, { body }) => {
    const path = new URL(url).pathname
    asked.push({ path, body: JSON.parse(typeof body === 'string' ? body : 'null') })
    const answer = (status: number, value: unknown) => ({ status, json: async () => value })
    if (path === '/api/auth/login') return answer(401, { ...problem('second_factor_required'), ticket: 't1', methods: ['totp', 'passkey'] })
    if (path === '/api/auth/login/passkey/options') return answer(200, { challenge: 'c1' })
    return answer(200, SIGNED)
  }
  const get = async ({ challenge }: CeremonyOptions) => ({ signed: challenge })
  const platform = createMemoryPlatform({ device: new MemoryDevice(), WebSocket: undefined, fetch, passkeys: { available: true, create: get, get, ...passkeys } })
  return { asked, account: new Account(platform) }
}

describe('a sign-in with a second step', () => {
  it('names what is needed, and signs nobody in before', async () => {
    const { account } = setUp()
    const error: unknown = await account.signIn({ login: 'ada', password: 'x' }).catch((reason: unknown) => reason)
    expect(challengeOf(error)).toEqual({ ticket: 't1', methods: ['totp', 'passkey'] })
    expect(account.isKnown).toBe(false)
    expect(challengeOf(new Error('else'))).toBeUndefined()
  })

  it.each(['totp', 'recovery'] as const)('goes on with a code (%s)', async (by) => {
    const { account, asked } = setUp()
    await account.signInWith({ by, ticket: 't1', code: '123456' })
    expect(asked).toEqual([{ path: `/api/auth/login/${by}`, body: { ticket: 't1', code: '123456' } }])
    expect(await account.token()).toBe('token')
    account.stop()
  })

  it.each([{ ticket: 't1' }, {}])('goes on, or is done whole, with a passkey (%o)', async (ticket) => {
    const { account, asked } = setUp()
    await account.signInWith({ by: 'passkey', ...ticket })
    expect(asked).toEqual([
      { path: '/api/auth/login/passkey/options', body: ticket },
      { path: '/api/auth/login/passkey', body: { ...ticket, response: { signed: 'c1' } } },
    ])
    expect(account.user).toEqual(SIGNED.user)
    account.stop()
  })

  it('sends nothing where the person declines', async () => {
    const { account, asked } = setUp({ get: () => Promise.reject(new Error('NotAllowedError')) })
    await expect(account.signInWith({ by: 'passkey' })).rejects.toBeInstanceOf(PasskeyDeclined)
    expect(asked).toHaveLength(1)
    expect(account.isKnown).toBe(false)
  })
})
