import { createHash } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import pg from 'pg'
import { DatabaseError } from './database-error.ts'
import { ensureEpoch } from './epoch.ts'
import type { Database } from './types.ts'

interface Migration {
  number: number
  name: string
  sql: string
  checksum: string
}

/**
 * Brings the tables of `owner` (`auth`, `sync`) up to the files `NNNN-name.sql` of `dir`, each in a transaction of its own.
 * Processes that start together take turns. Throws `migration` if a file that ran was changed since, or if the database is newer than the files.
 */
export async function migrate(db: Database, owner: string, dir: URL): Promise<void> {
  const migrations = await read(dir)
  await bootstrap(db)
  await ensureEpoch(db)
  const known = new Set(migrations.map((migration) => migration.number))
  const { rows } = await db.query<{ number: number; name: string }>('SELECT number, name FROM schema_migrations WHERE owner = $1 ORDER BY number', [owner])
  const unknown = rows.find((row) => !known.has(row.number))
  if (unknown) throw new DatabaseError('migration', `The database was used by a newer version of ChatFlow (${owner} migration ${unknown.number}, ${unknown.name}). Install that version.`)
  for (const migration of migrations) await apply(db, owner, migration)
}

async function apply(db: Database, owner: string, migration: Migration): Promise<void> {
  await db.tx(async (q) => {
    // Others wait here until this transaction ends, then find the row.
    await q.query('LOCK TABLE schema_migrations IN SHARE ROW EXCLUSIVE MODE')
    const { rows } = await q.query<{ checksum: string }>('SELECT checksum FROM schema_migrations WHERE owner = $1 AND number = $2', [owner, migration.number])
    const done = rows[0]
    if (done?.checksum === migration.checksum) return
    if (done) throw new DatabaseError('migration', `Migration ${migration.name} of ${owner} was changed after it ran. Restore the file, and put the change into a new one.`)
    await q.query('SET LOCAL statement_timeout = 0')
    await q.query(migration.sql)
    await q.query('INSERT INTO schema_migrations (owner, number, name, checksum) VALUES ($1, $2, $3, $4)', [
      owner,
      migration.number,
      migration.name,
      migration.checksum,
    ])
  })
}

async function read(dir: URL): Promise<Migration[]> {
  const base = dir.href.endsWith('/') ? dir : new URL(`${dir.href}/`)
  const names = (await readdir(base)).filter((name) => name.endsWith('.sql')).sort()
  const migrations = await Promise.all(
    names.map(async (name) => {
      const number = /^(\d{4})-[a-z0-9-]+\.sql$/.exec(name)?.[1]
      if (number === undefined) throw new DatabaseError('migration', `The migration ${name} is not named NNNN-name.sql.`)
      const sql = await readFile(new URL(name, base), 'utf8')
      return { number: Number(number), name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    }),
  )
  const double = migrations.find((migration, i) => migrations[i - 1]?.number === migration.number)
  if (double) throw new DatabaseError('migration', `Two migrations have the number ${double.number}.`)
  return migrations
}

/** What Postgres answers to some of those that create one table at once: unique violation of its catalog, the table or its row type is there, deadlock. */
const CREATED_BY_ANOTHER = ['23505', '42P07', '42710', '40P01']

/** However many processes begin at once: one of them wins each round, and the others find its tables in the next. */
async function bootstrap(db: Database): Promise<void> {
  for (let round = 1; ; round++) {
    try {
      await db.query(`
        CREATE TABLE IF NOT EXISTS schema_migrations (
          owner text NOT NULL, number integer NOT NULL, name text NOT NULL, checksum text NOT NULL, PRIMARY KEY (owner, number));
        CREATE TABLE IF NOT EXISTS instance_meta (key text PRIMARY KEY, value text NOT NULL)`)
      return
    } catch (error) {
      if (round === 5 || !(error instanceof pg.DatabaseError) || !CREATED_BY_ANOTHER.includes(error.code ?? '')) throw error
    }
  }
}
