import { createAuth } from '@chatflow/auth-server'
import type { Database } from '@chatflow/database'
import { createFastify } from '@chatflow/server-kit/create-fastify'
import { createLogger } from '@chatflow/server-kit/logger'
import type { Signed } from '@chatflow/shared/api/account'
import type { Id } from '@chatflow/shared/ids'
import { migrateSync } from '@chatflow/sync-server/testing'
import { PASSWORD } from './account.ts'

export interface PreparedPerson {
  id: Id
  username: string
}

/** Makes the tables and `count` accounts, `person0` and so on, whose passwords are quick to check, before the server starts. */
export async function preparePeople(db: Database, count: number): Promise<PreparedPerson[]> {
  const log = createLogger('error')
  const auth = await createAuth({ db, publicUrl: 'http://localhost:3000', rateLimits: false, log, bcryptCost: 4 })
  await migrateSync(db)
  const app = createFastify({ log })
  await app.register(auth.plugin)
  const people: PreparedPerson[] = []
  for (let i = 0; i < count; i += 1) {
    const username = `person${i}`
    const payload = { username, displayName: `Person ${i}`, email: `${username}@example.org`, password: PASSWORD }
    const answer = await app.inject({ method: 'POST', url: '/api/auth/register', payload })
    people.push({ id: answer.json<Signed>().user.id, username })
  }
  await app.close()
  await auth.close()
  await db.query('update users set email_verified_at = created_at')
  return people
}
