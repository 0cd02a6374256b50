import { type Database, migrate } from '@chatflow/database'
import { migrateKit } from '@chatflow/server-kit/migrate-kit'

/** Brings the sync-server's tables up to date; safe when several processes start at once. Reads of auth-server's tables need its migrations too. */
export async function migrateSync(db: Database): Promise<void> {
  await migrateKit(db)
  await migrate(db, 'sync', new URL('./migrations/', import.meta.url))
}
