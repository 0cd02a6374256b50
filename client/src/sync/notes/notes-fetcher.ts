import type { Id } from '@chatflow/shared/ids'
import type { Clock, Timer } from '../../platform/platform.ts'
import type { Lease } from '../shared-sessions.ts'
import type { NotesSession } from './notes-session.ts'

/** ms for which a room is open before its notes are fetched: what is on the screen goes first. */
const AFTER = 2_000
/** ms for which fetched notes are left alone. */
const FRESH_FOR = 15 * 60_000

export interface NotesFetcherOptions {
  clock: Clock
  notes: { acquire(room: Id): Lease<Pick<NotesSession, 'changed' | 'fetched' | 'gone' | 'refused'>> }
  /** The room that is open, while its user is in it. */
  open(): Id | undefined
}

/** Brings the notes of the room that is open to this device, to be there without a network whether or not anybody has looked at them here. */
export class NotesFetcher {
  readonly #options: NotesFetcherOptions
  readonly #fetchedAt = new Map<Id, number>()
  #timer: Timer | undefined
  #fetching: { release(): void; stop(): void } | undefined

  constructor(options: NotesFetcherOptions) {
    this.#options = options
  }

  /** Another room is open, or none. */
  roomChanged(room: Id | undefined): void {
    const { clock } = this.#options
    this.close()
    if (room !== undefined) this.#timer = clock.setTimeout(() => this.#fetch(room), AFTER)
  }

  close(): void {
    this.#options.clock.clearTimeout(this.#timer)
    this.#letGo()
  }

  #fetch(room: Id): void {
    const { clock, notes, open } = this.#options
    const fetchedAt = this.#fetchedAt.get(room) ?? -Infinity
    if (open() !== room || clock.now() - fetchedAt < FRESH_FOR) return
    const lease = notes.acquire(room)
    const { session } = lease
    const look = () => {
      if (!session.fetched && session.gone === undefined && session.refused === undefined) return
      if (session.fetched) this.#fetchedAt.set(room, clock.now())
      stop()
      // After the others have heard of the change.
      queueMicrotask(() => this.#fetching === fetching && this.#letGo())
    }
    const stop = session.changed.add(look)
    const fetching = { release: () => lease.release(), stop }
    this.#fetching = fetching
    // Somebody looks at them, perhaps, and they are here already.
    look()
  }

  #letGo(): void {
    this.#fetching?.stop()
    this.#fetching?.release()
    this.#fetching = undefined
  }
}
