import type { Database } from '@chatflow/database'
import type { PreparedPerson } from '@chatflow/e2e/prepare-people'
import { type Id, newId } from '@chatflow/shared/ids'

/** A room with a history as an import would leave it: rows only. */
export async function prepareHistory(db: Database, member: PreparedPerson, messages: number): Promise<Id> {
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
