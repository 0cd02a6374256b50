import type { Queryable } from '@chatflow/database'
import type { Id } from '@chatflow/shared/ids'
import type { RoomState } from './room-state.ts'
import type { MessageRow } from './rows.ts'

/**
 * Reads the beginnings of the conversations that loaded messages belong to, since each counts its answers. `leaving`: up to so many messages of the state
 * may be deleted now, so the newest answers of their conversations are read too: one more, for the time of the last that is left.
 */
export async function loadConversations(q: Queryable, state: RoomState, leaving: { ids: ReadonlySet<Id>; most: number }): Promise<void> {
  const roots = new Set<Id>()
  const losing = new Set<Id>()
  for (const row of state.messages.values()) {
    if (row.root === null) continue
    if (!state.messages.has(row.root)) roots.add(row.root)
    if (leaving.ids.has(row.id)) losing.add(row.root)
  }
  // What is deleted in the batch that makes it is not loaded: it may answer anything that the batch names.
  if ([...leaving.ids].some((id) => !state.messages.has(id))) for (const row of state.messages.values()) losing.add(row.root ?? row.id)
  if (roots.size > 0) {
    const found = await q.query<MessageRow>('select * from messages where room_id = $1 and id = any($2::uuid[])', [state.id, [...roots]])
    for (const row of found.rows) state.messages.set(row.id, row)
  }
  if (losing.size > 0) {
    const found = await q.query<{ root: Id; id: Id; received_at: number }>(
      `select root, id, received_at from (
         select root, id, received_at, seq, row_number() over (partition by root order by seq desc) as n from messages where room_id = $1 and root = any($2::uuid[]) and not deleted) newest
        where n <= $3 order by seq`,
      [state.id, [...losing], leaving.most + 1],
    )
    for (const root of losing) state.answers.set(root, new Map())
    for (const row of found.rows) state.answers.get(row.root)?.set(row.id, row.received_at)
  }
}
