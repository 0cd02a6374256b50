import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '@chatflow/database'
import { testDatabases } from '@chatflow/database/testing'
import type { Signed } from '@chatflow/shared/api/account'
import { issueToken } from './email-tokens.ts'
import { authFixture, PASSWORD, type Answer, type AuthFixture } from './testing/auth-fixture.ts'

const MINUTE = 60_000
const NEXT = 'another good password'
const bearer = (answer: Answer) => ({ bearer: (answer.body as unknown as Signed).accessToken })

describe.each(testDatabases())('passwords on $name', ({ open }) => {
  let db: Database
  let auth: AuthFixture
  beforeEach(async () => {
    db = await open()
    auth = await authFixture(db, { rateLimits: true })
  })
  afterEach(async () => {
    await auth.close()
    await db.close()
  })
  const forgot = (email: string, address?: string) => auth.post('password/forgot', { body: { email }, ...(address === undefined ? {} : { address }) })
  const reset = (token: string, password = NEXT) => auth.post('password/reset', { body: { token, password } })
  /** Asks for a link and takes it out of the mail. */
  const link = async (email = 'ada@example.org') => {
    expect((await forgot(email)).status).toBe(202)
    await auth.work(3_000)
    return (await auth.mails()).at(-1)?.token ?? ''
  }
  const audited = async () => (await db.query<{ action: string }>('SELECT action FROM audit_log ORDER BY id')).rows.map(({ action }) => action)

  it('that are forgotten are answered alike whoever has the address, and put alike into the queue', async () => {
    await auth.register('ada')
    await auth.work()
    const known = await forgot('ADA@example.org')
    const unknown = await forgot('nobody@example.org')
    expect([known.status, known.body]).toEqual([202, {}])
    expect([unknown.status, unknown.body]).toEqual([202, {}])
    expect(Object.keys(known.headers).sort()).toEqual(Object.keys(unknown.headers).sort())
    const { rows } = await db.query<{ type: string; payload: object }>("SELECT type, payload FROM jobs WHERE type = 'password.forgot' ORDER BY created_at, id")
    expect(rows).toEqual([
      { type: 'password.forgot', payload: { email: 'ADA@example.org' } },
      { type: 'password.forgot', payload: { email: 'nobody@example.org' } },
    ])
    await auth.work(3_000)
    expect((await auth.mails()).map(({ to, subject }) => `${to}: ${subject}`)).toEqual(['ada@example.org: Confirm your email address', 'ada@example.org: Set a new password'])
    expect((await db.query('SELECT 1 FROM jobs')).rows).toEqual([])
  })

  it('that are forgotten can be asked about three times an hour an address of mail, known or not, and twenty times a minute from one place', async () => {
    await auth.register('ada')
    for (const email of ['ada@example.org', 'nobody@example.org']) {
      for (let i = 0; i < 3; i++) expect((await forgot(i === 1 ? email.toUpperCase() : email)).status).toBe(202)
      const refused = await forgot(email, '192.0.2.7')
      expect(refused.body).toMatchObject({ status: 429, code: 'rate_limited' })
    }
    for (let i = 6; i < 20; i++) expect((await forgot(`somebody${i}@example.org`)).status).toBe(202)
    expect((await forgot('more@example.org')).body).toMatchObject({ status: 429 })
    expect((await forgot('more@example.org', '192.0.2.1')).status).toBe(202)
    auth.pass(60 * MINUTE + 1)
    expect((await forgot('ada@example.org')).status).toBe(202)
  })

  it('are set anew by the link of a mail, once; all sessions end, and a mail tells of it', async () => {
    const [one, two] = [await auth.register('ada'), await auth.login('ada')]
    const token = await link()
    expect((await auth.mails()).at(-1)?.text).toContain(`http://localhost:3000/#/reset/${token}`)
    expect(JSON.stringify((await db.query('SELECT * FROM email_tokens')).rows)).not.toContain(token)
    expect((await reset(token)).status).toBe(204)
    for (const session of [one, two]) {
      expect((await auth.me(session)).body).toMatchObject({ code: 'session_ended' })
      expect((await auth.refresh(session.token)).body).toMatchObject({ code: 'session_ended' })
    }
    expect((await auth.login('ada', PASSWORD)).status).toBe(401)
    expect((await auth.login('ada', NEXT)).status).toBe(200)
    expect((await reset(token, 'a third password')).body).toMatchObject({ status: 400, code: 'token_invalid' })
    await auth.work()
    expect((await auth.mails()).at(-1)).toMatchObject({ to: 'ada@example.org', subject: 'Your password was changed', token: '' })
    expect(await audited()).toEqual(expect.arrayContaining(['account.password_reset', 'session.ended']))
  })

  it('set by a link confirm the address that it went to', async () => {
    await auth.register('ada')
    await reset(await link())
    expect((await auth.me(await auth.login('ada', NEXT))).body).toMatchObject({ emailVerified: true })
  })

  it('set by a link that did not come by mail, but from an administrator, confirm nothing', async () => {
    const ada = await auth.register('ada')
    const user = (ada.body as unknown as Signed).user
    const issue = () => db.tx((q) => issueToken(q, { user: user.id, kind: 'reset_password', email: user.email, now: Date.now() }))
    const [older, token] = [await issue(), await issue()]
    expect((await reset(older)).body).toMatchObject({ code: 'token_invalid' })
    expect((await reset(token)).status).toBe(204)
    expect((await auth.me(await auth.login('ada', NEXT))).body).toMatchObject({ emailVerified: false })
  })

  it('are set once of twenty that come with one link together', async () => {
    await auth.register('ada')
    const token = await link()
    const answers = await Promise.all(Array.from({ length: 19 }, (_, i) => reset(token, `${NEXT} ${i}`)))
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1)
    expect(answers.filter(({ body }) => body['code'] === 'token_invalid')).toHaveLength(18)
  })

  it('are not set by a link after 30 minutes, by an older one, by one of another kind, or for an account that was deactivated', async () => {
    await auth.register('ada')
    await auth.work()
    const confirming = (await auth.mails()).at(-1)?.token ?? ''
    const first = await link()
    const second = await link()
    for (const token of [confirming, first, 'b'.repeat(43)]) expect((await reset(token)).body).toMatchObject({ status: 400, code: 'token_invalid' })
    auth.pass(30 * MINUTE)
    expect((await reset(second)).body).toMatchObject({ code: 'token_invalid' })
    const third = await link()
    await db.query('UPDATE users SET disabled_at = 1')
    expect((await reset(third)).body).toMatchObject({ code: 'token_invalid' })
    auth.pass(60 * MINUTE)
    const before = (await auth.mails()).length
    await link()
    expect(await auth.mails()).toHaveLength(before)
  })

  it('[R9] that are too weak are refused by their field, and the link stays good', async () => {
    await auth.register('ada')
    const token = await link()
    for (const [code, password] of [['password_too_short', 'short'], ['password_too_long', 'ä'.repeat(37)], ['password_common', 'Password123!'], ['password_personal', 'ChatFlow2026!']] as const) {
      expect((await reset(token, password)).body).toMatchObject({ status: 400, code, fields: { password: expect.any(String) } })
    }
    expect((await reset(token)).status).toBe(204)
  })

  it('are changed with the present one: other sessions end, this one stays, links under way end, a mail tells of it', async () => {
    const [here, other] = [await auth.register('ada'), await auth.login('ada')]
    const token = await link()
    expect((await auth.post('password/change', { body: { current: PASSWORD, next: NEXT }, ...bearer(here) })).status).toBe(204)
    expect((await auth.me(here)).status).toBe(200)
    expect((await auth.refresh(here.token)).status).toBe(200)
    expect((await auth.me(other)).body).toMatchObject({ code: 'session_ended' })
    expect((await auth.login('ada', PASSWORD)).status).toBe(401)
    expect((await auth.login('ada', NEXT)).status).toBe(200)
    expect((await reset(token)).body).toMatchObject({ code: 'token_invalid' })
    await auth.work()
    expect((await auth.mails()).at(-1)).toMatchObject({ subject: 'Your password was changed' })
    expect(await audited()).toContain('account.password_changed')
  })

  it('are not changed to what is weak or the same, nor without the right one, after a few attempts not even with it', async () => {
    const ada = await auth.register('ada')
    const change = (current: string, next: string) => auth.post('password/change', { body: { current, next }, ...bearer(ada) })
    expect((await change(PASSWORD, 'short')).body).toMatchObject({ status: 400, code: 'password_too_short', fields: { next: expect.any(String) } })
    expect((await change(PASSWORD, PASSWORD)).body).toMatchObject({ status: 400, code: 'password_unchanged', fields: { next: expect.any(String) } })
    for (let i = 0; i < 5; i++) expect((await change('not the password', NEXT)).body).toMatchObject({ status: 401, code: 'wrong_credentials' })
    expect((await change(PASSWORD, NEXT)).body).toMatchObject({ code: 'rate_limited' })
    auth.pass(15 * MINUTE)
    expect((await auth.login('ada', PASSWORD)).status).toBe(200)
    expect((await auth.post('password/change', { body: { current: PASSWORD, next: NEXT } })).body).toMatchObject({ code: 'unauthenticated' })
  })

  it('leave nothing in the log, nor do addresses and tokens of mails', async () => {
    await auth.register('planted', { email: 'planted@example.org', displayName: 'planted' })
    const token = await link('planted@example.org')
    await reset(token, 'planted password')
    await auth.work()
    const text = auth.lines.join('')
    for (const secret of ['planted', token, '#/verify/']) expect(text).not.toContain(secret)
  })
})
