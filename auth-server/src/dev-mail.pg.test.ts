import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '@chatflow/database'
import { testDatabases } from '@chatflow/database/testing'
import type { AuthOptions } from './create-auth-server.ts'
import { authFixture, type AuthFixture } from './testing/auth-fixture.ts'

describe.each(testDatabases())('the outbox on $name', ({ open }) => {
  let db: Database
  let auth: AuthFixture | undefined
  beforeEach(async () => {
    db = await open()
  })
  afterEach(async () => {
    await auth?.close()
    await db.close()
  })
  const start = async (changes: Partial<AuthOptions> = {}): Promise<AuthFixture> => (auth = await authFixture(db, changes))
  const get = (request: { headers?: Record<string, string>; remoteAddress?: string } = {}) =>
    auth?.app.inject({ url: '/dev/mail', remoteAddress: '127.0.0.1', ...request, headers: { host: 'localhost:3000', ...request.headers } })

  it('is a page for who sits at the machine: text with its link, escaped, and a policy that lets nothing run', async () => {
    const said: string[] = []
    const { register, work, mails } = await start({ onOutbox: (sentence) => void said.push(sentence) })
    await register('ada', { displayName: '<script>alert(1)</script>' })
    await work()
    const answer = await get()
    const [mail] = await mails()
    expect(answer?.statusCode).toBe(200)
    expect(answer?.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(answer?.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/)
    expect(answer?.body).toContain(`href="http://localhost:3000/#/verify/${mail?.token}"`)
    expect(answer?.body).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(answer?.body).not.toContain('<script')
    expect(said).toEqual(['Mail to ada: Confirm your email address - open http://localhost:3000/dev/mail'])
  })

  it.each<[string, Parameters<typeof get>[0]]>([
    ['another machine', { remoteAddress: '192.0.2.1' }],
    ['another machine by IPv6', { remoteAddress: '2001:db8::1' }],
    ['a proxy on this machine', { headers: { 'x-forwarded-for': '127.0.0.1' } }],
    ['a proxy that says so in the newer way', { headers: { forwarded: 'for=127.0.0.1' } }],
  ])('does not exist for %s', async (_who, request) => {
    await start()
    expect((await get())?.statusCode).toBe(200)
    expect((await get(request))?.json()).toMatchObject({ status: 404, code: 'not_found' })
  })

  it('is not shown to a page whose name was made to point here', async () => {
    await start()
    expect((await get({ headers: { host: 'evil.example.org' } }))?.json()).toMatchObject({ status: 421, code: 'host_unknown' })
  })

  it('does not exist where the public address is not this machine, nor where mails leave by SMTP', async () => {
    await start({ publicUrl: 'https://chat.example.org' })
    expect((await get({ headers: { host: 'chat.example.org' } }))?.statusCode).toBe(404)
    await auth?.close()
    await start({ smtpUrl: 'smtp://127.0.0.1:1' })
    expect((await get())?.statusCode).toBe(404)
  })

  it('says on the console what to set where nobody can read it', async () => {
    const said: string[] = []
    const { register, login, post, work } = await start({ publicUrl: 'https://chat.example.org', onOutbox: (sentence) => void said.push(sentence) })
    await register('ada')
    const { body } = await login('ada')
    await post('password/change', { body: { current: 'correct horse battery', next: 'another good password' }, bearer: String(body['accessToken']) })
    await work()
    expect(said).toEqual(['Mail to ada: Your password was changed - it cannot leave: set SMTP_URL'])
  })
})
