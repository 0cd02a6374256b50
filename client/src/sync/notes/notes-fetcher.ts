import type { Id } from '@chatflow/shared/ids'
import type { Clock, Timer } from '../../platform/platform.ts'
import type { NotesKeeper, NotesLease } from './notes-keeper.ts'

/** ms for which a room is open before its notes are fetched: what is on the screen goes first. */
const AFTER = 2_000
/** ms for which fetched notes are left alone. */
const FRESH_FOR = 15 * 60_000

export interface NotesFetcherOptions {
  clock: Clock
  notes: Pick<NotesKeeper, 'acquire'>
  /** The room that is open, while its user is in it. */
  open(): Id | undefined
}

/** Brings the notes of the room that is open to this device, to be there without a network whether or not anybody has looked at them here. */
export class NotesFetcher {
  readonly #options: NotesFetcherOptions
  readonly #fetchedAt = new Map<Id, number>()
  #timer: Timer | undefined
  #fetching: { lease: NotesLease; stop(): void } | undefined

  constructor(options: NotesFetcherOptions) {
    this.#options = options
  }

  /** Another room is open, or none. */
  roomChanged(): void {
    const { clock, open } = this.#options
    this.close()
    const room = open()
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
    const stop = session.changed.add(() => {
      if (!session.fetched && session.gone === undefined) return
      if (session.fetched) this.#fetchedAt.set(room, clock.now())
      stop()
      // After the others have heard of the change.
      queueMicrotask(() => this.#fetching?.lease === lease && this.#letGo())
    })
    this.#fetching = { lease, stop }
  }

  #letGo(): void {
    this.#fetching?.stop()
    this.#fetching?.lease.release()
    this.#fetching = undefined
  }
}
