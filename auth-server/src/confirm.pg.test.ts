import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '@chatflow/database'
import { openInProcessDatabase, testDatabases } from '@chatflow/database/testing'
import type { SecondFactorChallenge } from '@chatflow/shared/api/second-factor'
import { LIMITS } from '@chatflow/shared/limits'
import { MOST_ROWS } from './failed-attempts.ts'
import { PASSWORD, type Answer } from './testing/auth-fixture.ts'
import { adminFixture, idOf, type AdminFixture } from './testing/admin-fixture.ts'
import { secondFactorFixture } from './testing/second-factor-fixture.ts'

const LATER = LIMITS.confirmedForMs + 1

describe.each(testDatabases())('confirming that it is you on $name', ({ open }) => {
  let db: Database
  let auth: AdminFixture
  let factors: ReturnType<typeof secondFactorFixture>
  let me: Answer
  let name = ''
  let people = 0

  beforeAll(async () => {
    db = await open()
    auth = await adminFixture(db)
    factors = secondFactorFixture(auth)
  })
  beforeEach(async () => {
    name = `person${people++}`
    me = await auth.register(name)
  })
  afterAll(async () => {
    await auth.close()
    await db.close()
  })

  const bearerOf = (answer: Answer) => String(answer.body['accessToken'])
  const confirm = (body: object, who = me, cookie = who.token) => auth.post('confirm', { body, bearer: bearerOf(who), cookie })
  const byPassword = (password = PASSWORD, who = me) => confirm({ by: 'password', password }, who)
  /** Something that asks for a recent confirmation, and changes nothing that matters here. */
  const sensitive = (who = me) => auth.as(who, 'DELETE', 'sessions')
  /** The access token is good for five minutes only. */
  async function waitTooLong(): Promise<void> {
    auth.pass(LATER)
    me = await auth.refresh(me.token)
  }

  it('is asked for ten minutes after the sign-in, not before, however often the session was refreshed', async () => {
    expect((await sensitive()).status).toBe(204)
    auth.pass(LIMITS.confirmedForMs - 60_000)
    me = await auth.refresh(me.token)
    expect((await sensitive()).status).toBe(204)
    auth.pass(60_001)
    me = await auth.refresh(me.token)
    expect((await sensitive()).body).toMatchObject({ status: 403, code: 'confirmation_required' })
    // Ordinary things go on.
    expect((await auth.me(me)).status).toBe(200)
  })

  it('opens the door again with the password, for this session only', async () => {
    const other = await auth.login(name)
    await waitTooLong()
    const elsewhere = await auth.refresh(other.token)
    expect((await byPassword('not this one')).body).toMatchObject({ status: 401, code: 'wrong_credentials' })
    expect((await sensitive()).status).toBe(403)
    const confirmed = await byPassword()
    expect(confirmed).toMatchObject({ status: 200, body: { user: { username: name } } })
    expect((await sensitive(elsewhere)).body).toMatchObject({ code: 'confirmation_required' })
    expect((await sensitive(confirmed)).status).toBe(204)
    expect(await auth.audited('account.confirmed')).toMatchObject([{ actor: idOf(me), details: { factors: 'password' } }])
  })

  it('rotates the cookie; who comes with the one of before, because the answer was lost, is not confirmed but not signed out either', async () => {
    const confirmed = await byPassword()
    expect(confirmed.token).not.toBe(me.token)
    // The answer was lost: within 10 s there is the same one again.
    expect((await auth.refresh(me.token)).token).toBe(confirmed.token)
    auth.pass(10_001)
    const again = await auth.refresh(me.token)
    expect(again.status).toBe(200)
    expect((await sensitive(again)).body).toMatchObject({ code: 'confirmation_required' })
    const secondTime = await byPassword(PASSWORD, again)
    expect((await sensitive(secondTime)).status).toBe(204)
    // The one that nobody had used is void, and once its successor is in use the older one is a stolen one.
    expect((await auth.refresh(confirmed.token)).body).toMatchObject({ status: 401, code: 'refresh_reused' })
    expect((await auth.refresh(secondTime.token)).body).toMatchObject({ code: 'session_ended' })
  })

  it('asks for the second factor where there is one: neither the password nor the ticket of somebody else is enough', async () => {
    const { secret } = await factors.enrolTotp(me)
    await waitTooLong()
    const { ticket } = (await byPassword()).body as unknown as SecondFactorChallenge
    expect(ticket).toEqual(expect.any(String))
    expect((await sensitive()).body).toMatchObject({ code: 'confirmation_required' })
    const stranger = await auth.register(`stranger-${name}`)
    expect((await confirm({ by: 'totp', ticket, code: factors.codeOf(secret) }, stranger)).body).toMatchObject({ status: 401, code: 'ticket_invalid' })
    expect((await confirm({ by: 'totp', ticket, code: '000000' })).body).toMatchObject({ status: 401, code: 'second_factor_wrong' })
    const confirmed = await confirm({ by: 'totp', ticket, code: factors.codeOf(secret) })
    expect(confirmed.status).toBe(200)
    expect((await sensitive(confirmed)).status).toBe(204)
  })

  it('takes a recovery code once, and tells of it', async () => {
    const { recoveryCodes } = await factors.enrolTotp(me)
    const [code = ''] = recoveryCodes
    const { ticket } = (await byPassword()).body as unknown as SecondFactorChallenge
    expect((await confirm({ by: 'recovery', ticket, code })).status).toBe(200)
    expect(await factors.told()).toContain('a recovery code was used to confirm a change')
  })

  it('takes a passkey alone, only of the account, only for what it was asked for', async () => {
    const { device } = await factors.enrolPasskey(me)
    await waitTooLong()
    const options = async (who = me, body = {}) => (await auth.as(who, 'POST', 'confirm/passkey/options', body)).body as never
    // What was signed for a sign-in confirms nothing, and the other way round.
    expect((await confirm({ by: 'passkey', response: device.get(await factors.options()) })).body).toMatchObject({ code: 'passkey_refused' })
    expect((await factors.passkey(device.get(await options()))).body).toMatchObject({ code: 'passkey_refused' })
    const stranger = await auth.register(`other-${name}`)
    expect((await confirm({ by: 'passkey', response: device.get(await options(stranger)) }, stranger)).body).toMatchObject({ code: 'passkey_refused' })
    const confirmed = await confirm({ by: 'passkey', response: device.get(await options()) })
    expect(confirmed.status).toBe(200)
    expect((await sensitive(confirmed)).status).toBe(204)
  })

  it('completes a password with a passkey', async () => {
    const { device } = await factors.enrolPasskey(me)
    const { ticket } = (await byPassword()).body as unknown as SecondFactorChallenge
    const options = (await auth.as(me, 'POST', 'confirm/passkey/options', { ticket })).body as never
    const response = device.get(options)
    expect((await confirm({ by: 'passkey', ticket, response })).status).toBe(200)
    expect((await confirm({ by: 'passkey', ticket, response })).body).toMatchObject({ code: 'ticket_invalid' })
  })

  it('needs the cookie of this very session', async () => {
    const other = await auth.login(name)
    for (const cookie of [undefined, 'f'.repeat(64), other.token]) {
      const answer = await auth.post('confirm', { body: { by: 'password', password: PASSWORD }, bearer: bearerOf(me), cookie })
      expect(answer.body).toMatchObject({ status: 401, code: 'session_ended' })
      expect(answer.token).toBeUndefined()
    }
  })

  it('gives two that come at once the same next cookie', async () => {
    const [one, two] = await Promise.all([byPassword(), byPassword()])
    expect([one.status, two.status]).toEqual([200, 200])
    expect(one.token).toBe(two.token)
    expect((await auth.refresh(one.token)).status).toBe(200)
  })

  it('lets one of two through who come with one code at once', async () => {
    const { secret } = await factors.enrolTotp(me)
    const { ticket } = (await byPassword()).body as unknown as SecondFactorChallenge
    const code = factors.codeOf(secret)
    const both = await Promise.all([0, 1].map(() => confirm({ by: 'totp', ticket, code })))
    expect(both.filter(({ status }) => status === 200)).toHaveLength(1)
  })

  it('counts as not done on other devices once a new factor is there', async () => {
    const other = await auth.login(name)
    await factors.enrolTotp(me)
    expect((await sensitive(other)).body).toMatchObject({ code: 'confirmation_required' })
    expect((await sensitive()).status).toBe(204)
  })

  it('leaves a row for each failure, up to a number in an hour, and a line in the log that holds nothing that was typed', async () => {
    const rows = async () => (await auth.audited('account.confirmation_failed')).filter(({ actor }) => actor === idOf(me))
    for (let i = 0; i < MOST_ROWS + 3; i++) await byPassword('a wrong and secret word')
    expect(await rows()).toHaveLength(MOST_ROWS)
    expect((await rows())[0]).toMatchObject({ details: { factor: 'password' } })
    auth.pass(3_600_001)
    me = await auth.refresh(me.token)
    await byPassword('a wrong and secret word')
    expect(await rows()).toHaveLength(MOST_ROWS + 1)
    const lines = auth.lines.filter((line) => line.includes('authentication failed') && line.includes(idOf(me)))
    expect(lines).toHaveLength(MOST_ROWS + 4)
    expect(auth.lines.join('\n')).not.toMatch(/secret word|127\.0\.0\.1/)
  })

  it('is logged when it was refused, with code, route and account', async () => {
    await waitTooLong()
    await sensitive()
    const line = auth.lines.map((text) => JSON.parse(text) as Record<string, unknown>).findLast(({ code }) => code === 'confirmation_required')
    expect(line).toMatchObject({ msg: 'request refused', route: '/api/auth/sessions', method: 'DELETE', user: idOf(me) })
  })
})

describe('confirming with limits', () => {
  it('stops after five wrong passwords', async () => {
    const db = await openInProcessDatabase()
    const auth = await adminFixture(db, { rateLimits: true })
    const me = await auth.register('ada')
    const attempt = (password: string) => auth.post('confirm', { body: { by: 'password', password }, bearer: String(me.body['accessToken']), cookie: me.token, device: me.device })
    for (let i = 0; i < 5; i++) expect((await attempt('not this one')).status).toBe(401)
    expect((await attempt(PASSWORD)).body).toMatchObject({ status: 429, code: 'rate_limited' })
    await auth.close()
    await db.close()
  })
})
