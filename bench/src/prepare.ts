import { createAuth } from '@chatflow/auth-server'
import type { Database } from '@chatflow/database'
import { PASSWORD } from '@chatflow/e2e/account'
import { createFastify } from '@chatflow/server-kit/create-fastify'
import { createLogger } from '@chatflow/server-kit/logger'
import type { Signed } from '@chatflow/shared/api/account'
import { type Id, newId } from '@chatflow/shared/ids'
import { migrateSync } from '@chatflow/sync-server/testing'

export interface Person {
  id: Id
  username: string
}

/** Makes the tables and `count` accounts whose passwords are quick to check, before the server starts. */
export async function preparePeople(db: Database, count: number): Promise<Person[]> {
  const log = createLogger('error')
  const auth = await createAuth({ db, publicUrl: 'http://localhost:3000', rateLimits: false, log, bcryptCost: 4 })
  await migrateSync(db)
  const app = createFastify({ log })
  await app.register(auth.plugin)
  const people: Person[] = []
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

/** A room with a history as an import would leave it: rows only. */
export async function prepareHistory(db: Database, member: Person, messages: number): Promise<Id> {
  const room = newId()
  const begun = Date.now() - messages * 1000
  await db.tx(async (q) => {
    await q.query('SET LOCAL statement_timeout = 0')
    await q.query(
      `insert into rooms (id, kind, name, created_by, created_at, head, rev, document_rev, last_received_at, member_count)
       values ($1, 'public', 'history', $2, $3, $4, $5, $5, $6, 1)`,
      [room, member.id, begun, messages, messages + 1, begun + messages * 1000],
    )
    await q.query(`insert into members (room_id, user_id, role, joined_at) values ($1, $2, 'member', $3)`, [room, member.id, begun])
    await q.query(
      `insert into messages (room_id, seq, id, rev, by_user, sent_at, received_at, text)
       select $1, n, gen_random_uuid(), n, $2, $3 + n * 1000, $3 + n * 1000,
              'Message number ' || lpad(n::text, 7, '0') || ' of a long conversation about ships, weather and the price of tickets.'
         from generate_series(1, $4::bigint) as n`,
      [room, member.id, begun, messages],
    )
  })
  return room
}
