import type { Queryable } from '@chatflow/database'
import type { Id } from '@chatflow/shared/ids'
import { type PersonStatus, statusAt } from '@chatflow/shared/own-settings'

/** What these people say of themselves; what has ended is left out, and readers leave out what ends later. */
export async function readStatuses(q: Queryable, users: readonly Id[], now = Date.now()): Promise<Map<Id, PersonStatus>> {
  if (users.length === 0) return new Map()
  const { rows } = await q.query<{ user_id: Id; value: unknown }>("select user_id, value from settings where key = 'status' and user_id = any($1::uuid[]) order by user_id", [users])
  return new Map(rows.flatMap(({ user_id, value }) => {
    const status = statusAt(value, now)
    return status === undefined ? [] : [[user_id, status] as const]
  }))
}
