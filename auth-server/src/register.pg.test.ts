import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '@chatflow/database'
import { testDatabases } from '@chatflow/database/testing'
import { isId } from '@chatflow/shared/ids'
import { authFixture, PASSWORD, type AuthFixture } from './testing/auth-fixture.ts'

describe.each(testDatabases())('registration on $name', ({ open }) => {
  let db: Database
  let auth: AuthFixture

  beforeAll(async () => {
    db = await open()
    auth = await authFixture(db)
  })
  afterAll(async () => {
    await auth.close()
    await db.close()
  })
  const users = async () => (await db.query<{ username: string }>('SELECT username FROM users ORDER BY created_at')).rows.map((row) => row.username)

  it('makes exactly one admin of twenty people who come first together', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => auth.register(`first${i}`)))
    expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: 20 }, () => 201))
    const { rows } = await db.query<{ role: string; n: number }>('SELECT role, count(*) AS n FROM users GROUP BY role ORDER BY role')
    expect(rows).toEqual([
      { role: 'admin', n: 1 },
      { role: 'member', n: 19 },
    ])
  })

  it('answers with the account, an access token and the session cookie', async () => {
    const answer = await auth.register('Ada.Lovelace', { displayName: '  Ada  ' })
    expect(answer.status).toBe(201)
    expect(answer.body['user']).toMatchObject({ username: 'Ada.Lovelace', email: 'Ada.Lovelace@example.org', displayName: 'Ada', role: 'member', emailVerified: false })
    expect(isId((answer.body['user'] as { id: string }).id)).toBe(true)
    expect(answer.body['expiresAt']).toBeGreaterThan(Date.now() + 290_000)
    expect(answer.token).toMatch(/^[a-z0-9]{64}$/)
    expect((await auth.me(answer)).body).toEqual(answer.body['user'])
    expect((await auth.refresh(answer.token)).status).toBe(200)
  })

  it('takes a name and an address once, whatever the case', async () => {
    await auth.register('grace')
    expect((await auth.register('GRACE', { email: 'other@example.org' })).body).toMatchObject({ status: 409, code: 'username_taken', fields: { username: expect.any(String) } })
    expect((await auth.register('other', { email: 'GRACE@Example.org' })).body).toMatchObject({ status: 409, code: 'email_taken', fields: { email: expect.any(String) } })
    const together = await Promise.all(Array.from({ length: 5 }, (_, i) => auth.register('Twin', { email: `twin${i}@example.org` })))
    expect(together.map((answer) => String(answer.status)).sort()).toEqual(['201', '409', '409', '409', '409'])
  })

  it.each([
    ['email_invalid', { email: 'nobody' }],
    ['email_invalid', { email: `${'a'.repeat(250)}@example.org` }],
    ['username_invalid', { username: 'a' }],
    ['username_invalid', { username: 'with space' }],
    ['username_invalid', { username: '-dash' }],
    ['username_invalid', { username: 'x'.repeat(33) }],
    ['username_invalid', { username: 'аdmin' }],
    ['display_name_invalid', { displayName: '   ' }],
    ['display_name_invalid', { displayName: 'x'.repeat(65) }],
    ['password_too_short', { password: '9 chars..' }],
    ['password_too_long', { password: 'ä'.repeat(37) }],
    ['password_common', { password: 'Password123!' }],
    ['password_common', { password: 'Soso123aljg' }],
    ['password_personal', { password: 'wrong-wrong-1' }],
    ['password_personal', { password: 'Wrong@example1' }],
    ['password_personal', { password: 'ChatFlow2026!' }],
    ['password_personal', { password: 'localhost-2026' }],
    ['invalid_input', { password: 'lone surrogate \ud800' }],
    ['invalid_input', { displayName: 'nul \u0000' }],
    ['invalid_input', { displayName: 5 }],
    ['invalid_input', { email: undefined }],
    ['invalid_input', { username: ['list'] }],
    ['invalid_input', { role: 'admin' }],
    ['invalid_input', { email: { $ne: null } }],
  ])('[R9] refuses with %s what is wrong in %j, and changes nothing', async (code, changes) => {
    const before = await users()
    const answer = await auth.register('wrong', changes)
    expect(answer.body).toMatchObject({ status: 400, code, fields: { [Object.keys(changes)[0] ?? '']: expect.any(String) } })
    expect(answer.token).toBeUndefined()
    expect(await users()).toEqual(before)
  })

  it('names every wrong field at once', async () => {
    const { body } = await auth.register('x', { email: 'no', password: 'short' })
    expect(Object.keys(body['fields'] as object).sort()).toEqual(['email', 'password', 'username'])
  })

  it.each(['', 'null', '[]', '{"', '5', '"x"'])('[R9] never fails on the body %s', async (payload) => {
    for (const route of ['register', 'login', 'refresh', 'logout']) {
      const response = await auth.app.inject({ method: 'POST', url: `/api/auth/${route}`, payload, headers: { 'content-type': 'application/json' } })
      expect(response.statusCode).toBeLessThan(500)
    }
  })

  it('takes 72 bytes of password, and any character', async () => {
    const password = `${'ä'.repeat(35)}🦊`.slice(0, 36)
    const longest = 'ü'.repeat(34) + '🦊'
    expect(Buffer.byteLength(longest)).toBe(72)
    expect(password).not.toBe(longest)
    expect((await auth.register('longest', { password: longest })).status).toBe(201)
    expect((await auth.login('longest', longest)).status).toBe(200)
    expect((await auth.login('longest', `${longest}x`)).body).toMatchObject({ code: 'wrong_credentials' })
    expect((await auth.login('longest', PASSWORD)).status).toBe(401)
  })

  it('keeps no password, only its hash', async () => {
    const { rows } = await db.query<{ password_hash: string }>('SELECT password_hash FROM users')
    expect(rows.every((row) => /^\$2b\$04\$.{53}$/.test(row.password_hash))).toBe(true)
  })
})
