import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '@chatflow/database'
import { testDatabases } from '@chatflow/database/testing'
import { authFixture, PASSWORD, type AuthFixture } from './testing/auth-fixture.ts'

describe.each(testDatabases())('the limits on $name', ({ open }) => {
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

  it('let an account fail 5 times in 15 minutes from one address, by whatever name', async () => {
    await auth.register('ada')
    const names = ['ada', 'ADA', 'ada@example.org']
    for (let i = 0; i < 5; i++) expect((await auth.login(names[i % 3] ?? '', 'wrong')).status).toBe(401)
    const refused = await auth.login('ada')
    expect(refused.body).toMatchObject({ status: 429, code: 'rate_limited' })
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(14 * 60)
    expect((await auth.login('ada', PASSWORD, { address: '192.0.2.1' })).status).toBe(200)
    auth.pass(15 * 60_000)
    expect((await auth.login('ada')).status).toBe(200)
  })

  it('limit a name that nobody has in the same way', async () => {
    for (let i = 0; i < 5; i++) expect((await auth.login('nobody', 'wrong')).status).toBe(401)
    expect((await auth.login('Nobody', 'wrong')).status).toBe(429)
  })

  it('do not count successes', async () => {
    await auth.register('ada')
    const answers = await Promise.all(Array.from({ length: 25 }, () => auth.login('ada')))
    expect(answers.every((answer) => answer.status === 200)).toBe(true)
  })

  it('let no burst of guesses pass', async () => {
    await auth.register('ada')
    const guess = (count: number, address: (i: number) => string) => Promise.all(Array.from({ length: count }, (_, i) => auth.login('ada', 'wrong', { address: address(i) })))
    const fromOne = await guess(15, () => '192.0.2.1')
    expect([401, 429].map((status) => fromOne.filter((answer) => answer.status === status).length)).toEqual([5, 10])
    const fromMany = await guess(40, (i) => `198.51.100.${i}`)
    expect([401, 429].map((status) => fromMany.filter((answer) => answer.status === status).length)).toEqual([15, 25])
  })

  it('let an address fail 20 times a minute', async () => {
    for (let i = 0; i < 20; i++) expect((await auth.login(`nobody${i}`, 'wrong')).status).toBe(401)
    expect((await auth.login('nobody20', 'wrong')).status).toBe(429)
    expect((await auth.login('nobody20', 'wrong', { address: '192.0.2.1' })).status).toBe(401)
    auth.pass(60_001)
    expect((await auth.login('nobody20', 'wrong')).status).toBe(401)
  })

  it('let an address register 5 times an hour', async () => {
    expect((await auth.register('typo', { password: 'short' })).status).toBe(400)
    for (let i = 0; i < 5; i++) expect((await auth.register(`user${i}`)).status).toBe(201)
    expect((await auth.register('user5')).body).toMatchObject({ status: 429, code: 'rate_limited' })
    expect((await auth.register('user5', {}, { address: '192.0.2.1' })).status).toBe(201)
    auth.pass(3_600_001)
    expect((await auth.register('user6')).status).toBe(201)
  })

  it('believe a forwarded address only of a trusted proxy', async () => {
    for (let i = 0; i < 20; i++) await auth.login(`nobody${i}`, 'wrong', { headers: { 'x-forwarded-for': `192.0.2.${i}` } })
    expect((await auth.login('nobody', 'wrong', { headers: { 'x-forwarded-for': '192.0.2.99' } })).status).toBe(429)
    const behind = await authFixture(db, { rateLimits: true, trustProxy: ['127.0.0.1'] })
    for (let i = 0; i < 25; i++) expect((await behind.login(`nobody${i}`, 'wrong', { headers: { 'x-forwarded-for': `192.0.2.${i}` } })).status).toBe(401)
    await behind.close()
  })
})

describe.each(testDatabases())('the cookie on $name', ({ open }) => {
  it('is out of reach of scripts and other sites, and bound to the host under https', async () => {
    const db = await open()
    const plain = await authFixture(db)
    expect((await plain.register('ada')).cookie).toMatch(/^chatflow_session=[a-f0-9]{64}; Max-Age=2592000; Path=\/api\/auth; HttpOnly; SameSite=Strict$/)
    const secure = await authFixture(db, { publicUrl: 'https://chat.example.org' })
    const { cookie, token } = await secure.login('ada')
    expect(cookie).toMatch(/^__Host-chatflow_session=[a-f0-9]{64}; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Strict$/)
    expect((await secure.refresh(token)).status).toBe(200)
    expect((await plain.refresh(undefined, { headers: { cookie: `__Host-chatflow_session=${token}` } })).status).toBe(401)
    await Promise.all([plain.close(), secure.close()])
    await db.close()
  })
})

describe.each(testDatabases())('requests of other sites on $name', ({ open }) => {
  let db: Database
  let auth: AuthFixture
  beforeEach(async () => {
    db = await open()
    auth = await authFixture(db, { publicUrl: 'https://chat.example.org' })
  })
  afterEach(async () => {
    await auth.close()
    await db.close()
  })

  it.each<Record<string, string>>([
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
    { 'sec-fetch-site': 'cross-site', origin: 'https://chat.example.org' },
    { origin: 'https://evil.example.org' },
    { origin: 'https://chat.example.org.evil.net' },
    { origin: 'http://chat.example.org' },
    { origin: 'null' },
    { origin: '' },
  ])('with %j are refused and change nothing', async (headers) => {
    const { token } = await auth.register('ada')
    for (const route of ['refresh', 'logout', 'login', 'register']) {
      const answer = await auth.post(route, { cookie: token, headers, body: { login: 'ada', password: PASSWORD } })
      expect(answer.body).toMatchObject({ status: 403, code: 'cross_site_refused' })
      expect(answer.token).toBeUndefined()
    }
    expect((await auth.refresh(token)).status).toBe(200)
  })

  it.each<Record<string, string>>([
    { 'sec-fetch-site': 'same-origin' },
    { 'sec-fetch-site': 'same-origin', origin: 'http://localhost:5173' },
    { origin: 'https://chat.example.org' },
    {},
  ])('are not those with %j', async (headers) => {
    const { token } = await auth.register('ada')
    expect((await auth.refresh(token, { headers })).status).toBe(200)
  })
})

describe.each(testDatabases())('a server on this machine, on $name,', ({ open }) => {
  it('is asked by all names of the machine, and by no other', async () => {
    const db = await open()
    const auth = await authFixture(db)
    const { token } = await auth.register('ada')
    for (const host of ['localhost:3000', '127.0.0.1:3000', '[::1]:3000']) expect((await auth.refresh(token, { headers: { host, origin: `http://${host}` } })).status).toBe(200)
    expect((await auth.refresh(token, { headers: { host: 'localhost:3000', origin: 'http://127.0.0.1:3000' } })).body).toMatchObject({ status: 403, code: 'cross_site_refused' })
    for (const host of ['evil.example.org:3000', '192.168.0.7:3000']) {
      expect((await auth.refresh(token, { headers: { host, origin: `http://${host}`, 'sec-fetch-site': 'same-origin' } })).body).toMatchObject({ status: 421, code: 'host_unknown' })
    }
    await auth.close()
    await db.close()
  })
})

describe.each(testDatabases())('the log on $name', ({ open }) => {
  it('holds no address, name, password or token, whatever happens', async () => {
    const db = await open()
    const auth = await authFixture(db, { rateLimits: true })
    const planted = { email: 'planted-mail@example.org', username: 'planted-name', displayName: 'planted-display', password: 'planted-password' }
    const answer = await auth.register('x', planted, { address: '203.0.113.77' })
    await auth.register('x', planted)
    await auth.login('planted-name', 'planted-guess')
    await auth.login('planted-mail@example.org', 'planted-password')
    await auth.app.inject({ method: 'POST', url: '/api/auth/login?token=planted-query', payload: '{"planted-json', headers: { 'content-type': 'application/json' } })
    await auth.send('GET', '/api/auth/planted-path')
    await auth.me(answer)
    const next = await auth.refresh(answer.token)
    await auth.refresh((await auth.refresh(next.token)).token)
    await auth.refresh(answer.token)
    await db.query('DROP TABLE sessions')
    expect((await auth.login('planted-name', 'planted-password')).status).toBe(500)
    const text = auth.lines.join('')
    expect(auth.lines.length).toBeGreaterThan(8)
    for (const secret of ['planted', answer.token, next.token, String(answer.body['accessToken']), '203.0.113.77', '127.0.0.1']) expect(text).not.toContain(secret)
    await auth.close()
    await db.close()
  })
})
