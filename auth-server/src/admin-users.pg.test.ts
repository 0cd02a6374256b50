import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '@chatflow/database'
import { testDatabases } from '@chatflow/database/testing'
import type { AdminUsers, ResetLink } from '@chatflow/shared/api/admin'
import { newId } from '@chatflow/shared/ids'
import { adminFixture, idOf, type AdminFixture } from './testing/admin-fixture.ts'
import type { Answer } from './testing/auth-fixture.ts'

describe.each(testDatabases())('people as administrators see them on $name', ({ open }) => {
  let db: Database
  let auth: AdminFixture
  let ben: Answer

  beforeEach(async () => {
    db = await open()
    auth = await adminFixture(db)
    ben = await auth.register('ben')
  })
  afterEach(async () => {
    await auth.close()
    await db.close()
  })
  const list = async (query = '') => (await auth.admin('GET', `users${query}`)).body as unknown as AdminUsers
  const names = async (query = '') => (await list(query)).users.map((user) => user.username)
  const patch = (id: string, change: object) => auth.admin('PATCH', `users/${id}`, change)

  it('are found by name, username and address, newest first, page by page', async () => {
    for (const name of ['cleo', 'dora', 'ben2']) await auth.register(name, { displayName: `${name} 100%` })
    expect(await names()).toEqual(['ben2', 'dora', 'cleo', 'ben', 'admin'])
    expect(await names('?q=BEN')).toEqual(['ben2', 'ben'])
    expect(await names('?q=dora%40example')).toEqual(['dora'])
    expect(await names('?q=100%25')).toEqual(['ben2', 'dora', 'cleo'])
    expect(await names('?q=_')).toEqual([])
    const page = await list('?limit=2')
    expect(page.more).toBe(true)
    expect(await list(`?limit=3&before=${page.users[1]?.id}`)).toMatchObject({ users: [{ username: 'cleo' }, { username: 'ben' }, { username: 'admin' }], more: false })
  })

  it('are told with role, state, sessions and when they were last seen', async () => {
    auth.pass(60_000)
    await auth.refresh(ben.token)
    const [shown] = (await list('?q=ben')).users
    expect(shown).toEqual({
      id: idOf(ben), username: 'ben', displayName: 'ben', email: 'ben@example.org', role: 'member', verified: false, secondFactor: false, disabled: false,
      createdAt: expect.any(Number), lastSeenAt: expect.any(Number), sessions: 1,
    })
    expect((shown?.lastSeenAt ?? 0) - (shown?.createdAt ?? 0)).toBeGreaterThanOrEqual(60_000)
    await db.query("INSERT INTO totp (user_id, secret, created_at) VALUES ($1, 'sealed', 1)", [idOf(ben)])
    expect((await list('?q=ben')).users[0]?.secondFactor).toBe(false)
    await db.query('UPDATE totp SET confirmed_at = 1')
    expect((await list('?q=ben')).users[0]?.secondFactor).toBe(true)
  })

  it('are hidden from everybody else, and so is all of administration', async () => {
    for (const [method, path] of [
      ['GET', 'users'], ['PATCH', `users/${idOf(ben)}`], ['POST', `users/${idOf(ben)}/end-sessions`], ['POST', `users/${idOf(ben)}/reset-link`],
      ['GET', 'settings'], ['PUT', 'settings'], ['GET', 'invitations'], ['POST', 'invitations'], ['DELETE', `invitations/${newId()}`], ['GET', 'audit'],
    ] as const) {
      const body = { PATCH: { role: 'admin' }, PUT: { registration: 'closed' }, POST: path === 'invitations' ? { role: 'member', uses: 1, expiresInHours: 1 } : {} }[method as 'PATCH' | 'PUT' | 'POST']
      expect((await auth.as(ben, method, `admin/${path}`, body)).body, `${method} ${path}`).toMatchObject({ status: 403, code: 'forbidden' })
      expect((await auth.send(method, `/api/auth/admin/${path}`, { body })).body, `${method} ${path}`).toMatchObject({ status: 401, code: 'unauthenticated' })
    }
  })

  it('get another role, which is in the log with the old one and counts with their next request', async () => {
    expect((await patch(idOf(ben), { role: 'admin' })).body).toMatchObject({ user: { role: 'admin', username: 'ben' } })
    expect((await auth.as(ben, 'GET', 'admin/users')).status).toBe(200)
    expect((await auth.as(ben, 'PATCH', `admin/users/${idOf(auth.first)}`, { role: 'member' })).status).toBe(200)
    // The token of the first still says "admin".
    expect((await auth.admin('GET', 'users')).body).toMatchObject({ status: 403, code: 'forbidden' })
    expect(await auth.audited('admin.role_changed')).toEqual([
      { actor: idOf(ben), target_id: idOf(auth.first), details: { from: 'admin', to: 'member' } },
      { actor: idOf(auth.first), target_id: idOf(ben), details: { from: 'member', to: 'admin' } },
    ])
  })

  it('include an administrator at all times', async () => {
    expect((await patch(idOf(auth.first), { role: 'guest' })).body).toMatchObject({ status: 409, code: 'last_admin' })
    await patch(idOf(ben), { role: 'admin' })
    await patch(idOf(ben), { disabled: true })
    expect((await patch(idOf(auth.first), { role: 'member' })).body).toMatchObject({ status: 409, code: 'last_admin' })
    await patch(idOf(ben), { disabled: false })
    expect((await patch(idOf(auth.first), { role: 'member' })).status).toBe(200)
  })

  it('keep one of two administrators who demote or deactivate each other at once', async () => {
    for (let round = 0; round < 5; round++) {
      await db.query("UPDATE users SET role = 'admin', disabled_at = NULL")
      const again = await auth.login('ben')
      const first = await auth.login('admin')
      const [one, two] = await Promise.all([
        auth.as(first, 'PATCH', `admin/users/${idOf(again)}`, round % 2 === 0 ? { role: 'member' } : { disabled: true }),
        auth.as(again, 'PATCH', `admin/users/${idOf(first)}`, { role: 'guest' }),
      ])
      expect([one.status, two.status].filter((status) => status === 200)).toHaveLength(1)
      const { rows } = await db.query("SELECT id FROM users WHERE role = 'admin' AND disabled_at IS NULL")
      expect(rows).toHaveLength(1)
    }
  })

  it('do not deactivate themselves', async () => {
    await patch(idOf(ben), { role: 'admin' })
    expect((await patch(idOf(auth.first), { disabled: true })).body).toMatchObject({ status: 403, code: 'forbidden' })
  })

  it('lose all sessions at once when deactivated, are told why, and sign in again once reactivated', async () => {
    const second = await auth.login('ben')
    expect((await patch(idOf(ben), { disabled: true })).body).toMatchObject({ user: { disabled: true, sessions: 0 } })
    expect(await auth.audited('admin.deactivated')).toEqual([{ actor: idOf(auth.first), target_id: idOf(ben), details: { sessions: 2 } }])
    for (const session of [ben, second]) {
      expect((await auth.me(session)).body).toMatchObject({ status: 401, code: 'session_ended' })
      expect((await auth.refresh(session.token)).body).toMatchObject({ status: 403, code: 'account_disabled' })
    }
    expect((await auth.login('ben')).body).toMatchObject({ status: 403, code: 'account_disabled' })
    expect((await patch(idOf(ben), { disabled: false })).status).toBe(200)
    expect((await auth.refresh(second.token)).body).toMatchObject({ status: 401, code: 'session_ended' })
    expect((await auth.login('ben')).status).toBe(200)
    expect(await auth.audited('admin.reactivated')).toHaveLength(1)
  })

  it('change nothing, and leave nothing in the log, where nothing is asked for', async () => {
    expect((await patch(idOf(ben), { role: 'member', disabled: false })).status).toBe(200)
    expect((await auth.me(ben)).status).toBe(200)
    expect([...(await auth.audited('admin.role_changed')), ...(await auth.audited('admin.reactivated'))]).toEqual([])
  })

  it.each([[{}], [{ role: 'owner' }], [{ disabled: 'yes' }], [{ role: null }], [{ email: 'x@example.org' }], [[]]])('[R9] refuse the change %j', async (change) => {
    const answer = await patch(idOf(ben), change as object)
    expect(answer.status).toBe(400)
    expect((await list('?q=ben')).users[0]).toMatchObject({ role: 'member', disabled: false })
  })

  it('[R9] that do not exist are not found, and what is no id is refused', async () => {
    expect((await patch(newId(), { role: 'guest' })).body).toMatchObject({ status: 404, code: 'user_not_found' })
    expect((await auth.admin('POST', `users/${newId()}/end-sessions`)).body).toMatchObject({ status: 404, code: 'user_not_found' })
    expect((await auth.admin('POST', `users/${newId()}/reset-link`)).body).toMatchObject({ status: 404, code: 'user_not_found' })
    expect((await patch('me', { role: 'guest' })).body).toMatchObject({ status: 400, code: 'invalid_input' })
  })

  it('are signed out everywhere on demand', async () => {
    expect((await auth.admin('POST', `users/${idOf(ben)}/end-sessions`)).status).toBe(204)
    expect((await auth.refresh(ben.token)).body).toMatchObject({ code: 'session_ended' })
    expect((await auth.login('ben')).status).toBe(200)
    expect(await auth.audited('admin.sessions_ended')).toEqual([{ actor: idOf(auth.first), target_id: idOf(ben), details: { sessions: 1 } }])
  })

  it('get a link for a new password, of which only a hash is kept, and the newest alone works', async () => {
    const [old, link] = [await auth.admin('POST', `users/${idOf(ben)}/reset-link`), await auth.admin('POST', `users/${idOf(ben)}/reset-link`)].map((answer) => answer.body as unknown as ResetLink)
    expect(link?.url).toMatch(/^http:\/\/localhost:3000\/#\/reset\/[\w-]{43}$/)
    const hash = (url = '') => createHash('sha256').update(url.split('/').at(-1) ?? '').digest('hex')
    const { rows } = await db.query<{ hash: string; used: boolean; expires_at: number; kind: string }>(
      "SELECT hash, used_at IS NOT NULL AS used, expires_at, kind FROM email_tokens WHERE user_id = $1 AND kind = 'reset_password' ORDER BY used_at NULLS LAST",
      [idOf(ben)],
    )
    expect(rows).toEqual([
      { hash: hash(old?.url), used: true, expires_at: old?.expiresAt, kind: 'reset_password' },
      { hash: hash(link?.url), used: false, expires_at: link?.expiresAt, kind: 'reset_password' },
    ])
    expect(JSON.stringify((await db.query('SELECT * FROM audit_log')).rows) + auth.lines.join('')).not.toContain(link?.url.split('/').at(-1))
    expect(await auth.audited('admin.reset_link')).toHaveLength(2)
    const set = (url = '') => auth.post('password/reset', { body: { token: url.split('/').at(-1), password: 'a password of her own' } })
    expect((await set(old?.url)).body).toMatchObject({ code: 'token_invalid' })
    expect((await set(link?.url)).status).toBe(204)
    expect((await set(link?.url)).body).toMatchObject({ code: 'token_invalid' })
    expect((await auth.refresh(ben.token)).body).toMatchObject({ code: 'session_ended' })
    expect((await auth.login('ben', 'a password of her own')).status).toBe(200)
    await patch(idOf(ben), { disabled: true })
    expect((await auth.admin('POST', `users/${idOf(ben)}/reset-link`)).body).toMatchObject({ code: 'account_disabled' })
  })
})
