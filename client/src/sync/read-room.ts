import type { Entry } from '@chatflow/shared/entry'
import type { Id } from '@chatflow/shared/ids'
import type { DocumentSessions } from './document-sessions.ts'
import { RoomReplica } from './room-replica.ts'
import type { RoomSummaries } from './room-summaries.ts'

/** Fetches every entry of a room, without keeping it attached. Resolves once the server has confirmed all of it. */
export function readRoom(sessions: DocumentSessions, summaries: RoomSummaries, room: Id): Promise<Entry[]> {
  const replica = new RoomReplica(sessions, room, { known: (id) => summaries.get(id).head, stored: () => 0, floor: (id) => summaries.get(id).floor, online: () => true })
  return new Promise((resolve) => {
    const look = () => {
      if (!replica.settled) return
      stop()
      const entries = replica.entries()
      replica.release()
      resolve(entries)
    }
    const stop = replica.changed.add(() => queueMicrotask(look))
    replica.show({ first: 1, last: Number.MAX_SAFE_INTEGER })
  })
}
