import type { Id } from '@chatflow/shared/ids'
import type { TimelineView } from '../chat/views.ts'

/** A message just delivered is among this many newest ones. */
const LOOK_BACK = 64

/**
 * Keys of the list's rows: a row is its sequence number, so that it keeps its place while it loads. One's own message has only its id until it
 * is delivered, and keeps that as its key afterwards: the element stays the same, with its focus and its height.
 */
export class RowKeys {
  #waiting = new Set<Id>()
  #delivered = new Map<number, Id>()

  /** Takes note of what has been delivered between two views of the room. */
  update(timeline: Pick<TimelineView, 'pending' | 'head' | 'floor' | 'at'>): void {
    const pending = new Set(timeline.pending.map((message) => message.id))
    const gone = new Set([...this.#waiting].filter((id) => !pending.has(id)))
    for (const id of pending) this.#waiting.add(id)
    if (gone.size === 0) return
    for (let seq = timeline.head; seq > Math.max(timeline.floor, timeline.head - LOOK_BACK); seq--) {
      const id = timeline.at(seq)?.id
      if (id !== undefined && gone.has(id)) {
        this.#delivered.set(seq, id)
        this.#waiting.delete(id)
      }
    }
  }

  keyOf(seq: number): string | number {
    return this.#delivered.get(seq) ?? seq
  }
}
