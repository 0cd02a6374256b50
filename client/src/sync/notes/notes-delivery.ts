import type { Id } from '@chatflow/shared/ids'
import { parseNotesStored } from '@chatflow/shared/stateless'
import * as Y from 'yjs'
import { StoreError, type StoreErrorCode } from '../../platform/command-store.ts'
import type { NotesIncrement, NotesStore } from '../../platform/notes-store.ts'
import type { Clock, Timer } from '../../platform/platform.ts'
import { Listeners } from '../listeners.ts'

/** ms after which a mark without an answer is asked again: the server may have dropped it. */
const ANSWER_WITHIN = 5_000
/** Increments of a room beyond which they become one, as long as that one can be sent. */
const MERGE_ABOVE = 200
const MERGE_BYTES = 450_000

/** saved: the server has stored everything; saving: some is on its way to this device's disk; kept: it is on this device; unkept: only in this window. */
export type NotesSave = 'saved' | 'saving' | 'kept' | 'unkept'

export interface NotesDeliveryOptions {
  room: Id
  store: NotesStore
  clock: Clock
  /** Says something to the server on the connection of the notes; nothing without one. */
  say(payload: string): void
  /** Takes in what is on this device; the document's connection sends it from there. */
  apply(update: Uint8Array): void
}

/**
 * Keeps changes of notes in the strict store until the server has said that they are stored. The server is asked with a mark: its answer means that all
 * that this connection had sent before is committed. Only what is in the document when a mark goes out leaves the store by its answer, whichever tab made it.
 */
export class NotesDelivery {
  readonly changed = new Listeners()
  readonly #options: NotesDeliveryOptions
  /** Being written to the disk. */
  #writing = new Set<Promise<void>>()
  /** What the disk did not take, with the mark that carries it. */
  #unkept: { update: Uint8Array; mark: number | undefined }[] = []
  #problem: StoreErrorCode | undefined
  /** What is known to be in the store. */
  #orders = new Set<number>()
  #applied = new Set<number>()
  #connected = false
  #mark = 0
  #asked: { mark: number; orders: number[]; timer: Timer } | undefined
  #asking = false
  #again = false
  #closed = false

  constructor(options: NotesDeliveryOptions) {
    this.#options = options
  }

  get save(): NotesSave {
    if (this.#unkept.length > 0) return 'unkept'
    if (this.#writing.size > 0) return 'saving'
    return this.#orders.size > 0 ? 'kept' : 'saved'
  }

  /** Why the disk did not take something that the server has not stored either. */
  get problem(): StoreErrorCode | undefined {
    return this.#unkept.length > 0 ? this.#problem : undefined
  }

  /** Reads what is on this device, from this page's earlier life or from other tabs. */
  async load(): Promise<NotesIncrement[]> {
    const found = await this.#options.store.read(this.#options.room)
    this.#learn(found)
    return found
  }

  /** All that the server may not have stored, as it was written: what is on the disk and what that did not take, each after what it builds upon. */
  async pieces(): Promise<Uint8Array[]> {
    // What is on its way to the disk is in neither yet, and the next mark would speak for it.
    await this.settled()
    const found = await this.load()
    const loose = this.#unkept.map(({ update }) => ({ update, from: Y.parseUpdateMeta(update).from }))
    const pieces: Uint8Array[] = []
    for (const { update } of found) {
      const { to } = Y.parseUpdateMeta(update)
      // Up to the last one that begins before this one ends, by the same writer.
      const before = loose.findLastIndex(({ from }) => [...from].some(([client, clock]) => (to.get(client) ?? 0) > clock))
      pieces.push(...loose.splice(0, before + 1).map((each) => each.update), update)
    }
    return [...pieces, ...loose.map((each) => each.update)]
  }

  /** A change that was made in this window. */
  add(update: Uint8Array): void {
    const { store, room } = this.#options
    const writing = store.add(room, update).then(
      (order) => {
        this.#applied.add(order)
        this.#orders.add(order)
      },
      (error: unknown) => {
        this.#problem = error instanceof StoreError ? error.code : 'failed'
        this.#unkept.push({ update, mark: undefined })
      },
    ).finally(() => {
      this.#writing.delete(writing)
      this.changed.emit()
      void this.ask()
    })
    this.#writing.add(writing)
    this.changed.emit()
  }

  /** All that the document holds has been sent on this connection: from now on marks mean something. */
  connected(): void {
    this.#connected = true
    void this.ask()
  }

  disconnected(): void {
    this.#connected = false
    this.#options.clock.clearTimeout(this.#asked?.timer)
    this.#asked = undefined
  }

  /** Something may be in the store, from this tab or another one. */
  async ask(): Promise<void> {
    if (this.#closed) return
    if (!this.#connected || this.#asking || this.#asked !== undefined) {
      this.#again = true
      return
    }
    this.#asking = true
    this.#again = false
    try {
      this.#learn(await this.load())
    } catch {
      // What is only in memory still goes out.
    }
    this.#asking = false
    if (!this.#connected || this.#closed) return
    if (this.#orders.size > 0 || this.#unkept.length > 0) this.#send()
    else if (this.#again) void this.ask()
  }

  hear(payload: string): void {
    const stored = parseNotesStored(payload)
    const asked = this.#asked
    if (stored === undefined || asked === undefined || stored.mark < asked.mark) return
    this.#options.clock.clearTimeout(asked.timer)
    void this.#stored(asked)
  }

  /** Resolves when everything is on the disk, or could not be. */
  async settled(): Promise<void> {
    while (this.#writing.size > 0) await Promise.all(this.#writing)
  }

  close(): void {
    this.disconnected()
    this.#closed = true
  }

  #send(): void {
    const mark = (this.#mark += 1)
    for (const loose of this.#unkept) loose.mark ??= mark
    const timer = this.#options.clock.setTimeout(() => {
      this.#asked = undefined
      void this.ask()
    }, ANSWER_WITHIN)
    this.#asked = { mark, orders: [...this.#orders], timer }
    this.#options.say(JSON.stringify({ type: 'notes-mark', mark }))
  }

  async #stored({ mark, orders }: { mark: number; orders: number[] }): Promise<void> {
    this.#unkept = this.#unkept.filter((loose) => loose.mark === undefined || loose.mark > mark)
    try {
      await this.#options.store.remove(orders)
      for (const order of orders) this.#orders.delete(order)
    } catch {
      // A disk that does not take a removal: they are offered once more, which changes nothing.
    }
    this.#asked = undefined
    this.changed.emit()
    if (this.#orders.size > 0 || this.#unkept.length > 0 || this.#again) void this.ask()
  }

  /** What is in the store now: other tabs add to it and remove from it. */
  #learn(found: readonly NotesIncrement[]): void {
    for (const { order, update } of found) {
      if (this.#applied.has(order)) continue
      this.#applied.add(order)
      this.#options.apply(update)
    }
    const before = this.save
    this.#orders = new Set(found.map(({ order }) => order))
    if (found.length > MERGE_ABOVE) void this.#merge(found)
    if (this.save !== before) this.changed.emit()
  }

  async #merge(found: readonly NotesIncrement[]): Promise<void> {
    if (this.#asked !== undefined) return
    const part: NotesIncrement[] = []
    let bytes = 0
    for (const increment of found) {
      bytes += increment.update.byteLength
      if (bytes > MERGE_BYTES) break
      part.push(increment)
    }
    if (part.length < 2) return
    try {
      await this.#options.store.merge(part.map(({ order }) => order), this.#options.room, Y.mergeUpdates(part.map(({ update }) => update)))
    } catch {
      // They stay as they are.
      return
    }
    void this.ask()
  }
}
