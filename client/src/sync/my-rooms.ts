import { parseDocName } from '@chatflow/shared/doc-names'
import type { Id } from '@chatflow/shared/ids'
import type { ReplicaStorage } from '../platform/replica-storage.ts'
import type { CommandQueue } from './command-queue.ts'
import type { DocumentSessions } from './document-sessions.ts'
import type { EffectWatch } from './effect-watch.ts'
import type { Excerpts } from './excerpts.ts'
import type { NotesKeeper } from './notes/notes-keeper.ts'
import type { RoomKeeper } from './room-keeper.ts'
import type { RoomSummaries } from './room-summaries.ts'
import type { UserReplica } from './user-replica.ts'

export interface MyRoomsOptions {
  mine: UserReplica
  queue: CommandQueue
  rooms: RoomKeeper
  excerpts: Excerpts
  notes: NotesKeeper
  summaries: RoomSummaries
  sessions: DocumentSessions
  storage: ReplicaStorage
  effects: EffectWatch
  /** Nothing of this room is on this device any more. */
  onPurged(room: Id): void
}

/** Keeps what this device holds in step with the list of rooms in the user document: what it does not list leaves the device. */
export class MyRooms {
  readonly #options: MyRoomsOptions
  /** Rooms that have left this device, until they come back. */
  readonly #purged = new Set<Id>()
  #lookedAtStorage = false

  constructor(options: MyRoomsOptions) {
    this.#options = options
  }

  /** The user document or the queue has changed. */
  update(): void {
    const { mine, rooms, summaries } = this.#options
    const listed = mine.rooms()
    for (const [room, { kind, name, with: people = [] }] of listed) {
      const known = summaries.get(room)
      if (known.name !== name || known.kind !== kind || known.with.join() !== people.join()) summaries.learn(room, { kind, name, with: people })
    }
    rooms.setMine(new Set(listed.keys()))
    if (mine.confirmed) void this.#purge()
  }

  async #purge(): Promise<void> {
    const { mine, rooms, excerpts, notes, summaries, sessions, onPurged } = this.#options
    const { coming, written } = this.#fromQueue()
    for (const room of await this.#known()) {
      if (coming.has(room) || mine.room(room) !== undefined) {
        this.#purged.delete(room)
        continue
      }
      // Once is enough, unless it was let in again for a moment and filled before that was heard of.
      if (this.#purged.has(room) && (rooms.held(room)?.highest ?? 0) === 0) continue
      this.#purged.add(room)
      rooms.drop(room)
      excerpts.drop(room)
      await notes.drop(room).catch(() => undefined)
      if (!written.has(room)) summaries.forget(room)
      await sessions.purge(room)
      onPurged(room)
    }
  }

  /** Rooms that this device holds anything of. */
  async #known(): Promise<Set<Id>> {
    const { summaries, rooms, storage } = this.#options
    const known = new Set(summaries.rooms())
    for (const replica of rooms.all()) known.add(replica.room)
    if (this.#lookedAtStorage) return known
    this.#lookedAtStorage = true
    for (const name of await storage.list()) {
      const parsed = parseDocName(name)
      if (parsed !== undefined && 'room' in parsed) known.add(parsed.room)
    }
    return known
  }

  /** coming: made or joined, but not listed yet. written: something typed waits there, so the room keeps its name. */
  #fromQueue(): { coming: Set<Id>; written: Set<Id> } {
    const coming = new Set<Id>()
    const written = new Set<Id>()
    for (const record of this.#options.queue.list()) {
      const { command, status } = record
      if ((command.type === 'message.send' || command.type === 'message.schedule') && status !== 'settled') written.add(command.room)
      if (command.type !== 'room.create' && command.type !== 'room.join') continue
      if (status !== 'settled' || !this.#options.effects.isSeen(record)) coming.add(command.room)
    }
    return { coming, written }
  }
}
