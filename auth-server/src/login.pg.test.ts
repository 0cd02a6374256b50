import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '@chatflow/database'
import bcrypt from 'bcrypt'
import { testDatabases } from '@chatflow/database/testing'
import { createVerifier } from '@chatflow/server-kit/access-tokens'
import { createLocalJWKSet, type JSONWebKeySet } from 'jose'
import { authFixture, PASSWORD, type AuthFixture } from './testing/auth-fixture.ts'

describe.each(testDatabases())('login on $name', ({ open }) => {
  let db: Database
  let auth: AuthFixture

  beforeAll(async () => {
    db = await open()
    auth = await authFixture(db)
    await auth.register('ada')
    await auth.register('bob')
  })
  afterAll(async () => {
    await auth.close()
    await db.close()
  })

  it('takes the username or the address, whatever the case', async () => {
    for (const login of ['ada', 'ADA', 'Ada@Example.org', ' ada ']) expect((await auth.login(login)).status).toBe(200)
  })

  it('begins a session of its own each time', async () => {
    const [one, two] = await Promise.all([auth.login('ada'), auth.login('ada')])
    expect(one.token).not.toBe(two.token)
    await auth.post('logout', { cookie: one.token })
    expect((await auth.me(one)).body).toMatchObject({ code: 'session_ended' })
    expect((await auth.me(two)).status).toBe(200)
  })

  it('hashes a password anew whose hash has another cost, once the right one was given', async () => {
    const hashOf = async () => (await db.query<{ hash: string }>("SELECT password_hash AS hash FROM users WHERE username = 'ada'")).rows[0]?.hash ?? ''
    const dated = await bcrypt.hash(PASSWORD, 5)
    await db.query("UPDATE users SET password_hash = $1 WHERE username = 'ada'", [dated])
    expect((await auth.login('ada', 'not the password')).status).toBe(401)
    expect(await hashOf()).toBe(dated)
    const answers = await Promise.all(Array.from({ length: 4 }, () => auth.login('ada')))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    const renewed = await hashOf()
    expect(bcrypt.getRounds(renewed)).toBe(4)
    expect((await auth.login('ada')).status).toBe(200)
    expect(await hashOf()).toBe(renewed)
  })

  it('does not tell a wrong name from a wrong password', async () => {
    const wrong = [await auth.login('ada', 'not the password'), await auth.login('nobody', 'not the password'), await auth.login("' OR 1=1 --", 'x')]
    for (const answer of wrong) {
      expect(answer.body).toEqual(wrong[0]?.body)
      expect(answer.body).toMatchObject({ status: 401, code: 'wrong_credentials' })
      expect(answer.token).toBeUndefined()
    }
  })

  it('refuses a deactivated account, but tells so only to who knows the password', async () => {
    const before = await auth.login('bob')
    await db.query('UPDATE users SET disabled_at = 1 WHERE username = $1', ['bob'])
    expect((await auth.login('bob')).body).toMatchObject({ status: 403, code: 'account_disabled' })
    expect((await auth.login('bob', 'not the password')).body).toMatchObject({ code: 'wrong_credentials' })
    expect((await auth.refresh(before.token)).body).toMatchObject({ code: 'account_disabled' })
    expect((await auth.me(before)).body).toMatchObject({ code: 'account_disabled' })
  })

  it('gives tokens that the published keys verify', async () => {
    const answer = await auth.login('ada')
    const published = await auth.send('GET', '/.well-known/jwks.json')
    expect(JSON.stringify(published.body)).not.toContain('"d"')
    const verifier = createVerifier(createLocalJWKSet(published.body as unknown as JSONWebKeySet), { issuer: 'http://localhost:3000' })
    const identity = await verifier.verify(String(answer.body['accessToken']))
    expect(identity).toMatchObject({ user: (answer.body['user'] as { id: string }).id, role: 'admin', expiresAt: answer.body['expiresAt'] })
    const { rows } = await db.query('SELECT user_id, ended_at FROM session_families WHERE id = $1', [identity.session])
    expect(rows).toEqual([{ user_id: identity.user, ended_at: null }])
  })

  it('needs a token for me, and one that has not ended', async () => {
    expect((await auth.send('GET', '/api/auth/me')).body).toMatchObject({ code: 'unauthenticated' })
    expect((await auth.send('GET', '/api/auth/me', { bearer: 'abc' })).body).toMatchObject({ code: 'unauthenticated' })
    const answer = await auth.login('ada')
    auth.pass(301_000)
    expect((await auth.me(answer)).body).toMatchObject({ code: 'token_expired' })
  })

  it('[R9] refuses input of another form', async () => {
    for (const body of [{}, { login: 'ada' }, { login: 1, password: 'x' }, { login: 'ada', password: PASSWORD, more: 1 }, { login: 'a\u0000', password: 'x' }]) {
      expect((await auth.post('login', { body })).body).toMatchObject({ status: 400, code: 'invalid_input' })
    }
  })
})

describe.each(testDatabases())('two auth-servers on $name', ({ open }) => {
  it('that start together agree on one key and one secret', async () => {
    const db = await open()
    const [one, two] = await Promise.all([authFixture(db), authFixture(db)])
    const answer = await one.register('ada')
    expect((await two.me(answer)).status).toBe(200)
    const [a, b] = await Promise.all([one.refresh(answer.token), two.refresh(answer.token)])
    expect(a.token).toBe(b.token)
    expect((await one.send('GET', '/.well-known/jwks.json')).body['keys']).toHaveLength(1)
    await Promise.all([one.close(), two.close()])
    await db.close()
  })
})
