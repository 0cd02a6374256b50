import type { Queryable } from '@chatflow/database'
import type { Id } from '@chatflow/shared/ids'

/** Rooms whose documents may show the person: is or was in them, has written there, or is spoken of by an event. */
export async function roomsShowing(q: Queryable, user: Id): Promise<Id[]> {
  const { rows } = await q.query<{ id: Id }>(
    `select room_id as id from members where user_id = $1
      union select room_id from messages where by_user = $1
      union select room_id from messages where event is not null and event ->> 'user' = $1::text
      order by id`,
    [user],
  )
  return rows.map((row) => row.id)
}
