import { docName, parseDocName } from '@chatflow/shared/doc-names'
import type { Entry } from '@chatflow/shared/entry'
import type { Id } from '@chatflow/shared/ids'
import type { ReplicaStorage } from '../platform/replica-storage.ts'
import type { DocumentSessions } from './document-sessions.ts'
import { LogSegment } from './log-segment.ts'

/** What a device has of a room's log, in whatever pieces: looked into one segment at a time, nothing stays held. */
export class StoredLog {
  readonly #sessions: DocumentSessions
  readonly #storage: ReplicaStorage
  readonly #room: Id

  constructor(sessions: DocumentSessions, storage: ReplicaStorage, room: Id) {
    this.#sessions = sessions
    this.#storage = storage
    this.#room = room
  }

  /** `seq` of the first stored entry committed at or after `time`, ms. Times never decrease, so few segments have to be opened. */
  async firstAt(time: number): Promise<number | undefined> {
    const indexes = await this.#indexes()
    let found: number | undefined
    let low = 0
    let high = indexes.length
    while (low < high) {
      const middle = (low + high) >> 1
      const index = indexes[middle]
      const entries = index === undefined ? [] : await this.#entries(index)
      if (entries.length === 0) {
        // Nothing came of it yet: as if it were not stored.
        indexes.splice(middle, 1)
        high -= 1
        continue
      }
      const first = entries.find(({ receivedAt }) => receivedAt >= time)
      if (first === undefined) low = middle + 1
      else {
        found = first.seq
        high = middle
      }
    }
    return found
  }

  /** Ascending. */
  async #indexes(): Promise<number[]> {
    const names = (await this.#storage.list()).flatMap((name) => parseDocName(name) ?? [])
    return names.flatMap((name) => (name.kind === 'log' && name.room === this.#room ? [name.segment] : [])).sort((a, b) => a - b)
  }

  async #entries(index: number): Promise<Entry[]> {
    const lease = this.#sessions.acquire(docName.log(this.#room, index))
    const segment = new LogSegment(this.#sessions, this.#room, index)
    try {
      await lease.session.loaded
      return segment.entries()
    } finally {
      segment.release()
      lease.release()
    }
  }
}
