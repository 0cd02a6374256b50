import { LIMITS } from '@chatflow/shared/limits'
import type { Id } from '@chatflow/shared/ids'
import type { Awareness } from 'y-protocols/awareness'
import type { Clock, Timer } from '../../platform/platform.ts'
import { Listeners } from '../listeners.ts'

/** Somebody who has the notes open: `cursor` as their client says it, to be read with care. */
export interface NotesPeer {
  /** Of their window: one person may have several. */
  key: number
  user: Id
  cursor: unknown
}

/** Who else is in the notes and where, and where the person is themselves. The server puts in who it is. */
export class NotesPresence {
  readonly changed = new Listeners()
  readonly #awareness: Awareness
  readonly #clock: Clock
  #wanted: unknown
  #notBefore = 0
  #pending: Timer | undefined

  constructor(awareness: Awareness, clock: Clock) {
    this.#awareness = awareness
    this.#clock = clock
    awareness.on('change', () => this.changed.emit())
  }

  peers(): NotesPeer[] {
    return [...this.#awareness.getStates()].flatMap(([key, state]): NotesPeer[] => {
      const { user, cursor } = state as { user?: { id?: unknown }; cursor?: unknown }
      return key === this.#awareness.clientID || typeof user?.id !== 'string' || cursor === undefined || cursor === null ? [] : [{ key, user: user.id, cursor }]
    })
  }

  /** Where the person's selection is; undefined: nowhere, or nobody's business. At most so often as the server listens; the last state always goes out. */
  show(cursor: unknown): void {
    this.#wanted = cursor
    if (this.#pending !== undefined) return
    const wait = this.#notBefore - this.#clock.now()
    if (wait > 0) this.#pending = this.#clock.setTimeout(() => this.#say(), wait)
    else this.#say()
  }

  /** A null state would be dropped on its way: leaving has to be said. */
  leave(): void {
    this.#clock.clearTimeout(this.#pending)
    if (this.#awareness.getLocalState() !== null) this.#awareness.setLocalState({ cursor: null })
  }

  #say(): void {
    this.#pending = undefined
    const before = this.#awareness.getLocalState() as { cursor?: unknown } | null
    const cursor = this.#wanted ?? null
    if (before === null ? cursor === null : JSON.stringify(before['cursor']) === JSON.stringify(cursor)) return
    this.#notBefore = this.#clock.now() + Math.ceil(1_000 / LIMITS.awarenessPerSecond)
    this.#awareness.setLocalState({ cursor })
  }
}
