import { segmentOf } from '@chatflow/shared/doc-names'
import type { Entry, Person } from '@chatflow/shared/entry'
import type { Id } from '@chatflow/shared/ids'
import type { DocumentSessions } from './document-sessions.ts'
import { Listeners } from './listeners.ts'
import { LogSegment } from './log-segment.ts'

export interface Place {
  room: Id
  seq: number
}

/** Single messages of any rooms: only the segments that hold them are read, their rooms are not opened. */
export class Excerpts {
  readonly changed = new Listeners()
  readonly deleted = new Listeners<ReadonlySet<Id>>()
  readonly #sessions: DocumentSessions
  readonly #held = new Map<string, { room: Id; segment: LogSegment; stop: () => void }>()

  constructor(sessions: DocumentSessions) {
    this.#sessions = sessions
  }

  /** Reads these places from now on, and lets all others go. */
  want(places: readonly Place[]): void {
    const wanted = new Map(places.map((place) => [keyOf(place), place]))
    for (const [key, held] of this.#held) if (!wanted.has(key)) this.#release(key, held)
    for (const [key, { room, seq }] of wanted) {
      if (this.#held.has(key)) continue
      const segment = new LogSegment(this.#sessions, room, segmentOf(seq))
      const stops = [segment.changed.add(() => this.changed.emit()), segment.deleted.add((ids) => this.deleted.emit(ids))]
      this.#held.set(key, { room, segment, stop: () => stops.forEach((stop) => stop()) })
    }
  }

  entry(place: Place): Entry | undefined {
    return this.#held.get(keyOf(place))?.segment.entry(place.seq)
  }

  /** A person as the segment of this place names them. */
  person(place: Place, id: Id): Person | undefined {
    return this.#held.get(keyOf(place))?.segment.person(id)
  }

  /** Nothing of this room is read any more: it is about to leave the device. */
  drop(room: Id): void {
    for (const [key, held] of this.#held) if (held.room === room) this.#release(key, held)
  }

  close(): void {
    this.want([])
  }

  #release(key: string, { segment, stop }: { segment: LogSegment; stop: () => void }): void {
    this.#held.delete(key)
    stop()
    segment.release()
  }
}

function keyOf({ room, seq }: Place): string {
  return `${room}/${segmentOf(seq)}`
}
