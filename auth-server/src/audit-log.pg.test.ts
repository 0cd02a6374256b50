import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Database } from '@chatflow/database'
import { testDatabases } from '@chatflow/database/testing'
import { audit } from '@chatflow/server-kit/audit'
import type { AuditPage } from '@chatflow/shared/api/admin'
import { newId } from '@chatflow/shared/ids'
import { adminFixture, idOf, type AdminFixture } from './testing/admin-fixture.ts'

describe.each(testDatabases())('the audit log on $name', ({ open }) => {
  let db: Database
  let auth: AdminFixture

  beforeEach(async () => {
    db = await open()
    auth = await adminFixture(db)
  })
  afterEach(async () => {
    await auth.close()
    await db.close()
  })
  const read = async (query = '') => (await auth.admin('GET', `audit${query}`)).body as unknown as AuditPage
  const actions = async (query = '') => (await read(query)).entries.map((entry) => entry.action)

  it('tells who did what to whom, by their present names', async () => {
    const ben = await auth.register('ben', { displayName: 'Ben' })
    await auth.admin('PATCH', `users/${idOf(ben)}`, { role: 'guest' })
    const [entry] = (await read()).entries
    expect(entry).toEqual({
      id: expect.any(Number), at: expect.any(Number), action: 'admin.role_changed', room: null, details: { from: 'member', to: 'guest' },
      actor: { id: idOf(auth.first), name: 'admin' }, target: { kind: 'user', id: idOf(ben), name: 'Ben' },
    })
  })

  it('has no name for somebody whose account is gone', async () => {
    const ben = await auth.register('ben', { displayName: 'Ben' })
    await auth.admin('PATCH', `users/${idOf(ben)}`, { role: 'guest' })
    await db.query("UPDATE users SET display_name = 'Deleted user', deleted_at = 1 WHERE id = $1", [idOf(ben)])
    const [entry] = (await read()).entries
    expect(entry?.target).toEqual({ kind: 'user', id: idOf(ben) })
  })

  it('is read by actor, action and target, page by page', async () => {
    const ben = await auth.register('ben')
    await auth.login('ben')
    await auth.admin('POST', `users/${idOf(ben)}/end-sessions`)
    expect(await actions()).toEqual(['admin.sessions_ended', 'account.signed_in', 'account.registered', 'account.registered'])
    expect(await actions(`?actor=${idOf(ben)}`)).toEqual(['account.signed_in', 'account.registered'])
    expect(await actions(`?target=${idOf(ben)}`)).toEqual(['admin.sessions_ended', 'account.registered'])
    expect(await actions('?action=account.registered')).toEqual(['account.registered', 'account.registered'])
    const page = await read('?limit=3')
    expect(page.more).toBe(true)
    expect(await read(`?before=${page.entries.at(-1)?.id}`)).toMatchObject({ entries: [{ action: 'account.registered', actor: { name: 'admin' } }], more: false })
    expect((await auth.admin('GET', 'audit?action=nonsense')).body).toMatchObject({ status: 400, code: 'invalid_input' })
  })

  it('tells of sign-ins and of failed ones for accounts that exist, without name, password or address', async () => {
    const ben = await auth.register('ben')
    await auth.login('ben')
    await auth.login('ben@example.org', 'not this one', { address: '192.0.2.7' })
    await auth.login('nobody', 'not this one')
    await vi.waitFor(async () => expect(await auth.audited('account.sign_in_failed')).toEqual([{ actor: null, target_id: idOf(ben), details: { factor: 'password' } }]))
    expect(await auth.audited('account.signed_in')).toEqual([{ actor: idOf(ben), target_id: expect.any(String), details: { factors: 'password' } }])
    const { rows } = await db.query('SELECT * FROM audit_log')
    expect(JSON.stringify(rows)).not.toMatch(/192\.0\.2\.7|not this one|example\.org|nobody/)
  })

  it('also shows what a newer server wrote, and people who are gone', async () => {
    const [gone, room] = [newId(), newId()]
    await audit(db, { actor: gone, action: 'room.archived', target: { kind: 'room', id: room }, room }, 1)
    await db.query("INSERT INTO audit_log (at, action) VALUES (2, 'future.thing')")
    expect((await read('?limit=2')).entries).toMatchObject([
      { action: 'future.thing', actor: null, target: null },
      { action: 'room.archived', actor: { id: gone }, target: { kind: 'room', id: room }, room },
    ])
  })
})
