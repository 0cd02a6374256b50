import { readFile } from 'node:fs/promises'
import { openDatabase, renewEpoch } from './database.ts'

/**
 * For operators, after a restore from backup, with ChatFlow stopped: `DATA_DIR=... node database/src/renew-epoch.ts`
 * (or `DATABASE_URL=...`, `DATABASE_URL_FILE=...`). Clients then offer again what they know to be delivered in the last 7 days, so that what the backup lacks comes back.
 */
try {
  const file = process.env['DATABASE_URL_FILE']
  // Whoever keeps the address in a file means that database, and not an embedded one.
  const url = process.env['DATABASE_URL'] || (file ? (await readFile(file, 'utf8')).trim() : undefined)
  const db = await openDatabase({ url, dataDir: process.env['DATA_DIR'], onLog: (message) => console.log(message) })
  try {
    console.log(`A new epoch begins: ${await renewEpoch(db)}`)
  } finally {
    await db.close()
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
