import { parseDocName, segmentOf } from '@chatflow/shared/doc-names'
import type { Entry } from '@chatflow/shared/entry'
import type { Id } from '@chatflow/shared/ids'
import type { Api } from './api.ts'
import { Listeners } from './listeners.ts'
import type { RoomReplica } from './room-replica.ts'

/** Segments held for one conversation; older answers are asked for page by page. */
const MOST_SEGMENTS = 32

export interface ConversationOptions {
  room: Id
  root: Id
  api: Pick<Api, 'thread'>
  online(): boolean
  replica(): RoomReplica | undefined
  /** Names of all documents stored on this device. */
  stored(): Promise<string[]>
}

/** What an answer belongs to; undefined: it answers nothing. Older entries know only what they answer. */
export function rootOf(entry: Pick<Entry, 'replyTo' | 'root'>): Id | undefined {
  return entry.root ?? entry.replyTo
}

/**
 * One conversation of the open room, in the room's own replicas: the server says where its answers stand, and the room then holds those
 * segments; without a network, what is stored on this device is looked through.
 */
export class Conversation {
  readonly room: Id
  readonly root: Id
  readonly changed = new Listeners()
  readonly #options: ConversationOptions
  /** Places that the server has named. */
  readonly #places = new Set<number>()
  #rootSeq: number | undefined
  /** The server has older answers than those it named. */
  #older = false
  #asking = false
  /** What was known of the number of answers when the server was last asked. */
  #asked: string | undefined
  #stored: ReadonlySet<number> | undefined
  #closed = false

  constructor(options: ConversationOptions) {
    this.room = options.room
    this.root = options.root
    this.#options = options
    void this.#lookAtStorage()
  }

  /** Waits for an answer of the server. */
  get loading(): boolean {
    return this.#asking
  }

  get hasOlder(): boolean {
    return this.#older
  }

  beginning(): Entry | undefined {
    return this.#options.replica()?.find(this.root)
  }

  /** The answers that are here, ascending. */
  answers(): Entry[] {
    const replica = this.#options.replica()
    return replica?.entries().filter((entry) => rootOf(entry) === this.root && entry.deleted !== true) ?? []
  }

  /** Something has changed: asks for what is missing, and has the room hold where it is. */
  update(): void {
    const replica = this.#options.replica()
    if (this.#closed || replica === undefined) return
    const seq = this.beginning()?.seq
    if (seq !== undefined) this.#rootSeq = seq
    replica.need('conversation', this.#segments())
    if (!this.#options.online()) {
      // Asked anew after each reconnect, also where it was refused.
      this.#asked = undefined
      return
    }
    const known = JSON.stringify(this.beginning()?.answers ?? null)
    if (this.#asked === known || this.#asking) return
    // Those that have just come are in the segments that are held anyway.
    if (this.#asked !== undefined && this.answers().length >= (this.beginning()?.answers?.count ?? 0)) return
    this.#asked = known
    void this.#ask()
  }

  older(): void {
    const first = Math.min(...this.#places)
    if (this.#older && !this.#asking) void this.#ask(first)
  }

  close(): void {
    this.#closed = true
    this.#options.replica()?.need('conversation', new Set())
  }

  #segments(): Set<number> {
    const from = this.#rootSeq === undefined ? 0 : segmentOf(this.#rootSeq)
    const newest = (indexes: Iterable<number>) => [...new Set(indexes)].sort((a, b) => b - a).slice(0, MOST_SEGMENTS)
    const segments = new Set(newest([...this.#places].map(segmentOf)))
    if (this.#rootSeq !== undefined) segments.add(from)
    // Until the server has named the places, whatever is on this device may hold some.
    if (this.#places.size === 0) for (const index of newest([...(this.#stored ?? [])].filter((stored) => stored >= from))) segments.add(index)
    return segments
  }

  async #ask(before?: number): Promise<void> {
    this.#asking = true
    try {
      const page = await this.#options.api.thread(this.room, this.root, before)
      this.#rootSeq = page.root.seq
      this.#asked = JSON.stringify(page.root.answers ?? null)
      for (const { seq } of page.entries) this.#places.add(seq)
      if (before !== undefined || page.entries.length > 0) this.#older = page.more
    } catch {
      // Offline, not a member any more, or not delivered yet: what is here is shown.
    } finally {
      this.#asking = false
    }
    if (!this.#closed) this.changed.emit()
  }

  async #lookAtStorage(): Promise<void> {
    const names = await this.#options.stored().catch(() => [])
    this.#stored = new Set(names.flatMap((name) => {
      const parsed = parseDocName(name)
      return parsed?.kind === 'log' && parsed.room === this.room ? [parsed.segment] : []
    }))
    if (!this.#closed) this.changed.emit()
  }
}
