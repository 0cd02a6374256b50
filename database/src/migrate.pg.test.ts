import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { epochOf, migrate, openDatabase, renewEpoch, type Database } from './database.ts'
import { freshDatabase, testDatabases, testPostgres } from './testing.ts'

function folderOf(files: Record<string, string>): { dir: URL; write: (files: Record<string, string>) => void; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'chatflow-migrations-'))
  const write = (more: Record<string, string>) => {
    for (const [name, sql] of Object.entries(more)) writeFileSync(join(folder, name), sql)
  }
  write(files)
  return { dir: pathToFileURL(folder), write, remove: () => rmSync(folder, { recursive: true }) }
}

describe.each(testDatabases())('migrations on $name', ({ open }) => {
  let db: Database
  let files: ReturnType<typeof folderOf>
  beforeEach(async () => {
    db = await open()
    files = folderOf({ '0001-one.sql': 'CREATE TABLE one (n int); INSERT INTO one VALUES (1);', '0002-two.sql': 'CREATE TABLE two (n int)' })
  })
  afterEach(async () => {
    await db.close()
    files.remove()
  })
  const run = () => migrate(db, 'test', files.dir)

  it('run once each, in order, also when started many times at once', async () => {
    await Promise.all(Array.from({ length: 5 }, run))
    await run()
    expect((await db.query('SELECT n FROM one')).rows).toEqual([{ n: 1 }])
    expect((await db.query('SELECT owner, number, name FROM schema_migrations ORDER BY number')).rows).toEqual([
      { owner: 'test', number: 1, name: '0001-one.sql' },
      { owner: 'test', number: 2, name: '0002-two.sql' },
    ])
  })

  it('of two owners do not meet', async () => {
    const others = folderOf({ '0001-other.sql': 'CREATE TABLE other (n int)' })
    await Promise.all([run(), migrate(db, 'other', others.dir)])
    expect((await db.query('SELECT FROM schema_migrations')).rowCount).toBe(3)
    others.remove()
  })

  it('are undone whole when one fails, and run after it was mended', async () => {
    files.write({ '0003-three.sql': 'CREATE TABLE three (n int); SELECT nothing FROM nowhere' })
    await expect(run()).rejects.toMatchObject({ code: '42P01' })
    files.write({ '0003-three.sql': 'CREATE TABLE three (n int)' })
    await run()
    expect((await db.query('SELECT FROM three')).rowCount).toBe(0)
  })

  it('that were changed after they ran are refused', async () => {
    await run()
    files.write({ '0001-one.sql': 'CREATE TABLE one (n bigint)' })
    await expect(run()).rejects.toMatchObject({ problem: 'migration', message: expect.stringContaining('0001-one.sql') })
  })

  it('refuse a database that a newer version has used', async () => {
    await run()
    await db.query(`INSERT INTO schema_migrations VALUES ('test', 3, '0003-later.sql', '')`)
    await expect(run()).rejects.toMatchObject({ problem: 'migration', message: expect.stringContaining('newer version') })
  })

  it('refuse files without a number, or with the same', async () => {
    files.write({ '0002-again.sql': 'SELECT 1' })
    await expect(run()).rejects.toMatchObject({ problem: 'migration' })
    const wrong = folderOf({ 'later.sql': 'SELECT 1' })
    await expect(migrate(db, 'wrong', wrong.dir)).rejects.toMatchObject({ problem: 'migration' })
    wrong.remove()
  })

  it('begin one epoch, which stays until it is renewed', async () => {
    await expect(epochOf(db)).rejects.toMatchObject({ problem: 'migration' })
    await Promise.all([run(), run()])
    const epoch = await epochOf(db)
    await run()
    expect(await epochOf(db)).toBe(epoch)
    const renewed = await renewEpoch(db)
    expect(renewed).not.toBe(epoch)
    expect(await epochOf(db)).toBe(renewed)
  })
})

describe('a Postgres database', () => {
  it('is made ready once, however many processes find it empty at the same moment', async () => {
    const { dir, remove } = folderOf({ '0001-one.sql': 'CREATE TABLE one (n int); INSERT INTO one VALUES (1);' })
    const server = await testPostgres()
    for (let round = 0; round < 15; round++) {
      const url = await freshDatabase(server)
      const processes = await Promise.all(Array.from({ length: 6 }, () => openDatabase({ url })))
      await Promise.all(processes.map((db) => migrate(db, 'test', dir)))
      expect((await processes[0]?.query('SELECT n FROM one'))?.rows).toEqual([{ n: 1 }])
      await Promise.all(processes.map((db) => db.close()))
    }
    remove()
  })

  it('that was restored as another one begins a new epoch by itself, once, however many servers open it', async () => {
    const none = folderOf({})
    const url = await freshDatabase(await testPostgres())
    const original = await openDatabase({ url })
    await migrate(original, 'test', none.dir)
    const epoch = await epochOf(original)
    await original.close()

    const again = await openDatabase({ url })
    expect(await epochOf(again)).toBe(epoch)
    const copy = new URL(url)
    copy.pathname = `${copy.pathname}_copy`
    await again.close()
    const admin = await openDatabase({ url: await testPostgres() })
    await admin.query(`CREATE DATABASE ${copy.pathname.slice(1)} TEMPLATE ${new URL(url).pathname.slice(1)}`)
    await admin.close()

    const servers = await Promise.all([openDatabase({ url: copy.href }), openDatabase({ url: copy.href })])
    const epochs = await Promise.all(servers.map(epochOf))
    expect(epochs[0]).toBe(epochs[1])
    expect(epochs[0]).not.toBe(epoch)
    await Promise.all(servers.map((server) => server.close()))
    const later = await openDatabase({ url: copy.href })
    expect(await epochOf(later)).toBe(epochs[0])
    await later.close()
    none.remove()
  })

  it('that cannot be reached is told in one sentence without the password', async () => {
    const error = await openDatabase({ url: 'postgres://someone:planted@127.0.0.1:1/chat' }).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ problem: 'unreachable', message: expect.stringContaining('Cannot reach the database of DATABASE_URL (127.0.0.1:1/chat)') })
    expect(String(error)).not.toContain('planted')
  })
})
