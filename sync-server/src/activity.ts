import { docName } from '@chatflow/shared/doc-names'
import type { Id } from '@chatflow/shared/ids'
import type { ServerMessage } from '@chatflow/shared/stateless'
import type { Document } from '@hocuspocus/server'
import type { ConnectionContext } from './documents/context.ts'
import type { DocumentKeeper } from './documents/keeper.ts'

/** Signals of a room that come within this time travel as one. */
const GATHER_MS = 50

/** What has become of a room's log: its head, and the rev at which a message or reaction last changed. */
interface LogState {
  head: number
  rev: number
}

/**
 * Tells connected members that a room they have not attached has something new, or something that was changed or deleted: the sidebar's
 * unread, and what to sync next.
 */
export class Activity {
  /** Rev of each room's log that its members have been told, or have found for themselves on connecting. */
  private readonly told = new Map<Id, number>()
  private readonly waiting = new Map<Id, LogState & { mentioned: Set<Id> }>()
  private timer: ReturnType<typeof setTimeout> | undefined
  private readonly keeper: DocumentKeeper

  constructor(keeper: DocumentKeeper) {
    this.keeper = keeper
    // Whoever connects asks for the state of all rooms after this: what rises from here on has to be told.
    keeper.onUserRooms = (logRevs) => {
      for (const [room, rev] of logRevs) if (!this.told.has(room)) this.told.set(room, rev)
    }
  }

  /** A batch of this instance has changed the room's log. */
  committed(room: { id: Id; head: number; logRev: number; mentioned: readonly Id[]; mentionsAll: boolean }): void {
    this.tell(room.id, { head: room.head, rev: room.logRev }, room.mentionsAll ? this.keeper.userDocuments(room.id).map(({ user }) => user) : room.mentioned)
  }

  /** The beat has found the room like this. */
  found({ id, head, log_rev: rev }: { id: Id; head: number; log_rev: number }): void {
    const told = this.told.get(id)
    if (told === undefined) this.told.set(id, rev)
    else if (rev > told) this.tell(id, { head, rev }, [])
  }

  /** Forgets rooms that nobody here is in any more. */
  keepOnly(rooms: ReadonlySet<Id>): void {
    for (const room of this.told.keys()) if (!rooms.has(room)) this.told.delete(room)
  }

  stop(): void {
    clearTimeout(this.timer)
  }

  private tell(room: Id, { head, rev }: LogState, mentioned: readonly Id[]): void {
    const entry = this.waiting.get(room) ?? { head: 0, rev: 0, mentioned: new Set() }
    entry.head = Math.max(entry.head, head)
    entry.rev = Math.max(entry.rev, rev)
    for (const user of mentioned) entry.mentioned.add(user)
    this.waiting.set(room, entry)
    this.timer ??= setTimeout(() => this.flush(), GATHER_MS)
  }

  private flush(): void {
    this.timer = undefined
    for (const [room, { head, rev, mentioned }] of this.waiting) {
      this.told.set(room, Math.max(rev, this.told.get(room) ?? 0))
      for (const { user, doc } of this.keeper.userDocuments(room)) {
        const message: ServerMessage = { type: 'activity', room, head, rev, ...(mentioned.has(user) ? { mention: true } : {}) }
        for (const connection of (doc as Document).getConnections()) {
          if (!(connection.context as ConnectionContext).socket.documents.has(docName.room(room))) connection.sendStateless(JSON.stringify(message))
        }
      }
    }
    this.waiting.clear()
  }
}
