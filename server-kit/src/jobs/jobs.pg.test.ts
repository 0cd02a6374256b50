import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '@chatflow/database'
import { testDatabases } from '@chatflow/database/testing'
import { newId } from '@chatflow/shared/ids'
import { migrateKit } from '../migrate-kit.ts'
import { enqueue } from './enqueue.ts'
import { createJobWorker, type JobHandlers, type JobWorker } from './job-worker.ts'

describe.each(testDatabases())('jobs on $name', ({ open }) => {
  let db: Database
  let now: number
  const workers: JobWorker[] = []
  const warnings: object[] = []
  beforeEach(async () => {
    now = 1_700_000_000_000
    db = await open()
    await migrateKit(db)
  })
  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.close()))
    warnings.length = 0
    await db.close()
  })

  const start = (handler: JobHandlers['account.changed']): JobWorker => {
    const log = { warn: (fields: object) => void warnings.push(fields), error: (fields: object) => void warnings.push(fields) }
    const worker = createJobWorker({ db, handlers: handler ? { 'account.changed': handler } : {}, log, clock: () => now })
    workers.push(worker)
    return worker
  }
  const put = (user = newId(), runAt = now) => db.tx((q) => enqueue(q, 'account.changed', { user }, { now, runAt }))
  const left = async () => (await db.query<{ attempts: number; failed_at: number | null; error: string | null }>('SELECT attempts, failed_at, error FROM jobs')).rows

  it('are done once each, however many workers look', async () => {
    const users = Array.from({ length: 30 }, () => newId())
    for (const user of users) await put(user)
    const done: string[] = []
    const several = [0, 1, 2].map(() => start(async ({ user }) => void done.push(user)))
    await Promise.all(several.map((worker) => worker.drain()))
    expect(done.sort()).toEqual(users.sort())
    expect(await left()).toEqual([])
  })

  it('are not there when their transaction was undone', async () => {
    await expect(
      db.tx(async (q) => {
        await enqueue(q, 'account.changed', { user: newId() }, { now })
        throw new Error('undone')
      }),
    ).rejects.toThrow('undone')
    expect(await left()).toEqual([])
  })

  it('wait for their time, and for a worker of their kind', async () => {
    await put(newId(), now + 1_000)
    const done: number[] = []
    const worker = start(async () => void done.push(now))
    await start(undefined).drain()
    await worker.drain()
    expect(done).toEqual([])
    now += 1_000
    await worker.drain()
    expect(done).toEqual([now])
  })

  it('that fail come back later and later with the same id, then are given up and kept without what the error said', async () => {
    await put()
    const seen: { id: string; attempt: number; at: number }[] = []
    const worker = start(async (_payload, { id, attempt }) => {
      seen.push({ id, attempt, at: now })
      throw Object.assign(new TypeError('planted-secret'), { code: 'EPLANTED' })
    })
    for (let hours = 0; hours < 30; hours++) {
      await worker.drain()
      now += 2 * 3_600_000
    }
    expect(seen.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
    expect(new Set(seen.map(({ id }) => id)).size).toBe(1)
    expect(await left()).toEqual([{ attempts: 12, failed_at: expect.any(Number), error: 'TypeError EPLANTED' }])
    expect(JSON.stringify(await left())).not.toContain('planted-secret')
  })

  it('that fail for good are given up at once, and what is kept of them has no address in it', async () => {
    await db.tx((q) => enqueue(q, 'password.forgot', { email: 'planted@example.org' }, { now }))
    await db.tx((q) => enqueue(q, 'mail', { user: newId(), template: 'account_deleted', to: 'planted@example.org', facts: { name: 'kept' } }, { now }))
    let tries = 0
    const refused = async (): Promise<void> => {
      tries += 1
      throw Object.assign(new Error('no'), { final: true })
    }
    const log = { warn: () => {}, error: (fields: object) => void warnings.push(fields) }
    const worker = createJobWorker({ db, handlers: { mail: refused, 'password.forgot': refused }, log, clock: () => now })
    workers.push(worker)
    await worker.drain()
    now += 24 * 3_600_000
    await worker.drain()
    expect(tries).toBe(2)
    const { rows } = await db.query<{ type: string; payload: object; failed_at: number | null }>('SELECT type, payload, failed_at FROM jobs ORDER BY type')
    expect(rows).toEqual([
      { type: 'mail', payload: { user: expect.any(String), template: 'account_deleted', facts: { name: 'kept' } }, failed_at: now - 24 * 3_600_000 },
      { type: 'password.forgot', payload: {}, failed_at: now - 24 * 3_600_000 },
    ])
    expect(warnings).toHaveLength(2)
  })

  it('back off: a failed job is not tried again at once', async () => {
    await put()
    let tries = 0
    const worker = start(async () => {
      tries += 1
      throw new Error('no')
    })
    await worker.drain()
    await worker.drain()
    expect(tries).toBe(1)
    now += 7_000
    await worker.drain()
    expect(tries).toBe(2)
    now += 7_000
    await worker.drain()
    expect(tries).toBe(2)
  })

  it('of a worker that died are taken up by another when the lease has ended', async () => {
    await put()
    await db.query('UPDATE jobs SET locked_by = $1, locked_until = $2, attempts = 1', [newId(), now + 120_000])
    const done: number[] = []
    const worker = start(async (_payload, { attempt }) => void done.push(attempt))
    await worker.drain()
    expect(done).toEqual([])
    now += 120_000
    await worker.drain()
    expect(done).toEqual([2])
  })
})
