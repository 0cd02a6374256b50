import { createAuth } from '@chatflow/auth-server'
import { type Database, openDatabase } from '@chatflow/database'
import { createFastify } from '@chatflow/server-kit/create-fastify'
import { createLogger } from '@chatflow/server-kit/logger'
import type { Signed } from '@chatflow/shared/api'
import { type Id, newId } from '@chatflow/shared/ids'
import { createSync } from '@chatflow/sync-server'

export const PASSWORD = 'correct horse battery'

export interface Prepared {
  users: { id: Id; username: string }[]
  /** Rooms with a history, by their number of messages. */
  histories: Map<number, Id>
}

/** Makes tables, accounts, and rooms with the given numbers of messages, before the server starts. The n-th account is only in the n-th of these rooms. */
export async function prepare(where: { url?: string; dataDir?: string }, people: number, histories: readonly number[]): Promise<Prepared> {
  const db = await openDatabase(where)
  const log = createLogger('error')
  const publicUrl = 'http://localhost:3000'
  const auth = await createAuth({ db, publicUrl, rateLimits: false, log })
  const sync = await createSync({ db, publicUrl, keys: auth.keys, rateLimits: false, log })
  await sync.close()
  const app = createFastify({ log })
  await app.register(auth.plugin)
  const users: Prepared['users'] = []
  for (let i = 0; i < people; i += 1) {
    const username = `person${i}`
    const payload = { username, displayName: `Person ${i}`, email: `${username}@example.org`, password: PASSWORD }
    const answer = await app.inject({ method: 'POST', url: '/api/auth/register', payload })
    users.push({ id: answer.json<Signed>().user.id, username })
  }
  const made = new Map<number, Id>()
  for (const [i, messages] of histories.entries()) made.set(messages, await history(db, users.slice(i, i + 1).map((user) => user.id), messages))
  await app.close()
  await auth.close()
  await db.close()
  return { users, histories: made }
}

/** A room as an import would leave it: rows only. */
async function history(db: Database, members: readonly Id[], messages: number): Promise<Id> {
  const room = newId()
  const now = Date.now() - messages * 1000
  await db.tx(async (q) => {
    await q.query('SET LOCAL statement_timeout = 0')
    await q.query(
      `insert into rooms (id, kind, name, created_by, created_at, head, rev, document_rev, last_received_at, member_count)
       values ($1, 'public', $2, $3, $4, $5, $6, $6, $7, $8)`,
      [room, `history-${messages}`, members[0], now, messages, messages + 1, now + messages * 1000, members.length],
    )
    await q.query(`insert into members (room_id, user_id, role, joined_at) select $1, id::uuid, 'member', $2 from jsonb_array_elements_text($3::jsonb) as x(id)`, [
      room,
      now,
      JSON.stringify(members),
    ])
    await q.query(
      `insert into messages (room_id, seq, id, rev, by_user, sent_at, received_at, text)
       select $1, n, gen_random_uuid(), n, ($2::uuid[])[1 + n % $3], $4 + n * 1000, $4 + n * 1000,
              'Message number ' || n || ' of a long conversation about ships, weather and the price of tickets.'
         from generate_series(1, $5::bigint) as n`,
      [room, members, members.length, now, messages],
    )
  })
  return room
}
