import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '@chatflow/database'
import { testDatabases } from '@chatflow/database/testing'
import { authFixture, PASSWORD, type Answer, type AuthFixture } from './testing/auth-fixture.ts'
import { secondFactorFixture } from './testing/second-factor-fixture.ts'

describe.each(testDatabases())('recovery codes on $name', ({ open }) => {
  let db: Database
  let auth: AuthFixture
  let ada: Answer
  let second: ReturnType<typeof secondFactorFixture>
  let codes: string[]

  beforeEach(async () => {
    db = await open()
    auth = await authFixture(db)
    second = secondFactorFixture(auth)
    ada = await auth.register('ada')
    codes = (await second.enrolTotp(ada)).recoveryCodes
  })
  afterEach(async () => {
    await auth.close()
    await db.close()
  })
  const use = async (code: string | undefined, login = 'ada') => second.recovery((await second.challenge(login)).ticket, code ?? '')
  const left = async () => (await auth.as(ada, 'GET', 'second-factors')).body['recoveryCodes']

  it('complete a sign-in, each once, also of many uses at once', async () => {
    expect((await use(codes[0])).status).toBe(200)
    expect((await use(codes[0])).body).toMatchObject({ status: 401, code: 'second_factor_wrong' })
    const answers = await Promise.all(Array.from({ length: 4 }, () => use(codes[1])))
    expect(answers.map((answer) => answer.status).sort((a, b) => a - b)).toEqual([200, 401, 401, 401])
    expect(await left()).toBe(8)
  })

  it('are ten of 135 random bits, none like another', () => {
    expect(new Set(codes).size).toBe(10)
    for (const code of codes) expect(code).toMatch(/^[0-9a-hjkmnp-tv-z]{9}-[0-9a-hjkmnp-tv-z]{9}-[0-9a-hjkmnp-tv-z]{9}$/)
  })

  it('may be typed in capitals, without dashes, and with letters for digits', async () => {
    expect((await use(codes[2]?.toUpperCase().replaceAll('-', ' '))).status).toBe(200)
    expect((await use(codes[3]?.replaceAll('0', 'O').replaceAll('1', 'l'))).status).toBe(200)
  })

  it('are of no use to others', async () => {
    const ben = await auth.register('ben')
    await second.enrolTotp(ben)
    expect((await use(codes[0], 'ben')).body).toMatchObject({ code: 'second_factor_wrong' })
    expect((await use(codes[0])).status).toBe(200)
  })

  it('are told of and recorded when used', async () => {
    await use(codes[0])
    const { rows } = await db.query("SELECT action FROM audit_log WHERE action LIKE 'two_factor.recovery%'")
    expect(rows).toEqual([{ action: 'two_factor.recovery_used' }])
    expect(await second.told()).toEqual(['a recovery code was used to sign in', 'an authenticator app was set up'])
  })

  it('are renewed with the password, which voids the old ones', async () => {
    expect((await auth.as(ada, 'POST', 'recovery-codes', { password: 'not the password' })).body).toMatchObject({ code: 'wrong_credentials' })
    const renewed = (await auth.as(ada, 'POST', 'recovery-codes', { password: PASSWORD })).body['recoveryCodes'] as string[]
    expect(renewed).toHaveLength(10)
    expect((await use(codes[5])).body).toMatchObject({ code: 'second_factor_wrong' })
    expect((await use(renewed[5])).status).toBe(200)
  })

  it('are ten, however many ask for new ones at once', async () => {
    await Promise.all(Array.from({ length: 4 }, () => auth.as(ada, 'POST', 'recovery-codes', { password: PASSWORD })))
    expect(await left()).toBe(10)
  })

  it('need a second factor to stand in for', async () => {
    const ben = await auth.register('ben')
    expect((await auth.as(ben, 'POST', 'recovery-codes', { password: PASSWORD })).body).toMatchObject({ status: 409, code: 'no_second_factor' })
  })

  it('are kept as hashes only', async () => {
    const rows = JSON.stringify((await db.query('SELECT * FROM recovery_codes')).rows)
    for (const code of codes) expect(rows).not.toContain(code.replaceAll('-', ''))
  })
})
