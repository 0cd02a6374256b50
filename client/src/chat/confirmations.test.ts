import type { CeremonyOptions } from '@chatflow/shared/api/second-factor'
import { problem } from '@chatflow/shared/errors'
import { describe, expect, it } from 'vitest'
import { createMemoryPlatform, MemoryDevice } from '../platform/memory-platform.ts'
import type { Fetch } from '../platform/platform.ts'
import { Account } from '../sync/account.ts'
import { person } from '../sync/testing/harness.ts'
import { Confirmations } from './confirmations.ts'
import type { ConfirmationView } from './views.ts'
import { sentence } from '../i18n/sentence.ts'
import { createServerCalls } from './server-calls.ts'

const SIGNED = { user: person(), accessToken: 'token', expiresAt: 0 }

/** Somebody who signed in long ago, at a server that wants a confirmation before anything else. `withFactor`: the account has an app. */
async function setUp({ withFactor = false } = {}) {
  const asked: { path: string; body: Record<string, unknown> }[] = []
  const shown: (ConfirmationView | undefined)[] = []
  let confirmed = false
  const fetch: Fetch = async (url, { body }) => {
    const path = new URL(url).pathname
    const sent = JSON.parse(typeof body === 'string' ? body : '{}') as Record<string, unknown>
    asked.push({ path, body: sent })
    const answer = (status: number, value: unknown) => ({ status, json: async () => value })
    if (path === '/api/auth/login' || path === '/api/auth/refresh') return answer(200, SIGNED)
    if (path === '/api/auth/confirm/passkey/options') return answer(200, { challenge: 'c1' })
    if (path !== '/api/auth/confirm') return confirmed ? answer(200, { done: path }) : answer(403, problem('confirmation_required'))
    if (sent['by'] === 'password' && sent['password'] !== 'right') return answer(401, problem('wrong_credentials'))
    if (sent['by'] === 'password' && withFactor) return answer(401, { ...problem('second_factor_required'), ticket: 't1', methods: ['totp'] })
    if (sent['by'] === 'totp' && sent['code'] !== '123456') return answer(401, problem('second_factor_wrong'))
    confirmed = true
    return answer(200, SIGNED)
  }
  const get = async ({ challenge }: CeremonyOptions) => ({ signed: challenge })
  const platform = createMemoryPlatform({ device: new MemoryDevice(), WebSocket: undefined, fetch, passkeys: { available: true, create: get, get } })
  const account = new Account(platform)
  await account.signIn({ login: 'ada', password: 'right' })
  account.stop()
  asked.length = 0
  const confirmations = new Confirmations(account, (view) => shown.push(view))
  return { account, asked, shown, confirmations, server: createServerCalls(platform, account, confirmations), paths: () => asked.map(({ path }) => path) }
}
const settled = () => new Promise<void>((resolve) => void setImmediate(resolve))

describe('a call that needs a confirmation', () => {
  it('waits for it, and is sent again', async () => {
    const { server, shown, confirmations, paths, account } = await setUp()
    const call = server.call('POST', '/api/auth/admin/end-sessions', {})
    await settled()
    expect(shown).toEqual([{}])
    await expect(confirmations.confirm({ by: 'password', password: 'wrong' })).rejects.toMatchObject({ code: 'wrong_credentials' })
    expect(shown).toEqual([{}])
    await confirmations.confirm({ by: 'password', password: 'right' })
    expect(await call).toEqual({ ok: true, value: { done: '/api/auth/admin/end-sessions' } })
    expect(shown).toEqual([{}, undefined])
    expect(paths()).toEqual(['/api/auth/admin/end-sessions', '/api/auth/confirm', '/api/auth/confirm', '/api/auth/admin/end-sessions'])
    account.stop()
  })

  it('says that nothing was done where it is given up', async () => {
    const { server, shown, confirmations, paths } = await setUp()
    const call = server.call('DELETE', '/api/auth/sessions')
    await settled()
    confirmations.cancel()
    expect(await call).toMatchObject({ ok: false, code: 'confirmation_required', says: sentence('chat.notConfirmed') })
    expect(shown).toEqual([{}, undefined])
    expect(paths()).toEqual(['/api/auth/sessions'])
  })

  it('uses a password that the form has just asked for, so that nobody types it twice', async () => {
    const { server, shown, paths, account } = await setUp()
    expect(await server.call('POST', '/api/auth/email/change', { email: 'a@b.c', password: 'right' })).toMatchObject({ ok: true })
    expect(shown).toEqual([])
    expect(paths()).toEqual(['/api/auth/email/change', '/api/auth/confirm', '/api/auth/email/change'])
    account.stop()
  })

  it('gives a wrong one back to the form', async () => {
    const { server, shown } = await setUp()
    expect(await server.call('POST', '/api/auth/password/change', { current: 'wrong', next: 'x' })).toMatchObject({ ok: false, code: 'wrong_credentials' })
    expect(shown).toEqual([])
  })

  it('asks only for the second step after such a password', async () => {
    const { server, shown, confirmations, account } = await setUp({ withFactor: true })
    const call = server.call('POST', '/api/auth/totp/disable', { password: 'right' })
    await settled()
    expect(shown).toEqual([{ challenge: { ticket: 't1', methods: ['totp'] } }])
    await confirmations.confirm({ by: 'totp', ticket: 't1', code: '123456' })
    expect(await call).toMatchObject({ ok: true })
    account.stop()
  })

  it('asks once where two calls come at once', async () => {
    const { server, shown, confirmations, account } = await setUp()
    const calls = [server.call('DELETE', '/api/auth/sessions'), server.call('DELETE', '/api/auth/sessions/x')]
    await settled()
    expect(shown).toEqual([{}])
    await confirmations.confirm({ by: 'passkey' })
    expect(await Promise.all(calls)).toMatchObject([{ ok: true }, { ok: true }])
    account.stop()
  })
})
