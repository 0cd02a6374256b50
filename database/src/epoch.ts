import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { DatabaseError } from './database-error.ts'
import type { Database, Queryable } from './types.ts'

const EPOCH = 'epoch'
const IDENTITY = 'identity'

/**
 * The epoch: a name for one unbroken history of this database. Clients that meet another one drop their replicas and offer
 * again what was settled lately, so a database that went back in time gets back what it lost.
 */
export async function epochOf(db: Database): Promise<string> {
  const { rows } = (await hasMeta(db)) ? await db.query<{ value: string }>('SELECT value FROM instance_meta WHERE key = $1', [EPOCH]) : { rows: [] }
  const row = rows[0]
  if (!row) throw new DatabaseError('migration', 'The database has no epoch yet: migrate it first.')
  return row.value
}

/** Begins a new epoch, and returns it: for after a restore from backup. Running servers take it up when they are started again. */
export async function renewEpoch(db: Database): Promise<string> {
  // Not on a database that no server has made: there is nothing to renew.
  await epochOf(db)
  const epoch = randomUUID()
  await put(db, EPOCH, epoch)
  return epoch
}

/** Creates the epoch of a new database; processes that start together agree on one. */
export async function ensureEpoch(db: Database): Promise<void> {
  await db.query('INSERT INTO instance_meta (key, value) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING', [EPOCH, randomUUID()])
  const identity = await identityOf(db)
  if (identity) await db.query('INSERT INTO instance_meta (key, value) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING', [IDENTITY, identity])
}

/**
 * Renews the epoch if this is not the database that was last opened but a copy of it: another cluster, another timeline of it
 * (a restore to a point in time, a promoted standby) or another database in it. True if it was renewed.
 */
export async function renewEpochOfCopy(db: Database): Promise<boolean> {
  const identity = await identityOf(db)
  if (!identity || !(await hasMeta(db))) return false
  return db.tx(async (q) => {
    const { rows } = await q.query<{ value: string }>('SELECT value FROM instance_meta WHERE key = $1 FOR UPDATE', [IDENTITY])
    if (!rows[0] || rows[0].value === identity) return false
    await put(q, IDENTITY, identity)
    await put(q, EPOCH, randomUUID())
    return true
  })
}

/** True once a server has migrated this database. */
export async function hasMeta(db: Database): Promise<boolean> {
  const { rows } = await db.query<{ there: boolean }>(`SELECT to_regclass('instance_meta') IS NOT NULL AS there`)
  return rows[0]?.there === true
}

/** Undefined for PGlite, whose every folder is alike, and where the functions are not permitted. */
async function identityOf(db: Database): Promise<string | undefined> {
  if (db.kind === 'pglite') return undefined
  try {
    const { rows } = await db.query<{ identity: string }>(`
      SELECT (SELECT system_identifier FROM pg_control_system())::text || '/' || (SELECT timeline_id FROM pg_control_checkpoint())::text
        || '/' || (SELECT oid FROM pg_database WHERE datname = current_database())::text AS identity`)
    return rows[0]?.identity
  } catch (error) {
    // Class 42: not permitted, or not offered by this service.
    if (error instanceof pg.DatabaseError && error.code?.startsWith('42')) return undefined
    throw error
  }
}

async function put(q: Queryable, key: string, value: string): Promise<void> {
  await q.query('INSERT INTO instance_meta (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value', [key, value])
}
