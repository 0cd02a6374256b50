import { docName, parseDocName } from '@chatflow/shared/doc-names'
import type { Id } from '@chatflow/shared/ids'
import type { Clock } from '../platform/platform.ts'
import type { Api } from './api.ts'
import type { DocumentSessions } from './document-sessions.ts'
import { LogSegment } from './log-segment.ts'
import type { RoomReplica } from './room-replica.ts'
import type { RoomSummaries } from './room-summaries.ts'

/** ms for one segment to come, and until it is tried again after a failure. */
const WITHIN = 20_000
const AGAIN_AFTER = 30_000

export interface ErasureOptions {
  clock: Clock
  sessions: DocumentSessions
  summaries: RoomSummaries
  api: Pick<Api, 'erased'>
  stored(): Promise<string[]>
  online(): boolean
  /** Messages that were found to be deleted. */
  onDeleted(ids: ReadonlySet<Id>): void
}

/**
 * Deletions in parts of a room's log that this device stores but does not hold open (R6). The room's document tells the rev of the last deletion; the
 * server then names the segments, and those that are stored here are brought up, one at a time, and rewritten without the deleted bodies.
 */
export class Erasure {
  readonly #options: ErasureOptions
  readonly #running = new Set<Id>()
  readonly #failedAt = new Map<Id, number>()
  #turn: Promise<void> = Promise.resolve()
  #closed = false

  constructor(options: ErasureOptions) {
    this.#options = options
  }

  /** The room's replica has changed, or is about to be let go. */
  look({ room, erased }: Pick<RoomReplica, 'room' | 'erased'>): void {
    const { clock, summaries, online } = this.#options
    if (erased <= summaries.get(room).erased || !online() || this.#running.has(room) || this.#closed) return
    if (clock.now() - (this.#failedAt.get(room) ?? -AGAIN_AFTER) < AGAIN_AFTER) return
    this.#running.add(room)
    this.#turn = this.#turn
      .then(() => this.#sweep(room))
      .catch(() => void this.#failedAt.set(room, clock.now()))
      .finally(() => this.#running.delete(room))
  }

  close(): void {
    this.#closed = true
  }

  async #sweep(room: Id): Promise<void> {
    const { api, summaries } = this.#options
    const { rev, segments } = await api.erased(room, summaries.get(room).erased)
    const stored = new Set(await this.#options.stored())
    for (const index of segments) {
      const name = docName.log(room, index)
      if (parseDocName(name) !== undefined && stored.has(name) && !this.#closed) await this.#bringUp(room, index)
    }
    if (!this.#closed) summaries.learn(room, { erased: Math.max(rev, summaries.get(room).erased) })
  }

  /** Rejects if it does not come in time. */
  async #bringUp(room: Id, index: number): Promise<void> {
    const { clock, sessions, onDeleted } = this.#options
    const segment = new LogSegment(sessions, room, index)
    const stop = segment.deleted.add(onDeleted)
    try {
      await new Promise<void>((resolve, reject) => {
        const timer = clock.setTimeout(() => reject(new Error('It did not come in time.')), WITHIN)
        const look = () => {
          if (!segment.loaded || !segment.settled) return
          clock.clearTimeout(timer)
          resolve()
        }
        segment.changed.add(look)
        look()
      })
      await segment.compact()
    } finally {
      stop()
      segment.release()
    }
  }
}
