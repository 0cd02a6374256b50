import type { Id } from '@chatflow/shared/ids'
import type { CommandStore } from '../platform/command-store.ts'
import { Listeners } from './listeners.ts'

/** A change of an own message that was begun, and neither saved nor given up. */
export interface UnfinishedEdit {
  message: Id
  text: string
}

/**
 * What a person has typed into a message that they are changing, one a composer: a room's, or that of a conversation in it. Kept on this device, in the strict store: it is
 * no command yet, and it leaves the draft of the room alone (R8).
 */
export class UnfinishedEdits {
  readonly changed = new Listeners()
  readonly #store: CommandStore
  readonly #known = new Map<string, UnfinishedEdit | undefined>()

  constructor(store: CommandStore) {
    this.#store = store
  }

  /** Reads what is kept for a room; `changed` says when something was found. */
  async load(room: Id, thread?: Id): Promise<void> {
    const place = placeOf(room, thread)
    if (this.#known.has(place)) return
    const edit = readEdit(await this.#store.readFact(`edit:${place}`))
    // Typed since: that is newer.
    if (edit === undefined || this.#known.has(place)) return
    this.#known.set(place, edit)
    this.changed.emit()
  }

  get(room: Id, thread?: Id): UnfinishedEdit | undefined {
    return this.#known.get(placeOf(room, thread))
  }

  /** Resolves when it is kept, `undefined`: when it is forgotten. Rejects with `StoreError`. */
  async set(room: Id, edit: UnfinishedEdit | undefined, thread?: Id): Promise<void> {
    const place = placeOf(room, thread)
    const before = this.#known.get(place)
    if (before?.message === edit?.message && before?.text === edit?.text) return
    this.#known.set(place, edit)
    this.changed.emit()
    await this.#store.writeFact(`edit:${place}`, edit === undefined ? '' : JSON.stringify(edit))
  }
}

function placeOf(room: Id, thread: Id | undefined): string {
  return thread === undefined ? room : `${room}/${thread}`
}

function readEdit(stored: string | undefined): UnfinishedEdit | undefined {
  if (stored === undefined || stored === '') return undefined
  const { message, text } = JSON.parse(stored) as Partial<UnfinishedEdit>
  return typeof message === 'string' && typeof text === 'string' ? { message, text } : undefined
}
