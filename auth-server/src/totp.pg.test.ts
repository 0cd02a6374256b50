import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '@chatflow/database'
import { testDatabases } from '@chatflow/database/testing'
import { authFixture, PASSWORD, type Answer, type AuthFixture } from './testing/auth-fixture.ts'
import { secondFactorFixture } from './testing/second-factor-fixture.ts'

const MINUTE = 60_000

describe.each(testDatabases())('an authenticator app on $name', ({ open }) => {
  let db: Database
  let auth: AuthFixture
  let ada: Answer
  let second: ReturnType<typeof secondFactorFixture>

  beforeEach(async () => {
    db = await open()
    auth = await authFixture(db)
    second = secondFactorFixture(auth)
    ada = await auth.register('ada')
  })
  afterEach(async () => {
    await auth.close()
    await db.close()
  })
  const factors = async () => (await auth.as(ada, 'GET', 'second-factors')).body
  const audited = async () => (await db.query('SELECT action FROM audit_log ORDER BY id')).rows.map((row) => row['action'])
  const sessions = async () => (await db.query('SELECT FROM session_families')).rowCount

  it('counts from its first code on, and comes with ten recovery codes', async () => {
    const setup = await auth.as(ada, 'POST', 'totp', { password: PASSWORD })
    expect(setup.body['uri']).toMatch(/^otpauth:\/\/totp\/ChatFlow%20\(localhost\):ada\?issuer=ChatFlow%20\(localhost\)&secret=[A-Z2-7]{32}&algorithm=SHA1&digits=6&period=30$/)
    expect((await auth.login('ada')).status).toBe(200)
    expect(await factors()).toEqual({ totp: false, passkeys: [], recoveryCodes: 0 })
    const confirmed = await auth.as(ada, 'POST', 'totp/confirm', { code: second.codeOf(String(setup.body['secret'])) })
    expect(new Set(confirmed.body['recoveryCodes'] as string[]).size).toBe(10)
    expect(await factors()).toEqual({ totp: true, passkeys: [], recoveryCodes: 10 })
    expect((await auth.login('ada')).body).toMatchObject({ status: 401, code: 'second_factor_required', methods: ['totp', 'recovery'] })
    expect(await audited()).toContain('two_factor.enabled')
    expect(await second.told()).toEqual(['an authenticator app was set up'])
  })

  it('makes the right password worth a ticket and nothing else', async () => {
    await second.enrolTotp(ada)
    const before = await sessions()
    const answer = await auth.login('ada')
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(Object.keys(answer.body).sort()).toEqual(['code', 'methods', 'status', 'ticket', 'title', 'type'])
    expect(answer.cookie).toBeUndefined()
    expect(await sessions()).toBe(before)
    const ticket = String(answer.body['ticket'])
    expect(JSON.stringify((await db.query('SELECT * FROM login_tickets')).rows)).not.toContain(ticket)
    expect((await auth.me({ ...answer, body: { accessToken: ticket } })).status).toBe(401)
    expect(auth.lines.join('')).not.toContain(ticket)
    expect((await auth.login('ada', 'not the password')).body).toMatchObject({ code: 'wrong_credentials' })
  })

  it('completes the sign-in with its code', async () => {
    const { secret } = await second.enrolTotp(ada)
    const { ticket } = await second.challenge('ada')
    const answer = await second.totp(ticket, second.codeOf(secret).replace(/^.../, '$& '))
    expect(answer.status).toBe(200)
    expect(answer.token).toMatch(/^[a-f0-9]{64}$/)
    expect((await auth.me(answer)).body).toMatchObject({ username: 'ada' })
    expect((await db.query("SELECT details FROM audit_log WHERE action = 'account.signed_in' ORDER BY id DESC LIMIT 1")).rows).toEqual([{ details: { factors: 'password+totp' } }])
  })

  it('takes codes of the step before and after, no others', async () => {
    const { secret } = await second.enrolTotp(ada)
    for (const [steps, code] of [[-2, 'second_factor_wrong'], [2, 'second_factor_wrong'], [-1, undefined], [1, undefined]] as const) {
      auth.pass(3 * MINUTE)
      const { ticket } = await second.challenge('ada')
      expect((await second.totp(ticket, second.codeOf(secret, steps))).body['code']).toBe(code)
    }
  })

  it('takes each code once, also of many at once, and none of before it', async () => {
    const { secret } = await second.enrolTotp(ada)
    const code = second.codeOf(secret)
    const tickets = await Promise.all(Array.from({ length: 5 }, async () => (await second.challenge('ada')).ticket))
    const answers = await Promise.all(tickets.map((ticket) => second.totp(ticket, code)))
    expect(answers.map((answer) => answer.status).sort((a, b) => a - b)).toEqual([200, 401, 401, 401, 401])
    const { ticket } = await second.challenge('ada')
    expect((await second.totp(ticket, second.codeOf(secret, -1))).body['code']).toBe('second_factor_wrong')
    expect((await second.totp(ticket, second.codeOf(secret, 1))).status).toBe(200)
  })

  it('does not take the code again that confirmed it', async () => {
    const { body } = await auth.as(ada, 'POST', 'totp', { password: PASSWORD })
    const code = second.codeOf(String(body['secret']))
    await auth.as(ada, 'POST', 'totp/confirm', { code })
    const { ticket } = await second.challenge('ada')
    expect((await second.totp(ticket, code)).body['code']).toBe('second_factor_wrong')
  })

  it('lets a ticket be used once, for 5 minutes, 5 times', async () => {
    const { secret } = await second.enrolTotp(ada)
    const codeOf = async (answer: Promise<Answer>) => (await answer).body['code']
    const used = await second.challenge('ada')
    expect((await second.totp(used.ticket, second.codeOf(secret))).status).toBe(200)
    expect(await codeOf(second.totp(used.ticket, second.codeOf(secret, 1)))).toBe('ticket_invalid')

    const tried = await second.challenge('ada')
    for (let i = 0; i < 5; i++) expect(await codeOf(second.totp(tried.ticket, '000000'))).toBe('second_factor_wrong')
    expect(await codeOf(second.totp(tried.ticket, second.codeOf(secret, 1)))).toBe('ticket_invalid')

    const old = await second.challenge('ada')
    auth.pass(5 * MINUTE + 1)
    expect(await codeOf(second.totp(old.ticket, second.codeOf(secret)))).toBe('ticket_invalid')
    for (const ticket of ['x', old.ticket.toUpperCase()]) expect(await codeOf(second.totp(ticket, '000000'))).toBe('ticket_invalid')
  })

  it('[R9] voids the ticket of an older password, and of an account that was deactivated', async () => {
    const { secret } = await second.enrolTotp(ada)
    const { ticket } = await second.challenge('ada')
    await db.query("UPDATE users SET disabled_at = 1 WHERE username = 'ada'")
    expect((await second.totp(ticket, second.codeOf(secret))).body['code']).toBe('account_disabled')
    await db.query("UPDATE users SET disabled_at = NULL, password_hash = 'another' WHERE username = 'ada'")
    expect((await second.totp(ticket, second.codeOf(secret))).body['code']).toBe('ticket_invalid')
  })

  it("is of no use with somebody else's ticket", async () => {
    const ben = await auth.register('ben')
    const { secret } = await second.enrolTotp(ada)
    await second.enrolTotp(ben)
    const { ticket } = await second.challenge('ben')
    expect((await second.totp(ticket, second.codeOf(secret))).body['code']).toBe('second_factor_wrong')
  })

  it('keeps its secret sealed', async () => {
    const { secret } = await second.enrolTotp(ada)
    expect(JSON.stringify((await db.query('SELECT * FROM totp')).rows)).not.toContain(secret)
    expect(auth.lines.join('')).not.toContain(secret)
  })

  it('is set up by who knows the password, and once', async () => {
    expect((await auth.as(ada, 'POST', 'totp', { password: 'not the password' })).body).toMatchObject({ status: 401, code: 'wrong_credentials' })
    expect((await auth.as(ada, 'POST', 'totp/confirm', { code: '000000' })).body).toMatchObject({ status: 409, code: 'totp_not_enabled' })
    const { body } = await auth.as(ada, 'POST', 'totp', { password: PASSWORD })
    expect((await auth.as(ada, 'POST', 'totp/confirm', { code: '12345' })).body).toMatchObject({ status: 401, code: 'second_factor_wrong' })
    auth.pass(4 * MINUTE)
    expect((await auth.as(ada, 'POST', 'totp/confirm', { code: second.codeOf(String(body['secret'])) })).status).toBe(200)
    expect((await auth.as(ada, 'POST', 'totp', { password: PASSWORD })).body).toMatchObject({ status: 409, code: 'totp_enabled' })
    expect((await auth.as(ada, 'POST', 'totp/confirm', { code: '000000' })).body).toMatchObject({ code: 'totp_enabled' })
  })

  it('waits 15 minutes for its first code', async () => {
    const { body } = await auth.as(ada, 'POST', 'totp', { password: PASSWORD })
    await db.query('UPDATE totp SET created_at = $1', [auth.now() - 15 * MINUTE - 1])
    expect((await auth.as(ada, 'POST', 'totp/confirm', { code: second.codeOf(String(body['secret'])) })).body).toMatchObject({ code: 'totp_not_enabled' })
  })

  it('is removed with the password, and its recovery codes with it', async () => {
    await second.enrolTotp(ada)
    expect((await auth.as(ada, 'POST', 'totp/disable', { password: 'not the password' })).body).toMatchObject({ code: 'wrong_credentials' })
    expect((await auth.as(ada, 'POST', 'totp/disable', { password: PASSWORD })).status).toBe(204)
    expect(await factors()).toEqual({ totp: false, passkeys: [], recoveryCodes: 0 })
    expect((await auth.login('ada')).status).toBe(200)
    expect((await auth.as(ada, 'POST', 'totp/disable', { password: PASSWORD })).body).toMatchObject({ status: 409, code: 'totp_not_enabled' })
    expect((await audited()).at(-2)).toBe('two_factor.disabled')
    expect(await second.told()).toContain('the authenticator app was removed')
  })

  it('[R9] refuses input of another form, and changes nothing', async () => {
    for (const [path, body] of [['totp', {}], ['totp/confirm', { code: 123456 }], ['totp/disable', { password: '' }], ['recovery-codes', { password: PASSWORD, more: 1 }]] as const) {
      expect((await auth.as(ada, 'POST', path, body)).body).toMatchObject({ status: 400, code: 'invalid_input' })
    }
    for (const path of ['login/totp', 'login/recovery']) {
      for (const body of [{}, { ticket: 'x' }, { ticket: 1, code: '000000' }, { ticket: 'x', code: 'x'.repeat(200) }]) {
        expect((await auth.post(path, { body })).body).toMatchObject({ status: 400, code: 'invalid_input' })
      }
    }
    expect((await db.query('SELECT FROM totp')).rowCount).toBe(0)
  })
})

describe.each(testDatabases())('the limit of wrong codes on $name', ({ open }) => {
  it('is 5 in 15 minutes for an account, over all tickets, while recovery codes still work', async () => {
    const db = await open()
    const auth = await authFixture(db, { rateLimits: true })
    const second = secondFactorFixture(auth)
    const { secret, recoveryCodes } = await second.enrolTotp(await auth.register('ada'))
    const one = await second.challenge('ada')
    for (let i = 0; i < 3; i++) expect((await second.totp(one.ticket, '000000')).status).toBe(401)
    const two = await second.challenge('ada')
    const answers = await Promise.all(Array.from({ length: 4 }, () => second.totp(two.ticket, '000000')))
    expect(answers.map((answer) => answer.status).sort((a, b) => a - b)).toEqual([401, 401, 429, 429])
    const refused = await second.totp(two.ticket, second.codeOf(secret))
    expect(refused.body).toMatchObject({ status: 429, code: 'rate_limited' })
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(14 * 60)
    expect((await second.recovery(two.ticket, recoveryCodes[0] ?? '')).status).toBe(200)
    auth.pass(15 * MINUTE)
    const three = await second.challenge('ada')
    expect((await second.totp(three.ticket, second.codeOf(secret))).status).toBe(200)
    await auth.close()
    await db.close()
  })
})
