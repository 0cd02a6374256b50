import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '@chatflow/database'
import { testDatabases } from '@chatflow/database/testing'
import { createSessions } from './sessions.ts'
import { authFixture, type AuthFixture } from './testing/auth-fixture.ts'

const TEN_SECONDS = 10_001

describe.each(testDatabases())('refresh on $name', ({ open }) => {
  let db: Database
  let auth: AuthFixture

  beforeAll(async () => {
    db = await open()
    auth = await authFixture(db)
    await auth.register('ada')
  })
  afterAll(async () => {
    await auth.close()
    await db.close()
  })
  const begin = async () => (await auth.login('ada')).token
  const codeOf = async (token: string | undefined) => (await auth.refresh(token)).body['code']

  it('gives a new token each time, and an access token of the same session', async () => {
    const first = await auth.login('ada')
    const second = await auth.refresh(first.token)
    const third = await auth.refresh(second.token)
    expect(new Set([first.token, second.token, third.token]).size).toBe(3)
    expect(third.body['user']).toEqual(first.body['user'])
    expect((await auth.me(third)).status).toBe(200)
  })

  it('gives twenty who come at once one successor, which works', async () => {
    const token = await begin()
    const answers = await Promise.all(Array.from({ length: 20 }, () => auth.refresh(token)))
    expect(answers.map((answer) => answer.status)).toEqual(Array.from({ length: 20 }, () => 200))
    const tokens = new Set(answers.map((answer) => answer.token))
    expect(tokens.size).toBe(1)
    const { rows } = await db.query<{ n: number }>('SELECT count(*) AS n FROM sessions WHERE family = (SELECT family FROM sessions ORDER BY id = $1 DESC LIMIT 1)', [
      (await import('./refresh-tokens.ts')).idOf(token ?? ''),
    ])
    expect(rows).toEqual([{ n: 2 }])
    expect((await auth.refresh([...tokens][0])).status).toBe(200)
  })

  it('gives the same successor again within 10 s, as if the answer had been lost', async () => {
    const token = await begin()
    const first = await auth.refresh(token)
    auth.pass(9_000)
    expect((await auth.refresh(token)).token).toBe(first.token)
  })

  it('gives a new successor after 10 s, which voids the unused one', async () => {
    const token = await begin()
    const lost = await auth.refresh(token)
    auth.pass(TEN_SECONDS)
    const found = await auth.refresh(token)
    expect(found.status).toBe(200)
    expect(found.token).not.toBe(lost.token)
    auth.pass(7 * 24 * 3_600_000)
    const later = await auth.refresh(token)
    expect(later.status).toBe(200)
    expect((await auth.refresh(later.token)).status).toBe(200)
  })

  it('ends the family when a voided token is used', async () => {
    const token = await begin()
    const voided = await auth.refresh(token)
    auth.pass(TEN_SECONDS)
    const found = await auth.refresh(token)
    expect(await codeOf(voided.token)).toBe('refresh_reused')
    expect(await codeOf(found.token)).toBe('session_ended')
    expect(await codeOf(token)).toBe('session_ended')
  })

  it.each([0, TEN_SECONDS])('ends the family when a superseded token is used, after %i ms too', async (ms) => {
    const first = await auth.login('ada')
    const second = await auth.refresh(first.token)
    const third = await auth.refresh(second.token)
    auth.pass(ms)
    const reuse = await auth.refresh(first.token)
    expect(reuse.body).toMatchObject({ status: 401, code: 'refresh_reused' })
    expect(reuse.token).toBe('')
    expect(await codeOf(third.token)).toBe('session_ended')
    expect((await auth.me(third)).body).toMatchObject({ code: 'session_ended' })
    expect(auth.lines.join('')).toContain('a spent refresh token was used')
  })

  it('leaves other sessions alone when one ends', async () => {
    const other = await begin()
    const token = await begin()
    await auth.refresh((await auth.refresh(token)).token)
    expect(await codeOf(token)).toBe('refresh_reused')
    expect((await auth.refresh(other)).status).toBe(200)
  })

  it('leaves one live token or none, however old and new uses race', async () => {
    for (let round = 0; round < 10; round++) {
      const token = await begin()
      const lost = await auth.refresh(token)
      auth.pass(TEN_SECONDS)
      const answers = await Promise.all([auth.refresh(token), auth.refresh(lost.token), auth.refresh(token)])
      const live = await db.query<{ n: number }>(
        `SELECT count(*) AS n FROM sessions s JOIN session_families f ON f.id = s.family
         WHERE f.id = (SELECT family FROM sessions WHERE id = $1) AND f.ended_at IS NULL AND s.replaced_by IS NULL AND s.voided_at IS NULL`,
        [(await import('./refresh-tokens.ts')).idOf(token ?? '')],
      )
      expect(live.rows[0]?.n).toBeLessThanOrEqual(1)
      expect(answers.every((answer) => answer.status === 200 || answer.status === 401)).toBe(true)
    }
  })

  it('ends with logout, which also ends the access token, is in the audit log once, and may be asked twice', async () => {
    const answer = await auth.login('ada')
    const out = await auth.post('logout', { cookie: answer.token })
    expect([out.status, out.token]).toEqual([204, ''])
    expect(await codeOf(answer.token)).toBe('session_ended')
    expect((await auth.me(answer)).body).toMatchObject({ code: 'session_ended' })
    expect((await auth.post('logout', { cookie: answer.token })).status).toBe(204)
    expect((await auth.post('logout')).status).toBe(204)
    const session = (JSON.parse(Buffer.from(String(answer.body['accessToken']).split('.')[1] ?? '', 'base64url').toString()) as { sid: string }).sid
    expect((await db.query("SELECT 1 FROM audit_log WHERE action = 'session.ended' AND target_id = $1", [session])).rowCount).toBe(1)
  })

  it.each([undefined, '', 'x', 'A'.repeat(64), `${'a'.repeat(39)}'`, 'a'.repeat(65), '%00'.repeat(20), 'f'.repeat(64)])('[R9] refuses the cookie %s', async (cookie) => {
    const answer = await auth.refresh(cookie)
    expect(answer.status).toBe(401)
    expect((await auth.post('logout', { cookie })).status).toBe(204)
  })

  it('keeps no token, only its hash', async () => {
    const token = await begin()
    const next = await auth.refresh(token)
    const { rows } = await db.query('SELECT * FROM sessions')
    expect(JSON.stringify(rows)).not.toContain(token)
    expect(JSON.stringify(rows)).not.toContain(next.token)
  })

  it('removes what is of no more use, and nothing else', async () => {
    const first = await begin()
    const second = (await auth.refresh(first)).token
    const third = (await auth.refresh(second)).token
    const later = createSessions(db, 'other', () => Date.now() + 40 * 24 * 3_600_000)
    await later.sweep()
    const { rows } = await db.query<{ generation: number }>('SELECT generation FROM sessions WHERE family = (SELECT family FROM sessions WHERE id = $1) ORDER BY 1', [
      (await import('./refresh-tokens.ts')).idOf(third ?? ''),
    ])
    expect(rows.map((row) => row.generation)).toEqual([1, 2])
    await db.query(`UPDATE sessions SET expires_at = now() - interval '1 second'`)
    expect(await codeOf(third)).toBe('session_ended')
    await later.sweep()
    expect((await db.query('SELECT FROM sessions')).rowCount).toBe(0)
  })
})
