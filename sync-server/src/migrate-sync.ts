import { type Database, migrate } from '@chatflow/database'

/** Brings the sync-server's tables up to date; safe when several processes start at once. Reads of auth-server's tables need its migrations too. */
export function migrateSync(db: Database): Promise<void> {
  return migrate(db, 'sync', new URL('./migrations/', import.meta.url))
}
