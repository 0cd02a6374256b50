import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '@chatflow/database'
import { testDatabases } from '@chatflow/database/testing'
import type { SessionInfo } from '@chatflow/shared/api/sessions'
import { authFixture, PASSWORD, type Answer, type AuthFixture } from './testing/auth-fixture.ts'

const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1'
const DAY = 24 * 3_600_000

describe.each(testDatabases())('the sessions of an account on $name', ({ open }) => {
  let db: Database
  let auth: AuthFixture
  let ada: Answer
  let phone: Answer

  beforeEach(async () => {
    db = await open()
    auth = await authFixture(db)
    ada = await auth.register('ada')
    auth.pass(1_000)
    phone = await auth.login('ada', PASSWORD, { headers: { 'user-agent': IPHONE } })
  })
  afterEach(async () => {
    await auth.close()
    await db.close()
  })
  const list = async (me: Answer) => (await auth.as(me, 'GET', 'sessions')).body['sessions'] as SessionInfo[]
  const codeOf = async (answer: Answer | Promise<Answer>) => (await answer).body['code']
  const ended = async () => (await db.query("SELECT target_id FROM audit_log WHERE action = 'session.ended' ORDER BY id")).rows.map((row) => row['target_id'])

  it('are listed with their devices, the present one first', async () => {
    const other = await auth.register('ben')
    const sessions = await list(ada)
    expect(sessions.map(({ device, browser, current }) => ({ device, browser, current }))).toEqual([
      { device: '', browser: '', current: true },
      { device: 'iPhone', browser: 'Safari 17', current: false },
    ])
    expect((await list(phone)).map(({ id, current }) => [id, current])).toEqual([[sessions[1]?.id, true], [sessions[0]?.id, false]])
    expect(await list(other)).toHaveLength(1)
  })

  it('keep the time of their last refresh, and are gone from the list 30 days after it', async () => {
    const [before] = await list(phone)
    auth.pass(DAY)
    const refreshed = await auth.refresh(phone.token)
    const [after] = await list(refreshed)
    expect(after?.createdAt).toBe(before?.createdAt)
    expect((after?.lastUsedAt ?? 0) - (before?.lastUsedAt ?? 0)).toBeGreaterThanOrEqual(DAY)
    auth.pass(29.5 * DAY)
    expect(await list(await auth.refresh(refreshed.token))).toHaveLength(1)
  })

  it('end one by one, access token and cookie alike, and each end is recorded', async () => {
    const [, other] = await list(ada)
    expect((await auth.as(ada, 'DELETE', `sessions/${other?.id}`)).status).toBe(204)
    expect(await codeOf(auth.me(phone))).toBe('session_ended')
    expect(await codeOf(auth.refresh(phone.token))).toBe('session_ended')
    expect((await auth.me(ada)).status).toBe(200)
    expect(await codeOf(auth.as(ada, 'DELETE', `sessions/${other?.id}`))).toBe('not_found')
    expect(await ended()).toEqual([other?.id])
  })

  it('end all but the one that asks', async () => {
    const third = await auth.login('ada')
    const ben = await auth.register('ben')
    expect((await auth.as(ada, 'DELETE', 'sessions')).status).toBe(204)
    for (const answer of [phone, third]) expect(await codeOf(auth.refresh(answer.token))).toBe('session_ended')
    expect((await auth.refresh(ada.token)).status).toBe(200)
    expect((await auth.refresh(ben.token)).status).toBe(200)
    expect(await ended()).toHaveLength(2)
  })

  it('can be the one that asks', async () => {
    const [present] = await list(ada)
    expect((await auth.as(ada, 'DELETE', `sessions/${present?.id}`)).status).toBe(204)
    expect(await codeOf(auth.me(ada))).toBe('session_ended')
  })

  it('of others do not exist', async () => {
    const ben = await auth.register('ben')
    const [session] = await list(ada)
    for (const id of [session?.id, 'x', 'A'.repeat(36)]) expect(await codeOf(auth.as(ben, 'DELETE', `sessions/${id}`))).toBe('not_found')
    expect((await auth.me(ada)).status).toBe(200)
  })

  it('need someone who is signed in', async () => {
    for (const [method, path] of [['GET', 'sessions'], ['DELETE', 'sessions'], ['DELETE', 'sessions/x']] as const) {
      expect(await codeOf(auth.send(method, `/api/auth/${path}`))).toBe('unauthenticated')
    }
  })

  it('that were used twice are told of by mail and recorded, once', async () => {
    const second = await auth.refresh(phone.token)
    await auth.refresh(second.token)
    const answers = await Promise.all(Array.from({ length: 5 }, () => auth.refresh(phone.token)))
    expect(answers.filter((answer) => answer.body['code'] === 'refresh_reused')).toHaveLength(1)
    await auth.work()
    const told = (await auth.mails()).filter(({ subject }) => subject === 'A session was ended for safety')
    expect(told).toHaveLength(1)
    expect(told[0]).toMatchObject({ to: 'ada@example.org' })
    expect(told[0]?.text).toContain('Safari 17 on iPhone')
    expect((await db.query("SELECT FROM audit_log WHERE action = 'session.reused'")).rowCount).toBe(1)
  })
})
