import type { Database } from '@chatflow/database'
import type { BansPage } from '@chatflow/shared/api/moderation'
import type { Id } from '@chatflow/shared/ids'
import { person } from './reports.ts'

interface Row {
  user_id: Id
  username: string | null
  display_name: string | null
  by_user: Id
  by_username: string | null
  by_name: string | null
  reason: string | null
  at: number
}

/** Who is banned from the room, the newest first. */
export async function bansPage(db: Database, room: Id, offset: number, limit: number): Promise<BansPage> {
  const { rows } = await db.query<Row>(
    `select b.user_id, u.username, u.display_name, b.by_user, o.username as by_username, o.display_name as by_name, b.reason, b.at
       from bans b left join users u on u.id = b.user_id left join users o on o.id = b.by_user
      where b.room_id = $1 order by b.at desc, b.user_id offset $2 limit $3`,
    [room, offset, limit],
  )
  const { rows: counts } = await db.query<{ n: number }>('select count(*) as n from bans where room_id = $1', [room])
  return {
    bans: rows.map((row) => ({
      user: person(row.user_id, row.username, row.display_name),
      by: person(row.by_user, row.by_username, row.by_name),
      ...(row.reason === null ? {} : { reason: row.reason }),
      at: row.at,
    })),
    total: counts[0]?.n ?? 0,
  }
}
