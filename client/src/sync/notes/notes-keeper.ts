import { docName } from '@chatflow/shared/doc-names'
import type { Id } from '@chatflow/shared/ids'
import { Listeners } from '../listeners.ts'
import { SharedSessions, type Lease } from '../shared-sessions.ts'
import { NotesSession, type NotesEnvironment } from './notes-session.ts'

export type NotesLease = Lease<NotesSession>

/** The notes that this page has open: those on the screen, and those of which the server still lacks something. */
export class NotesKeeper {
  /** Something in open notes, or how they stand, has changed. */
  readonly changed = new Listeners()
  readonly #env: NotesEnvironment
  readonly #shared = new SharedSessions(
    (room: Id) => this.#open(room),
    (room, session) => this.#released(room, session),
  )
  readonly #delivering = new Map<Id, NotesLease>()
  /** Rooms with something that the server has not stored, as of the last look. */
  #undelivered: ReadonlySet<Id> = new Set()
  #closed = false

  constructor(env: NotesEnvironment) {
    this.#env = env
  }

  /** Rooms whose notes hold something of this device that the server does not have. */
  get undelivered(): number {
    const rooms = new Set(this.#undelivered)
    for (const [room, session] of this.#shared.entries()) {
      if (session.delivery.save === 'saved') rooms.delete(room)
      else rooms.add(room)
    }
    return rooms.size
  }

  /** Notes that are on the screen or in the background, without holding them. */
  held(room: Id): NotesSession | undefined {
    return this.#shared.get(room)
  }

  acquire(room: Id): NotesLease {
    return this.#shared.acquire(room)
  }

  /** Brings to the server what earlier pages and other tabs have left on this device. */
  async deliver(): Promise<void> {
    const rooms = await this.#env.notes.rooms()
    if (this.#closed) return
    const before = this.undelivered
    this.#undelivered = new Set(rooms)
    for (const room of rooms) {
      if (!this.#shared.has(room)) this.#keepUntilSaved(room)
    }
    if (this.undelivered !== before) this.changed.emit()
  }

  /** The user is not in the room any more: nothing of its notes stays on this device. Its documents are removed by others. */
  async drop(room: Id): Promise<void> {
    this.#delivering.delete(room)
    this.#shared.close(room)
    await this.#shared.settled()
    const left = await this.#env.notes.read(room)
    if (left.length > 0) await this.#env.notes.remove(left.map(({ order }) => order))
    this.#undelivered = new Set([...this.#undelivered].filter((other) => other !== room))
    this.changed.emit()
  }

  /** Forgets what this device has of a room's notes, what the server has not stored included. */
  async startOver(room: Id): Promise<void> {
    await this.drop(room)
    await this.#env.storage.remove(docName.notes(room))
  }

  /** Notes that were refused are asked for again. */
  askAgain(): void {
    for (const [, session] of this.#shared.entries()) session.askAgain()
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#shared.closeAll()
  }

  #keepUntilSaved(room: Id): void {
    const lease = this.acquire(room)
    this.#delivering.set(room, lease)
    const stop = lease.session.changed.add(() => {
      if (this.#delivering.get(room) !== lease) stop()
      else this.#letGo(room)
    })
  }

  #letGo(room: Id): void {
    const lease = this.#delivering.get(room)
    if (lease === undefined || !lease.session.isLoaded || lease.session.delivery.save !== 'saved') return
    this.#delivering.delete(room)
    this.#undelivered = new Set([...this.#undelivered].filter((other) => other !== room))
    // After the others have heard of the change.
    queueMicrotask(() => lease.release())
  }

  #open(room: Id): NotesSession {
    const session = new NotesSession(this.#env, room)
    session.changed.add(() => this.changed.emit())
    return session
  }

  #released(room: Id, session: NotesSession): void {
    if (session.delivery.save === 'saved' || session.refused !== undefined || this.#closed) this.#shared.close(room)
    // Written a moment ago, perhaps: they stay until the server has it.
    else this.#keepUntilSaved(room)
  }
}
