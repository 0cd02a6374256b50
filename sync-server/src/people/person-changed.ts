import type { Database, Queryable } from '@chatflow/database'
import type { Id } from '@chatflow/shared/ids'
import { roomsShowing } from './rooms-showing.ts'

/**
 * Somebody has another name or picture: raises the rev of every room, and of every user's document, that shows it. From there each instance brings
 * up what it has loaded with its next beat. A repeat costs a comparison.
 */
export async function personChanged(db: Database, user: Id): Promise<void> {
  // One lock at a time, as the sequencer takes them.
  for (const room of await roomsShowing(db, user)) await db.tx((q) => raiseRoom(q, room))
  await db.tx(async (q) => {
    await raiseUsers(q, await partnersOf(q, user))
  })
}

/** The room's own document, and its segments, are to be compared with who people are now. */
export async function raiseRoom(q: Queryable, room: Id): Promise<void> {
  await q.query('update rooms set rev = rev + 1, document_rev = rev + 1, people_rev = rev + 1 where id = $1', [room])
}

/** The user, and everyone in a direct conversation with them: their documents name each other. In the order of ids, so that nobody waits crosswise. */
export async function partnersOf(q: Queryable, user: Id): Promise<Id[]> {
  const { rows } = await q.query<{ id: Id }>(
    `select other.user_id as id from members mine join rooms r on r.id = mine.room_id and r.kind = 'dm' join members other on other.room_id = r.id
      where mine.user_id = $1 union select $1 order by id`,
    [user],
  )
  return rows.map((row) => row.id)
}

export async function raiseUsers(q: Queryable, users: readonly Id[]): Promise<void> {
  await q.query(
    `insert into user_state (user_id, rev) select id::uuid, 1 from jsonb_array_elements_text($1::jsonb) with ordinality as x(id, n) order by n
     on conflict (user_id) do update set rev = user_state.rev + 1`,
    [JSON.stringify(users)],
  )
}
