import type { Database, Queryable } from '@chatflow/database'
import type { Id } from '@chatflow/shared/ids'
import type { Effects } from './effects.ts'
import { loadRoom } from './load-room.ts'
import { effectsOf } from './room-batch.ts'
import type { RoomState } from './room-state.ts'
import { writeRoom } from './write-room.ts'

/**
 * A change of a room that the server itself makes, in the way of a batch: under the lock of the room's row, with a new rev for whatever it touches, in one transaction.
 * Of the room's people and messages the state holds only what `change` reads into it. The effects are for `SyncCore.follow`.
 */
export function changeRoom(db: Database, room: Id, now: number, change: (q: Queryable, state: RoomState) => Promise<void>): Promise<Effects> {
  return db.tx(async (q) => {
    const state = await loadRoom(q, room, [], now)
    if (state.room === undefined) return { users: [] }
    await change(q, state)
    await writeRoom(q, state)
    return effectsOf(state)
  })
}
