import type { Queryable } from '@chatflow/database'
import type { Id } from '@chatflow/shared/ids'

const COUNTED_TO = 100

/** How many open reports the person may settle, counted to 100. */
export async function countOpenReports(q: Queryable, user: Id): Promise<number> {
  const { rows } = await q.query<{ n: number }>(
    `select count(*) as n from (
       select p.id from members m join reports p on p.room_id = m.room_id and p.resolved_at is null
        where m.user_id = $1 and m.role in ('owner', 'moderator') and p.author <> $1
       union
       select p.id from users u join reports p on p.resolved_at is null where u.id = $1 and u.role = 'admin' and p.author <> $1
       limit $2) counted`,
    [user, COUNTED_TO],
  )
  return rows[0]?.n ?? 0
}
