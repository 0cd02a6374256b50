import type { Database } from '@chatflow/database'
import { migrateSync } from '../migrate-sync.ts'
import { migrateAuthStandIn } from './people.ts'

/** Opens a database with the tables of both servers, those of auth-server as far as the sync-server reads them. */
export async function openTables(open: () => Promise<Database>): Promise<Database> {
  const db = await open()
  await migrateAuthStandIn(db)
  await migrateSync(db)
  return db
}
