import { openDatabase, renewEpoch } from './database.ts'

/**
 * For operators, after a restore from backup, with ChatFlow stopped: `DATA_DIR=... node database/src/renew-epoch.ts`
 * (or `DATABASE_URL=...`). Clients then offer again what they know to be delivered in the last 7 days, so that what the backup lacks comes back.
 */
try {
  const db = await openDatabase({ url: process.env['DATABASE_URL'], dataDir: process.env['DATA_DIR'], onLog: (message) => console.log(message) })
  try {
    console.log(`A new epoch begins: ${await renewEpoch(db)}`)
  } finally {
    await db.close()
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
