import { openDatabase } from '@chatflow/database'
import { replaceSigningKeys } from './renew-signing-keys.ts'

/**
 * For operators, when a key that signs access tokens may be known to others: `DATA_DIR=... node auth-server/src/replace-keys.ts` with ChatFlow stopped,
 * or `DATABASE_URL=...`, also while it runs; then it takes effect within a minute (docs/SECURITY.md, "Keys").
 */
try {
  const db = await openDatabase({ url: process.env['DATABASE_URL'], dataDir: process.env['DATA_DIR'], onLog: (message) => console.log(message) })
  try {
    await replaceSigningKeys(db, Date.now())
    console.log('Access tokens are signed with a new key; the old ones open nothing any more. People stay signed in.')
  } finally {
    await db.close()
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
