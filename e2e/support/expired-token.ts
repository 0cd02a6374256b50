import { createAuthServer } from '@chatflow/auth-server'
import { openDatabase } from '@chatflow/database'
import { createLogger } from '@chatflow/server-kit/logger'
import type { Signed } from '@chatflow/shared/api/account'
import type { TestServerOptions } from '../harness/server.ts'

const HOUR_MS = 3_600_000

/** An access token that the keys of this installation signed an hour ago. The server must not be running: it may own the database. */
export async function expiredToken({ databaseUrl, folder, publicUrl = '' }: TestServerOptions): Promise<Signed> {
  const db = await openDatabase({ url: databaseUrl, dataDir: folder })
  const log = createLogger('error')
  const auth = await createAuthServer({ db, publicUrl, rateLimits: false, log, clock: () => Date.now() - HOUR_MS, bcryptCost: 4 })
  const payload = { username: 'late', displayName: 'Late', email: 'late@example.org', password: 'correct horse battery' }
  const answer = await auth.inject({ method: 'POST', url: '/api/auth/register', authority: new URL(publicUrl).host, payload })
  await auth.close()
  await db.close()
  return answer.json<Signed>()
}
