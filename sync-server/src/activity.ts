import { docName } from '@chatflow/shared/doc-names'
import type { Id } from '@chatflow/shared/ids'
import type { ServerMessage } from '@chatflow/shared/stateless'
import type { Document } from '@hocuspocus/server'
import type { ConnectionContext } from './documents/context.ts'
import type { DocumentKeeper } from './documents/keeper.ts'

/** Signals of a room that come within this time travel as one. */
const GATHER_MS = 50

/** Tells connected members that a room they have not attached has something new: the sidebar's unread, and what to sync next. */
export class Activity {
  private readonly told = new Map<Id, number>()
  private readonly waiting = new Map<Id, { head: number; mentioned: Set<Id> }>()
  private timer: ReturnType<typeof setTimeout> | undefined
  private readonly keeper: DocumentKeeper

  constructor(keeper: DocumentKeeper) {
    this.keeper = keeper
  }

  /** The room's head is at least this. */
  rose(room: Id, head: number, mentioned: readonly Id[] = []): void {
    const told = this.told.get(room)
    if (told === undefined && mentioned.length === 0) this.told.set(room, head)
    if ((told === undefined || head <= told) && mentioned.length === 0) return
    const entry = this.waiting.get(room) ?? { head: 0, mentioned: new Set() }
    entry.head = Math.max(entry.head, head)
    for (const user of mentioned) entry.mentioned.add(user)
    this.waiting.set(room, entry)
    this.timer ??= setTimeout(() => this.flush(), GATHER_MS)
  }

  /** Forgets rooms that nobody here is in any more. */
  keepOnly(rooms: ReadonlySet<Id>): void {
    for (const room of this.told.keys()) if (!rooms.has(room)) this.told.delete(room)
  }

  stop(): void {
    clearTimeout(this.timer)
  }

  private flush(): void {
    this.timer = undefined
    for (const [room, { head, mentioned }] of this.waiting) {
      this.told.set(room, Math.max(head, this.told.get(room) ?? 0))
      for (const { user, doc } of this.keeper.userDocuments(room)) {
        const message: ServerMessage = { type: 'activity', room, head, ...(mentioned.has(user) ? { mention: true } : {}) }
        for (const connection of (doc as Document).getConnections()) {
          if (!(connection.context as ConnectionContext).socket.documents.has(docName.room(room))) connection.sendStateless(JSON.stringify(message))
        }
      }
    }
    this.waiting.clear()
  }
}
