import type { Id } from '@chatflow/shared/ids'
import type { Clock } from '../platform/platform.ts'
import type { DocumentSessions } from './document-sessions.ts'
import { Listeners } from './listeners.ts'
import { RoomReplica, type RoomHeads } from './room-replica.ts'
import type { RoomSummaries } from './room-summaries.ts'
import type { SeqRange } from './wanted-segments.ts'

/** Rooms synced in the background at one time. */
const BACKGROUND = 3
/** ms that one of them may take before the next has its turn. */
const BACKGROUND_WITHIN = 20_000
/** ms for which a synced room whose head has not risen is left alone after a reconnect. */
const FRESH_FOR = 15 * 60_000

export interface RoomKeeperOptions {
  clock: Clock
  sessions: DocumentSessions
  summaries: RoomSummaries
  online(): boolean
  /** How many rooms besides the open one stay attached. */
  recentRooms: number
}

/**
 * Decides which rooms are held: the open one and the most recent ones stay attached, all others are synced in turn, so
 * that each can be read offline and no one holds hundreds of live documents.
 */
export class RoomKeeper {
  /** Something in a held room changed. */
  readonly changed = new Listeners<RoomReplica>()
  readonly deleted = new Listeners<ReadonlySet<Id>>()
  /** A room is about to be let go: last chance to read it. */
  readonly leaving = new Listeners<RoomReplica>()
  /** A room starts (true) or stops being attached for longer: presence follows. */
  readonly attached = new Listeners<{ replica: RoomReplica; attached: boolean }>()
  readonly #options: RoomKeeperOptions
  readonly #heads: RoomHeads
  /** Most recently opened last. */
  readonly #kept = new Map<Id, RoomReplica>()
  readonly #background = new Map<Id, RoomReplica>()
  readonly #waiting = new Set<Id>()
  readonly #syncedAt = new Map<Id, number>()
  #mine: ReadonlySet<Id> = new Set()
  #open: Id | undefined
  /** Loaded because it is about to be opened, and not opened yet. */
  #prepared: Id | undefined

  constructor(options: RoomKeeperOptions) {
    this.#options = options
    this.#heads = {
      known: (room) => options.summaries.get(room).head,
      stored: (room) => options.summaries.get(room).stored,
      floor: (room) => options.summaries.get(room).floor,
      online: options.online,
    }
  }

  get open(): RoomReplica | undefined {
    return this.#open === undefined ? undefined : this.#kept.get(this.#open)
  }

  /** A replica that is held for longer than a background sync. */
  held(room: Id): RoomReplica | undefined {
    return this.#kept.get(room)
  }

  all(): RoomReplica[] {
    return [...this.#kept.values()]
  }

  setOpen(room: Id | undefined): void {
    if (this.#open !== undefined && this.#open !== room) {
      this.open?.show(undefined)
      this.open?.alsoShow([])
    }
    this.#open = room
    if (room === undefined) return
    if (this.#prepared === room) this.#prepared = undefined
    const kept = this.#kept.get(room) ?? this.#hold(room)
    this.#kept.delete(room)
    this.#kept.set(room, kept)
    for (const other of [...this.#kept.keys()]) {
      if (this.#kept.size <= this.#options.recentRooms + 1) break
      if (other !== room) this.#letGo(other)
    }
  }

  /** The room is about to be opened, most likely: what this device has of it is loaded meanwhile. One room at a time. */
  prepare(room: Id): void {
    const before = this.#prepared
    if (before !== undefined && before !== room && before !== this.#open && this.#kept.has(before)) this.#letGo(before)
    this.#prepared = undefined
    if (this.#kept.has(room) || !this.#mine.has(room)) return
    this.#prepared = room
    this.#kept.set(room, this.#hold(room))
  }

  /** Places of the open room that are read besides what is on the screen. */
  alsoShow(seqs: readonly number[]): void {
    this.open?.alsoShow(seqs)
  }

  show(range: SeqRange): void {
    this.open?.show(range)
  }

  /** The rooms that the user is in. Says which are new. */
  setMine(rooms: ReadonlySet<Id>): void {
    const before = this.#mine
    this.#mine = rooms
    for (const room of rooms) if (!before.has(room)) this.#enqueue(room)
    for (const room of [...this.#waiting]) if (!rooms.has(room)) this.#waiting.delete(room)
  }

  /**
   * The user document has spoken: documents of the user's rooms that were refused are asked for again. The user may have
   * been removed and let in again while this page heard of neither.
   */
  askAgain(): void {
    for (const [room, replica] of this.#kept) if (this.#mine.has(room)) replica.askAgain()
  }

  /** It has been heard how far a room is: its head, and the rev of its log's last change (0: not said). */
  learn(room: Id, head: number, rev: number): void {
    const { summaries } = this.#options
    const known = summaries.get(room)
    if (head > known.head || rev > known.rev) summaries.learn(room, { head: Math.max(head, known.head), rev: Math.max(rev, known.rev) })
    const kept = this.#kept.get(room)
    if (kept) kept.update()
    else if (summaries.isBehind(room)) this.#enqueue(room)
  }

  /** Connected (again), heads have been learnt: the rooms that have something new first, then the others. */
  syncAll(): void {
    const { clock, summaries } = this.#options
    const fresh = clock.now() - FRESH_FOR
    const rooms = [...this.#mine].filter((room) => !this.#kept.has(room))
    const behind = (room: Id) => summaries.isBehind(room)
    for (const room of rooms.filter(behind)) this.#enqueue(room)
    for (const room of rooms) if (!behind(room) && (this.#syncedAt.get(room) ?? 0) < fresh) this.#enqueue(room)
  }

  /** What is held may now be fetched, or is all there is. */
  connectivityChanged(): void {
    for (const replica of this.#kept.values()) replica.update()
    this.#pump()
  }

  /** Lets go of a room for good. */
  drop(room: Id): void {
    this.#waiting.delete(room)
    this.#syncedAt.delete(room)
    if (this.#open === room) this.#open = undefined
    if (this.#kept.has(room)) this.#letGo(room)
    this.#finish(room)
  }

  /** Every room has to be fetched again. */
  forgetSynced(): void {
    this.#syncedAt.clear()
  }

  close(): void {
    this.#waiting.clear()
    for (const room of [...this.#kept.keys()]) this.#letGo(room)
    for (const room of [...this.#background.keys()]) this.#finish(room)
  }

  #hold(room: Id): RoomReplica {
    this.#waiting.delete(room)
    const replica = this.#watch(room)
    this.#kept.set(room, replica)
    // Only now: a document shared by both must not be closed in between.
    this.#finish(room)
    this.attached.emit({ replica, attached: true })
    return replica
  }

  #letGo(room: Id): void {
    const replica = this.#kept.get(room)
    if (!replica) return
    this.leaving.emit(replica)
    this.attached.emit({ replica, attached: false })
    this.#kept.delete(room)
    if (replica.settled) this.#synced(room, this.#options.summaries.get(room).rev)
    replica.release()
  }

  #watch(room: Id): RoomReplica {
    const replica = new RoomReplica(this.#options.sessions, room, this.#heads)
    replica.changed.add(() => this.changed.emit(replica))
    replica.deleted.add((ids) => this.deleted.emit(ids))
    return replica
  }

  #enqueue(room: Id): void {
    if (this.#kept.has(room)) return
    this.#waiting.add(room)
    this.#pump()
  }

  #pump(): void {
    if (!this.#options.online()) return
    for (const room of this.#waiting) {
      if (this.#background.size >= BACKGROUND) return
      if (this.#background.has(room)) continue
      this.#waiting.delete(room)
      this.#syncOne(room)
    }
  }

  #syncOne(room: Id): void {
    const { clock, summaries } = this.#options
    // What is heard of while it is being synced may come too late for this time.
    const { rev } = summaries.get(room)
    const replica = this.#watch(room)
    this.#background.set(room, replica)
    const finish = () => {
      if (this.#background.get(room) === replica) this.#finish(room)
    }
    const timer = clock.setTimeout(finish, BACKGROUND_WITHIN)
    replica.changed.add(() => {
      if (!replica.settled || this.#background.get(room) !== replica) return
      clock.clearTimeout(timer)
      this.#synced(room, rev)
      // After the others have heard of the change.
      queueMicrotask(finish)
    })
  }

  #synced(room: Id, rev: number): void {
    this.#syncedAt.set(room, this.#options.clock.now())
    this.#options.summaries.learn(room, { synced: rev })
  }

  #finish(room: Id): void {
    const replica = this.#background.get(room)
    if (!replica) return
    this.#background.delete(room)
    this.leaving.emit(replica)
    replica.release()
    this.#pump()
  }
}
