import type { Database } from '@chatflow/database'
import { testDatabases } from '@chatflow/database/testing'
import { afterAll, beforeAll, expect, it, describe } from 'vitest'
import { newId } from '@chatflow/shared/ids'
import { KEPT_MS, sweepForgotten } from './sweep-forgotten.ts'
import { authFixture, type AuthFixture } from './testing/auth-fixture.ts'

describe.each(testDatabases())('what is of no use any more, on $name,', ({ open }) => {
  let db: Database
  let auth: AuthFixture
  let ada: string
  const now = 1_900_000_000_000

  beforeAll(async () => {
    db = await open()
    auth = await authFixture(db)
    ada = ((await auth.register('ada')).body['user'] as { id: string }).id
  })
  afterAll(async () => {
    await auth.close()
    await db.close()
  })

  const ids = async (sql: string) => (await db.query<{ id: string }>(sql)).rows.map(({ id }) => id).sort()

  it('goes: sessions that are over, with their devices, but none that has a token left', async () => {
    const limit = now - KEPT_MS.session
    const [unused, ended, used, held] = [newId(), newId(), newId(), newId()]
    for (const [id, lastUsed, end] of [[unused, limit - 1, null], [ended, limit - 1_000, limit - 1], [used, limit, null], [held, limit - 1, null]] as const) {
      await db.query('INSERT INTO session_families (id, user_id, created_at, last_used_at, ended_at) VALUES ($1, $2, $3, $4, $5)', [id, ada, limit - 2_000, lastUsed, end])
    }
    await db.query("INSERT INTO sessions (id, user_id, expires_at, family, generation) VALUES ('a-token', $1, to_timestamp($3 / 1000.0), $2, 0)", [ada, held, now])
    await sweepForgotten(db, now)
    const left = await ids('SELECT id FROM session_families')
    expect(left).toEqual(expect.arrayContaining([used, held]))
    expect(left).not.toContain(unused)
    expect(left).not.toContain(ended)
  })

  it('goes: secrets of apps that nobody confirmed', async () => {
    const bob = ((await auth.register('bob')).body['user'] as { id: string }).id
    const cy = ((await auth.register('cy')).body['user'] as { id: string }).id
    for (const [user, created, confirmed] of [[ada, now - KEPT_MS.unconfirmedApp - 1, null], [bob, now - KEPT_MS.unconfirmedApp - 1, 1], [cy, now - KEPT_MS.unconfirmedApp, null]] as const) {
      await db.query("INSERT INTO totp (user_id, secret, created_at, confirmed_at) VALUES ($1, 'sealed', $2, $3)", [user, created, confirmed])
    }
    await sweepForgotten(db, now)
    expect(await ids('SELECT user_id AS id FROM totp')).toEqual([bob, cy].sort())
  })

  it('goes: invitations and jobs that were given up, each after its time', async () => {
    const [over, revoked, open_, late] = [newId(), newId(), newId(), newId()]
    const limit = now - KEPT_MS.invitation
    for (const [id, expires, revokedAt] of [[over, limit - 1, null], [revoked, now + 1, limit - 1], [open_, now + 1, null], [late, limit, null]] as const) {
      await db.query("INSERT INTO invitations (id, code_hash, role, note, uses, created_by, created_at, expires_at, revoked_at) VALUES ($1, $2, 'member', '', 1, $3, 1, $4, $5)", [id, `hash ${id}`, ada, expires, revokedAt])
    }
    const [failed, waiting] = [newId(), newId()]
    for (const [id, at] of [[failed, now - KEPT_MS.failedJob - 1], [waiting, null]] as const) {
      await db.query("INSERT INTO jobs (id, type, payload, run_at, created_at, failed_at) VALUES ($1, 'none', '{}', 1, 1, $2)", [id, at])
    }
    await sweepForgotten(db, now)
    expect(await ids('SELECT id FROM invitations')).toEqual([open_, late].sort())
    expect(await ids("SELECT id FROM jobs WHERE type = 'none'")).toEqual([waiting])
  })
})
