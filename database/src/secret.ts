import { randomBytes } from 'node:crypto'
import { DatabaseError } from './database-error.ts'
import type { Database } from './types.ts'

/**
 * A secret of this database by its name, 64 hex digits, made when it is first asked for: every process that shares the database has the same.
 * The database must have been migrated by then.
 */
export async function secretOf(db: Database, name: string): Promise<string> {
  const key = `secret:${name}`
  await db.query('INSERT INTO instance_meta (key, value) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING', [key, randomBytes(32).toString('hex')])
  const { rows } = await db.query<{ value: string }>('SELECT value FROM instance_meta WHERE key = $1', [key])
  if (!rows[0]) throw new DatabaseError('migration', 'A secret of the database is gone.')
  return rows[0].value
}
