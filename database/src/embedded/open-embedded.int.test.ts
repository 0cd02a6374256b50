import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { epochOf, migrate, openDatabase, type Database } from '../database.ts'
import { ownIdentity } from './process-identity.ts'

const none = new URL('../testing/no-migrations/', import.meta.url)

describe('the embedded database', () => {
  let root: string
  let made: string
  let dataDir: string

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'chatflow-embedded-'))
    made = join(root, 'made')
    const logs: string[] = []
    const db = await openDatabase({ dataDir: made, onLog: (message) => logs.push(message) })
    await migrate(db, 'test', none)
    await db.close()
    expect(logs).toEqual([expect.stringContaining('Creating the database')])
  })
  afterAll(() => rmSync(root, { recursive: true, force: true }))
  beforeEach(() => {
    dataDir = mkdtempSync(join(root, 'data-'))
    cpSync(made, dataDir, { recursive: true })
  })

  const open = (onLog?: (message: string) => void) => openDatabase({ dataDir, onLog })
  async function withDatabase<T>(work: (db: Database) => Promise<T>): Promise<T> {
    const db = await open()
    try {
      return await work(db)
    } finally {
      await db.close()
    }
  }
  const left = (holder: object) => writeFileSync(join(dataDir, 'database.lock'), JSON.stringify({ ...ownIdentity(), ...holder }))

  it('keeps its rows, leaves no lock and no socket behind, and its socket is private', async () => {
    const db = await open()
    const sockets = readdirSync(dataDir).find((name) => name.startsWith('.socket-')) ?? ''
    expect(statSync(join(dataDir, sockets)).mode & 0o777).toBe(0o700)
    await db.query('CREATE TABLE kept AS SELECT 1 AS n')
    await db.close()
    await db.close()
    expect(readdirSync(dataDir)).toEqual(['database'])
    expect((await withDatabase((again) => again.query('SELECT n FROM kept'))).rows).toEqual([{ n: 1 }])
    await expect(db.query('SELECT 1')).rejects.toMatchObject({ problem: 'closed' })
  })

  it('is refused to a second process, and survives the first being killed with every row it had acknowledged', async () => {
    const holder = spawn(process.execPath, [new URL('../testing/holder.ts', import.meta.url).pathname, dataDir], { stdio: ['ignore', 'pipe', 'inherit'] })
    const ended = new Promise((resolve) => holder.once('exit', resolve))
    let last = 0
    let refusal: unknown
    for await (const line of createInterface(holder.stdout)) {
      if (line === 'open') refusal = await open().catch((error: unknown) => error)
      else last = Number(line)
      if (last === 50) holder.kill('SIGKILL')
    }
    await ended
    expect(refusal).toMatchObject({ problem: 'in-use', message: expect.stringContaining(`process ${holder.pid}.`) })
    expect(last).toBeGreaterThanOrEqual(50)
    const rows = await withDatabase(async (db) => (await db.query<{ n: number }>('SELECT n FROM beat ORDER BY n')).rows)
    expect(rows.slice(0, last).map((row) => row.n)).toEqual(Array.from({ length: last }, (_, i) => i + 1))
  })

  it('renews its epoch after the machine went down under it, and only then', async () => {
    const epoch = await withDatabase(epochOf)
    left({ pid: 999_999_999 })
    expect(await withDatabase(epochOf)).toBe(epoch)
    left({ boot: 'another boot' })
    const renewed = await withDatabase(epochOf)
    expect(renewed).not.toBe(epoch)
    expect(await withDatabase(epochOf)).toBe(renewed)
  })

  it('is not hurt by a first start that was interrupted', async () => {
    rmSync(join(dataDir, 'database'), { recursive: true })
    mkdirSync(join(dataDir, 'database.new'))
    writeFileSync(join(dataDir, 'database.new', 'PG_VERSION'), '18\n')
    expect((await withDatabase((db) => db.query('SELECT 1 AS n'))).rows).toEqual([{ n: 1 }])
    expect(existsSync(join(dataDir, 'database.new'))).toBe(false)
  })

  it('works in a folder whose path is too long for a socket', async () => {
    dataDir = join(dataDir, 'x'.repeat(60), 'y'.repeat(60))
    cpSync(made, dataDir, { recursive: true })
    expect((await withDatabase((db) => db.query('SELECT 1 AS n'))).rows).toEqual([{ n: 1 }])
  })

  it('of another version is refused untouched', async () => {
    writeFileSync(join(dataDir, 'database', 'PG_VERSION'), '17\n')
    await expect(open()).rejects.toMatchObject({ problem: 'wrong-version', message: expect.stringContaining('made by PostgreSQL 17') })
    expect(readFileSync(join(dataDir, 'database', 'PG_VERSION'), 'utf8')).toBe('17\n')
    expect(readdirSync(dataDir)).toEqual(['database'])
  })

  it('that is damaged is told, not made anew', async () => {
    truncateSync(join(dataDir, 'database', 'global', 'pg_control'), 100)
    await expect(open()).rejects.toMatchObject({ problem: 'corrupt', message: expect.stringContaining('Restore a backup') })
    rmSync(join(dataDir, 'database', 'PG_VERSION'))
    await expect(open()).rejects.toMatchObject({ problem: 'corrupt' })
    expect(readdirSync(dataDir)).toEqual(['database'])
  })

  it('in a folder that cannot be written is refused with one sentence', async () => {
    const file = join(dataDir, 'file')
    writeFileSync(file, '')
    await expect(openDatabase({ dataDir: join(file, 'data') })).rejects.toMatchObject({ problem: 'unwritable', message: expect.stringContaining(`Cannot write to the data folder ${file}`) })
  })

  it('that crashes fails its queries, says so, and opens again', async () => {
    const logs: string[] = []
    const db = await open((message) => logs.push(message))
    await db.query('CREATE TABLE before AS SELECT 1 AS n')
    // What PGlite does not offer makes it throw in the middle of a query.
    const results = await Promise.allSettled([db.query(`COPY (SELECT 1) TO PROGRAM 'true'`), db.query('SELECT 1'), db.tx((q) => q.query('SELECT 1'))])
    for (const result of results) expect(result).toMatchObject({ status: 'rejected', reason: { problem: 'crashed' } })
    await expect(db.query('SELECT 1')).rejects.toMatchObject({ problem: 'crashed' })
    expect(logs).toEqual([expect.stringContaining('has crashed')])
    await db.close()
    expect(readdirSync(dataDir)).toContain('database.lock')
    expect((await withDatabase((again) => again.query('SELECT n FROM before'))).rows).toEqual([{ n: 1 }])
  })
})
