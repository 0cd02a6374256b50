import { openEmbedded } from './embedded/open-embedded.ts'
import { renewEpochOfCopy } from './epoch.ts'
import { openPostgres } from './postgres.ts'
import type { Database } from './types.ts'

export { DatabaseError, type DatabaseProblem } from './database-error.ts'
export { epochOf, renewEpoch } from './epoch.ts'
export { migrate } from './migrate.ts'
export { secretOf } from './secret.ts'
export type { Database, Queryable } from './types.ts'

export interface OpenOptions {
  /** Address of a real Postgres (`DATABASE_URL`); without it PGlite runs embedded, in a worker thread, with its data in `dataDir`. */
  url?: string | undefined
  /** Folder of the embedded database; created if missing. Default `./data`. */
  dataDir?: string | undefined
  /** Hears what takes time and what went wrong, one sentence each. */
  onLog?: ((message: string) => void) | undefined
}

/** Opens the database. Throws `DatabaseError` with one sentence fit to print. */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  const log = options.onLog ?? (() => {})
  if (!options.url) return openEmbedded(options.dataDir ?? './data', log)
  const db = await openPostgres(options.url)
  try {
    if (await renewEpochOfCopy(db)) log('This database was restored or moved: a new epoch begins.')
    return db
  } catch (error) {
    await db.close()
    throw error
  }
}
