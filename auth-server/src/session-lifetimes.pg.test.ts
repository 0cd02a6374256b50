import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '@chatflow/database'
import { testDatabases } from '@chatflow/database/testing'
import { newId } from '@chatflow/shared/ids'
import { adminFixture, idOf, type AdminFixture } from './testing/admin-fixture.ts'
import { MOST_DAYS, MOST_SESSIONS } from './sessions.ts'

const DAY_MS = 24 * 3_600_000

describe.each(testDatabases())('sessions on $name', ({ open }) => {
  let db: Database
  let auth: AdminFixture

  beforeAll(async () => {
    db = await open()
    auth = await adminFixture(db)
  })
  afterAll(async () => {
    await auth.close()
    await db.close()
  })
  const live = async (user: string) => (await db.query<{ id: string }>('SELECT id FROM session_families WHERE user_id = $1 AND ended_at IS NULL', [user])).rows.map(({ id }) => id)
  /** Sessions of before, the first of them unused for longest. */
  async function fill(user: string, count: number): Promise<string[]> {
    const ids = Array.from({ length: count }, () => newId())
    const at = auth.now() - 3_600_000
    for (const [i, id] of ids.entries()) await db.query('INSERT INTO session_families (id, user_id, created_at, last_used_at) VALUES ($1, $2, $3, $4)', [id, user, at, at + i])
    return ids
  }

  it('end after 180 days, however much they are used, and say so like any other that has ended', async () => {
    let { token } = await auth.register('ada')
    const user = idOf(await auth.login('ada'))
    for (let day = 0; day + 20 < MOST_DAYS; day += 20) {
      auth.pass(20 * DAY_MS)
      const refreshed = await auth.refresh(token)
      expect(refreshed.status, `after ${day + 20} days`).toBe(200)
      token = refreshed.token
    }
    auth.pass(20 * DAY_MS)
    const over = await auth.refresh(token)
    expect(over).toMatchObject({ status: 401, body: { code: 'session_ended' }, token: '' })
    expect(await auth.audited('session.ended')).toEqual([{ actor: null, target_id: expect.any(String), details: { reason: 'too_old' } }])
    expect((await auth.login('ada')).status).toBe(200)
    expect(await live(user)).not.toContain((await auth.audited('session.ended'))[0]?.target_id)
  })

  it('of an account are at most 50: the one that was not used for longest ends', async () => {
    const ben = await auth.register('ben')
    const [oldest = '', second = ''] = await fill(idOf(ben), MOST_SESSIONS - 1)
    expect(await live(idOf(ben))).toHaveLength(MOST_SESSIONS)
    const next = await auth.login('ben')
    expect(await live(idOf(ben))).toHaveLength(MOST_SESSIONS)
    expect(await live(idOf(ben))).not.toContain(oldest)
    expect(await live(idOf(ben))).toContain(second)
    expect((await auth.me(next)).status).toBe(200)
    expect((await auth.audited('session.ended'))[0]).toEqual({ actor: null, target_id: oldest, details: { reason: 'too_many' } })
  })

  it('are 50 also after several sign-ins at once, each of which holds', async () => {
    const cleo = await auth.register('cleo')
    await fill(idOf(cleo), MOST_SESSIONS - 1)
    const answers = await Promise.all(Array.from({ length: 6 }, () => auth.login('cleo')))
    expect(await live(idOf(cleo))).toHaveLength(MOST_SESSIONS)
    for (const answer of answers) expect((await auth.me(answer)).status).toBe(200)
  })

  it('of everybody but the administrator who asks are ended at once', async () => {
    const dan = await auth.register('dan')
    Object.assign(auth.first, await auth.login('admin'))
    const other = await auth.login('admin')
    expect((await auth.as(dan, 'POST', 'admin/end-sessions', {})).body).toMatchObject({ status: 403, code: 'forbidden' })
    const before = (await db.query('SELECT FROM session_families WHERE ended_at IS NULL AND user_id <> $1', [idOf(auth.first)])).rowCount
    const [one, two] = await Promise.all([auth.admin('POST', 'end-sessions', {}), auth.admin('POST', 'end-sessions', {})])
    expect(Number(one.body['sessions']) + Number(two.body['sessions'])).toBe(before)
    expect((await auth.me(dan)).body).toMatchObject({ status: 401, code: 'session_ended' })
    expect((await auth.refresh(dan.token)).body).toMatchObject({ code: 'session_ended' })
    for (const mine of [auth.first, other]) expect((await auth.me(mine)).status).toBe(200)
    expect((await auth.audited('admin.all_sessions_ended')).map(({ actor }) => actor)).toEqual([idOf(auth.first), idOf(auth.first)])
  })
})
