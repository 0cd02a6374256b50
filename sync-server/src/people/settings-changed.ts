import type { Database } from '@chatflow/database'
import type { Id } from '@chatflow/shared/ids'
import { partnersOf, raiseUsers } from './person-changed.ts'

/** What a person shows to others has changed: the documents of their rooms, and of people in direct conversations with them, are to be compared with the rows. */
export async function settingsChanged(db: Database, user: Id): Promise<void> {
  const { rows } = await db.query<{ room_id: Id }>('select room_id from members where user_id = $1 order by room_id', [user])
  // One lock at a time, as the sequencer takes them.
  for (const { room_id: room } of rows) await db.query('update rooms set rev = rev + 1, document_rev = rev + 1 where id = $1', [room])
  await db.tx(async (q) => {
    await raiseUsers(q, await partnersOf(q, user))
  })
}
