import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '@chatflow/database'
import { testDatabases } from '@chatflow/database/testing'
import type { Signed } from '@chatflow/shared/api/account'
import { authFixture, PASSWORD, type Answer, type AuthFixture } from './testing/auth-fixture.ts'

const HOUR = 3_600_000
const bearer = (answer: Answer) => ({ bearer: (answer.body as unknown as Signed).accessToken })

describe.each(testDatabases())('confirming an address on $name', ({ open }) => {
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
  const verify = (token: string) => auth.post('email/verify', { body: { token } })
  const lastToken = async () => (await auth.mails()).at(-1)?.token ?? ''
  const audited = async () => (await db.query<{ action: string }>('SELECT action FROM audit_log ORDER BY id')).rows.map(({ action }) => action)

  it('is asked for by a mail with a link to the public address, which registering sends', async () => {
    expect((await auth.register('ada', {}, { headers: { host: 'evil.example.org', origin: 'http://localhost:3000' } })).status).toBe(421)
    await auth.register('ada', {}, { headers: { 'x-forwarded-host': 'evil.example.org', forwarded: 'host=evil.example.org', origin: 'http://localhost:3000' } })
    await auth.work()
    const [mail] = await auth.mails()
    expect(mail).toMatchObject({ to: 'ada@example.org', subject: 'Confirm your email address', token: expect.stringMatching(/^[\w-]{43}$/) })
    expect(mail?.text).toContain(`http://localhost:3000/#/verify/${mail?.token}`)
    expect(mail?.html).toContain(`http://localhost:3000/#/verify/${mail?.token}`)
    expect(`${mail?.text}${mail?.html}`).not.toContain('evil')
  })

  it('is done by the link, once, and nothing but the hash of its token is kept', async () => {
    const ada = await auth.register('ada')
    await auth.work()
    const token = await lastToken()
    const kept = JSON.stringify((await db.query('SELECT * FROM email_tokens')).rows)
    expect(kept).not.toContain(token)
    expect((await auth.me(ada)).body).toMatchObject({ emailVerified: false })
    expect(await verify(token)).toMatchObject({ status: 200, body: { email: 'ada@example.org' } })
    expect((await auth.me(ada)).body).toMatchObject({ emailVerified: true })
    expect((await verify(token)).body).toMatchObject({ status: 400, code: 'token_invalid' })
    expect(await audited()).toContain('account.email_verified')
  })

  it('is not done by a GET, as of a program that looks at links before the person does', async () => {
    const ada = await auth.register('ada')
    await auth.work()
    const token = await lastToken()
    for (const url of [`/api/auth/email/verify?token=${token}`, `/api/auth/email/verify/${token}`]) expect((await auth.send('GET', url)).status).toBeGreaterThanOrEqual(404)
    expect((await auth.me(ada)).body).toMatchObject({ emailVerified: false })
    expect((await verify(token)).status).toBe(200)
  })

  it('goes once for twenty that come with the link together', async () => {
    await auth.register('ada')
    await auth.work()
    const token = await lastToken()
    const answers = await Promise.all(Array.from({ length: 20 }, () => auth.post('email/verify', { body: { token } })))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ body }) => body['code'] === 'token_invalid')).toHaveLength(19)
  })

  it('is refused alike with a link that is unknown, malformed, of another kind, expired, or voided by a newer one', async () => {
    const ada = await auth.register('ada')
    await auth.work()
    const first = await lastToken()
    await auth.post('email/resend', bearer(ada))
    await auth.work()
    const second = await lastToken()
    await auth.post('password/forgot', { body: { email: 'ada@example.org' } })
    await auth.work(3_000)
    const reset = await lastToken()
    expect(new Set([first, second, reset]).size).toBe(3)
    for (const token of [first, reset, 'a'.repeat(43), 'x', "' OR 1=1 --"]) expect((await verify(token)).body).toMatchObject({ status: 400, code: 'token_invalid' })
    auth.pass(24 * HOUR)
    expect((await verify(second)).body).toMatchObject({ status: 400, code: 'token_invalid' })
    const fresh = await auth.login('ada')
    expect((await auth.me(fresh)).body).toMatchObject({ emailVerified: false })
  })

  it('can be asked for again three times an hour, and never once it is done', async () => {
    const ada = await auth.register('ada')
    for (let i = 0; i < 3; i++) expect((await auth.post('email/resend', bearer(ada))).status).toBe(202)
    const refused = await auth.post('email/resend', bearer(ada))
    expect(refused.body).toMatchObject({ status: 429, code: 'rate_limited' })
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(3_500)
    await auth.work()
    expect(await auth.mails()).toHaveLength(4)
    await verify(await lastToken())
    auth.pass(HOUR)
    const later = await auth.login('ada')
    expect((await auth.post('email/resend', bearer(later))).status).toBe(202)
    await auth.work()
    expect(await auth.mails()).toHaveLength(4)
    expect((await auth.post('email/resend')).body).toMatchObject({ code: 'unauthenticated' })
  })

  it('is not asked for on a public server that cannot send mails', async () => {
    const mute = await authFixture(db, { publicUrl: 'https://chat.example.org' })
    const answer = await mute.register('bob')
    expect(answer.body['user']).toMatchObject({ emailVerified: true })
    await mute.work()
    expect(await mute.mails()).toEqual([])
    expect(mute.lines.join('')).toContain('SMTP_URL is not set')
    await mute.close()
  })

  describe('of a change', () => {
    let ada: Answer
    beforeEach(async () => {
      ada = await auth.register('ada')
      await auth.work()
      await verify(await lastToken())
    })
    const change = (email: string, password = PASSWORD, who = ada) => auth.post('email/change', { body: { email, password }, ...bearer(who) })

    it('takes effect when the link sent to the new address is used, and the old one is told', async () => {
      expect((await change(' New@Example.org ')).status).toBe(202)
      await auth.work()
      const mail = (await auth.mails()).at(-1)
      expect(mail).toMatchObject({ to: 'New@Example.org', subject: 'Confirm your new email address' })
      expect((await auth.me(ada)).body).toMatchObject({ email: 'ada@example.org' })
      expect((await auth.login('new@example.org')).status).toBe(401)
      expect(await verify(mail?.token ?? '')).toMatchObject({ status: 200, body: { email: 'New@Example.org' } })
      expect((await auth.me(ada)).body).toMatchObject({ email: 'New@Example.org', emailVerified: true })
      await auth.work()
      expect((await auth.mails()).at(-1)).toMatchObject({ to: 'ada@example.org', subject: 'Your email address was changed', token: '' })
      expect((await auth.login('new@example.org')).status).toBe(200)
      expect((await auth.login('ada@example.org')).status).toBe(401)
      expect(await audited()).toEqual(expect.arrayContaining(['account.email_change_asked', 'account.email_changed']))
    })

    it('asks for the password, counts wrong ones, and locks nobody out of signing in', async () => {
      for (let i = 0; i < 5; i++) expect((await change('new@example.org', 'not the password')).body).toMatchObject({ status: 401, code: 'wrong_credentials' })
      expect((await change('new@example.org')).body).toMatchObject({ code: 'rate_limited' })
      expect((await auth.login('ada')).status).toBe(200)
      await auth.work()
      expect(await auth.mails()).toHaveLength(1)
      expect((await db.query('SELECT 1 FROM users WHERE pending_email IS NOT NULL')).rows).toEqual([])
    })

    it('[R9] refuses what is no address, by its field', async () => {
      for (const email of ['nobody', 'a@b', 'a@example.org\r\nBcc: b@example.org', 'a b@example.org', `${'a'.repeat(250)}@example.org`]) {
        expect((await change(email)).body).toMatchObject({ status: 400, code: 'email_invalid', fields: { email: expect.any(String) } })
      }
      expect((await auth.post('email/change', { body: { email: 'a@example.org' }, ...bearer(ada) })).body).toMatchObject({ code: 'invalid_input' })
    })

    it('answers the same for an address that is taken, whose owner gets a mail about it instead', async () => {
      await auth.register('bob')
      await auth.work()
      const free = await change('free@example.org')
      const taken = await change('BOB@example.org')
      expect([taken.status, taken.body]).toEqual([free.status, free.body])
      await auth.work()
      expect((await auth.mails()).at(-1)).toMatchObject({ to: 'bob@example.org', subject: 'Your address was entered for another account', token: '' })
      expect((await auth.me(ada)).body).toMatchObject({ email: 'ada@example.org' })
    })

    it('is refused when somebody else took the address while the link was under way', async () => {
      await change('wanted@example.org')
      await auth.work()
      const token = await lastToken()
      await auth.register('bob', { email: 'Wanted@example.org' })
      expect((await verify(token)).body).toMatchObject({ status: 409, code: 'email_taken' })
      expect((await auth.me(ada)).body).toMatchObject({ email: 'ada@example.org' })
    })

    it('voids the link of an earlier change, and the links that went to the old address', async () => {
      await change('one@example.org')
      await auth.work()
      const one = await lastToken()
      await change('two@example.org')
      await auth.work()
      const two = await lastToken()
      await auth.post('password/forgot', { body: { email: 'ada@example.org' } })
      await auth.work(3_000)
      const reset = await lastToken()
      expect((await verify(one)).body).toMatchObject({ code: 'token_invalid' })
      expect((await verify(two)).status).toBe(200)
      expect((await auth.post('password/reset', { body: { token: reset, password: 'another good one' } })).body).toMatchObject({ code: 'token_invalid' })
    })
  })
})
