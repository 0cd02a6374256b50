import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '@chatflow/database'
import { testDatabases } from '@chatflow/database/testing'
import { PASSWORD, type Answer } from './testing/auth-fixture.ts'
import { adminFixture, idOf, type AdminFixture } from './testing/admin-fixture.ts'
import { secondFactorFixture } from './testing/second-factor-fixture.ts'

describe.each(testDatabases())('a required second factor on $name', ({ open }) => {
  let db: Database
  let auth: AdminFixture
  let factors: ReturnType<typeof secondFactorFixture>
  let me: Answer
  let people = 0

  beforeAll(async () => {
    db = await open()
    auth = await adminFixture(db)
    factors = secondFactorFixture(auth)
  })
  beforeEach(async () => {
    await db.query("DELETE FROM auth_settings WHERE key = 'second_factor'")
    await db.query('DELETE FROM totp')
    await db.query('DELETE FROM passkeys')
    me = await auth.register(`person${people++}`)
    Object.assign(auth.first, await auth.login('admin'))
  })
  afterAll(async () => {
    await auth.close()
    await db.close()
  })
  const require_ = (secondFactor: string) => auth.admin('PUT', 'settings', { secondFactor })
  const requireOf = async (secondFactor: 'administrators' | 'everyone') => {
    const enrolled = await factors.enrolTotp(auth.first)
    expect((await require_(secondFactor)).body).toMatchObject({ secondFactor })
    return enrolled
  }

  it('is asked of nobody unless administrators say so, which they cannot without one of their own', async () => {
    expect((await auth.admin('GET', 'settings')).body).toEqual({ registration: 'open', secondFactor: 'nobody' })
    expect((await require_('everyone')).body).toMatchObject({ status: 403, code: 'second_factor_missing' })
    expect((await auth.admin('GET', 'settings')).body).toMatchObject({ secondFactor: 'nobody' })
    await requireOf('everyone')
    expect(await auth.audited('admin.second_factor_changed')).toEqual([{ actor: idOf(auth.first), target_id: null, details: { from: 'nobody', to: 'everyone' } }])
    // The other setting has not changed.
    expect((await auth.admin('PUT', 'settings', { registration: 'open' })).body).toEqual({ registration: 'open', secondFactor: 'everyone' })
  })

  it('leaves a session that can do nothing but set one up, from the moment on that it is required', async () => {
    await requireOf('everyone')
    expect((await auth.me(me)).body).toMatchObject({ secondFactorMissing: true })
    const again = await auth.login(String((me.body['user'] as { username: string }).username))
    expect(again).toMatchObject({ status: 200, body: { user: { secondFactorMissing: true } } })
    for (const [method, path] of [['GET', 'sessions'], ['PATCH', 'me'], ['DELETE', 'sessions'], ['DELETE', 'me/avatar']] as const) {
      expect((await auth.as(again, method, path, method === 'PATCH' ? { displayName: 'X' } : undefined)).body, `${method} ${path}`).toMatchObject({ status: 403, code: 'second_factor_missing' })
    }
    expect((await auth.as(again, 'GET', 'second-factors')).status).toBe(200)
    const confirmed = await auth.post('confirm', { body: { by: 'password', password: PASSWORD }, bearer: String(again.body['accessToken']), cookie: again.token })
    expect(confirmed).toMatchObject({ status: 200, body: { user: { secondFactorMissing: true } } })
    expect((await auth.post('logout', { cookie: me.token })).status).toBe(204)
    await factors.enrolTotp(again)
    const fresh = await auth.refresh(confirmed.token)
    expect(fresh.status).toBe(200)
    expect(fresh.body['user']).not.toHaveProperty('secondFactorMissing')
    expect((await auth.as(fresh, 'GET', 'sessions')).status).toBe(200)
  })

  it('is satisfied by a passkey, and asked of newcomers too', async () => {
    await requireOf('everyone')
    const newcomer = await auth.register(`new${people}`)
    expect(newcomer).toMatchObject({ status: 201, body: { user: { secondFactorMissing: true } } })
    const { added } = await factors.enrolPasskey(newcomer)
    expect(added.status).toBe(200)
    expect((await auth.me(newcomer)).body).not.toHaveProperty('secondFactorMissing')
  })

  it('is asked of administrators only, and of whoever becomes one', async () => {
    await requireOf('administrators')
    expect((await auth.as(me, 'GET', 'sessions')).status).toBe(200)
    expect((await auth.admin('PATCH', `users/${idOf(me)}`, { role: 'admin' })).status).toBe(200)
    expect((await auth.as(me, 'GET', 'sessions')).body).toMatchObject({ code: 'second_factor_missing' })
    expect((await auth.as(me, 'GET', 'admin/users')).body).toMatchObject({ code: 'second_factor_missing' })
    await auth.admin('PATCH', `users/${idOf(me)}`, { role: 'member' })
    expect((await auth.as(me, 'GET', 'sessions')).status).toBe(200)
  })

  it('keeps the last one, whatever its kind, until it is not required any more', async () => {
    await requireOf('everyone')
    const { added } = await factors.enrolPasskey(auth.first)
    const { id } = (added.body as { passkey: { id: string } }).passkey
    expect((await auth.as(auth.first, 'POST', 'totp/disable', { password: PASSWORD })).status).toBe(204)
    const remove = () => auth.as(auth.first, 'POST', `passkeys/${id}/remove`, { password: PASSWORD })
    expect((await remove()).body).toMatchObject({ status: 409, code: 'last_second_factor' })
    expect((await auth.as(auth.first, 'GET', 'second-factors')).body).toMatchObject({ passkeys: [{ id }], recoveryCodes: 10 })
    expect((await require_('nobody')).status).toBe(200)
    expect((await remove()).status).toBe(204)
  })

  it('keeps one of two that are removed at once', async () => {
    await requireOf('everyone')
    const { added } = await factors.enrolPasskey(auth.first)
    const { id } = (added.body as { passkey: { id: string } }).passkey
    const both = await Promise.all([
      auth.as(auth.first, 'POST', 'totp/disable', { password: PASSWORD }),
      auth.as(auth.first, 'POST', `passkeys/${id}/remove`, { password: PASSWORD }),
    ])
    expect(both.map(({ status }) => status).sort((a, b) => a - b)).toEqual([204, 409])
  })

  it('is not required by an administrator who removes the last one at the same moment', async () => {
    await factors.enrolTotp(auth.first)
    const [removed, required] = await Promise.all([auth.as(auth.first, 'POST', 'totp/disable', { password: PASSWORD }), require_('everyone')])
    expect([removed.status, required.status].sort((a, b) => a - b)).toEqual(removed.status === 204 ? [204, 403] : [200, 409])
    expect((await auth.me(auth.first)).body).not.toHaveProperty('secondFactorMissing')
  })
})
