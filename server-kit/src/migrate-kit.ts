import { type Database, migrate } from '@chatflow/database'

/** Brings the tables that both servers use up to date; safe when several processes start at once. */
export function migrateKit(db: Database): Promise<void> {
  return migrate(db, 'kit', new URL('./migrations/', import.meta.url))
}
