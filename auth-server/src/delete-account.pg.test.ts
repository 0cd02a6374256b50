import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '@chatflow/database'
import { testDatabases } from '@chatflow/database/testing'
import { greyPng } from '@chatflow/server-kit/testing/pictures'
import type { Me, Signed } from '@chatflow/shared/api/account'
import { newId } from '@chatflow/shared/ids'
import { authFixture, PASSWORD, type Answer, type AuthFixture } from './testing/auth-fixture.ts'

describe.each(testDatabases())('deleting an account on $name', ({ open }) => {
  let db: Database
  let auth: AuthFixture
  let root: Answer
  let ada: Answer
  beforeEach(async () => {
    db = await open()
    auth = await authFixture(db)
    root = await auth.register('root')
    ada = await auth.register('ada')
    await db.query('DELETE FROM jobs')
  })
  afterEach(async () => {
    await auth.close()
    await db.close()
  })
  const bearer = (answer: Answer): string => (answer.body as unknown as Signed).accessToken
  const idOf = (answer: Answer): string => (answer.body['user'] as Me).id
  const remove = (who: Answer, body: object = { password: PASSWORD, messages: 'keep' }) => auth.send('POST', '/api/auth/me/delete', { body, bearer: bearer(who), cookie: who.token })
  const rowOf = async (who: Answer) => (await db.query<Record<string, unknown>>('SELECT * FROM users WHERE id = $1', [idOf(who)])).rows[0] ?? {}

  it('leaves a row that names nobody', async () => {
    await db.query('UPDATE users SET email_verified_at = 1 WHERE id = $1', [idOf(ada)])
    await auth.app.inject({ method: 'PUT', url: '/api/auth/me/avatar', payload: greyPng(9, 9), headers: { 'content-type': 'image/png', authorization: `Bearer ${bearer(ada)}` } })
    const picture = (await rowOf(ada))['avatar'] as string
    const answer = await remove(ada)
    expect(answer).toMatchObject({ status: 204, token: '' })
    const row = await rowOf(ada)
    const { id, display_name, role, created_at, disabled_at, deleted_at, ...rest } = row
    expect({ id, display_name, role }).toEqual({ id: idOf(ada), display_name: 'Deleted user', role: 'member' })
    expect([created_at, disabled_at, deleted_at]).toEqual([expect.any(Number), deleted_at, expect.any(Number)])
    expect(new Set(Object.values(rest))).toEqual(new Set([null]))
    expect((await auth.app.inject({ url: `/api/auth/avatars/${picture}` })).statusCode).toBe(404)
  })

  it('ends every session and every way to sign in, and frees the names', async () => {
    const second = await auth.login('ada')
    await remove(ada)
    expect((await auth.me(second)).body).toMatchObject({ status: 401, code: 'session_ended' })
    expect((await auth.refresh(second.token)).status).toBe(401)
    expect((await auth.login('ada')).status).toBe(401)
    expect((await auth.login('ada@example.org')).status).toBe(401)
    const again = await auth.register('ada')
    expect(again.status).toBe(201)
    expect(idOf(again)).not.toBe(idOf(ada))
  })

  it('leaves no row of any table that belongs to a user', async () => {
    await remove(ada)
    const { rows: columns } = await db.query<{ table_name: string; column_name: string }>(
      "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema() AND udt_name = 'uuid' AND table_name NOT IN ('users', 'audit_log', 'jobs', 'mail_outbox')",
    )
    expect(columns.length).toBeGreaterThan(3)
    for (const { table_name, column_name } of columns) {
      const { rows } = await db.query(`SELECT 1 FROM ${table_name} WHERE ${column_name} = $1`, [idOf(ada)])
      expect({ table_name, column_name, rows }).toEqual({ table_name, column_name, rows: [] })
    }
  })

  it('knows what becomes of each column that names a user', async () => {
    // A table that is added with a column like that has to say so by a foreign key with ON DELETE CASCADE or SET NULL, or to be dealt with in `deleteAccount`.
    const dealtWith = ['invitations.created_by']
    const { rows } = await db.query<{ column: string }>(
      `SELECT c.relname || '.' || a.attname AS column
         FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
        WHERE a.atttypid = 'uuid'::regtype AND (a.attname IN ('user_id', 'created_by', 'used_by', 'invited_by', 'by_user') OR a.attname LIKE '%user')
          AND NOT EXISTS (SELECT 1 FROM pg_constraint f WHERE f.conrelid = c.oid AND f.contype = 'f' AND f.conkey = ARRAY[a.attnum] AND f.confrelid = 'users'::regclass AND f.confdeltype IN ('c', 'n'))`,
    )
    expect(rows.map(({ column }) => column).filter((column) => !dealtWith.includes(column))).toEqual([])
  })

  it('voids the invitations that were made', async () => {
    await db.query("UPDATE users SET role = 'admin' WHERE id = $1", [idOf(ada)])
    for (const maker of [root, ada]) {
      await db.query("INSERT INTO invitations (id, code_hash, role, note, uses, created_by, created_at, expires_at) VALUES ($1, $2, 'member', '', 1, $3, 1, 9)", [newId(), newId(), idOf(maker)])
    }
    await remove(ada)
    expect((await db.query('SELECT created_by FROM invitations WHERE revoked_at IS NULL')).rows).toEqual([{ created_by: idOf(root) }])
  })

  it('also takes what hangs on it in tables that are added later', async () => {
    await db.query('CREATE TABLE later_keys (id uuid PRIMARY KEY, owner uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE, maker uuid REFERENCES users (id) ON DELETE SET NULL)')
    await db.query('ALTER TABLE users ADD COLUMN later_name text')
    await db.query('UPDATE users SET later_name = $2 WHERE id = $1', [idOf(ada), 'planted'])
    const [own, made] = [newId(), newId()]
    await db.query('INSERT INTO later_keys VALUES ($1, $2, $3), ($4, $3, $2)', [own, idOf(ada), idOf(root), made])
    await remove(ada)
    expect((await db.query('SELECT id, maker FROM later_keys')).rows).toEqual([{ id: made, maker: null }])
    expect((await rowOf(ada))['later_name']).toBeNull()
  })

  it('asks for the password, and counts wrong ones', async () => {
    await auth.close()
    auth = await authFixture(db, { rateLimits: true })
    for (let i = 0; i < 5; i++) expect((await remove(ada, { password: 'not this one', messages: 'keep' })).body).toMatchObject({ status: 401, code: 'wrong_credentials' })
    expect((await remove(ada)).body).toMatchObject({ status: 429, code: 'rate_limited' })
    expect((await rowOf(ada))['username']).toBe('ada')
  })

  it.each([{ password: PASSWORD }, { password: PASSWORD, messages: 'burn' }, { password: PASSWORD, messages: 'keep', user: newId() }, { messages: 'keep' }])('refuses %j', async (body) => {
    expect((await remove(ada, body)).body).toMatchObject({ status: 400, code: 'invalid_input' })
    expect((await rowOf(ada))['username']).toBe('ada')
  })

  it('keeps one administrator who is active, also when the last two go at once', async () => {
    expect((await remove(root)).body).toMatchObject({ status: 409, code: 'last_admin' })
    await db.query("UPDATE users SET role = 'admin' WHERE id = $1", [idOf(ada)])
    const answers = await Promise.all([remove(root), remove(ada)])
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([204, 409])
    expect((await db.query("SELECT 1 FROM users WHERE role = 'admin' AND disabled_at IS NULL")).rows).toHaveLength(1)
  })

  it('happens once when it is asked for twice at once', async () => {
    const answers = await Promise.all([remove(ada), remove(ada)])
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([204, 401])
    expect((await db.query("SELECT 1 FROM audit_log WHERE action = 'account.deleted'")).rows).toHaveLength(1)
  })

  it('is recorded, told to the address it had, and handed on with the choice', async () => {
    await remove(ada, { password: PASSWORD, messages: 'remove' })
    const user = idOf(ada)
    expect((await db.query('SELECT actor, details FROM audit_log WHERE action = $1', ['account.deleted'])).rows).toEqual([{ actor: user, details: { messages: 'remove' } }])
    const { rows } = await db.query<{ type: string; payload: object; run_at: number; created_at: number }>("SELECT type, payload, run_at, created_at FROM jobs WHERE type = 'account.deleted' ORDER BY run_at")
    expect(rows.map(({ type, payload, run_at, created_at }) => ({ type, payload, in: run_at - created_at }))).toEqual([
      { type: 'account.deleted', payload: { user, messages: 'remove' }, in: 0 },
      { type: 'account.deleted', payload: { user, messages: 'remove' }, in: 60_000 },
    ])
    const mails = async () => (await db.query<{ recipient: string; subject: string }>('SELECT recipient, subject FROM mail_outbox WHERE user_id = $1', [user])).rows
    await expect.poll(mails).toEqual([{ recipient: 'ada@example.org', subject: expect.stringMatching(/deleted/i) }])
  })
})
