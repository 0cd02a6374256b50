import type { Id } from '@chatflow/shared/ids'
import type { RoomKind } from '@chatflow/shared/roles'
import type { Clock, KeyValue } from '../platform/platform.ts'
import { KeptCache } from './kept-cache.ts'
import type { RoomReplica } from './room-replica.ts'

/** What the list of rooms shows of a room whose replicas are not held. */
export interface RoomSummary {
  kind: RoomKind
  name: string
  /** The other people of a direct conversation. */
  with: Id[]
  /** Highest `seq` heard of. */
  head: number
  /** Rev heard of at which a message or reaction last changed. */
  rev: number
  /** Up to this rev the newest part that is stored is as the server has it. */
  synced: number
  /** Highest `seq` stored on this device. */
  stored: number
  floor: number
  /** Up to this rev, what is stored of the room holds nothing that was deleted. */
  erased: number
  topic: string
  archived: boolean
  /** ms since the epoch; 0: nothing known. */
  lastAt: number
  /** Unread messages, counted when the cursor was at `counted.cursor` and the head at `counted.head`. */
  unread: number
  counted: { cursor: number; head: number }
}

const EMPTY: RoomSummary = { kind: 'private', name: '', with: [], head: 0, rev: 0, synced: 0, stored: 0, floor: 0, erased: 0, topic: '', archived: false, lastAt: 0, unread: 0, counted: { cursor: 0, head: 0 } }

/** ms from a change to its being kept. */
const KEEP_AFTER = 500

/** Summaries of all rooms, kept across pages; losing them costs one round of background sync. */
export class RoomSummaries {
  readonly #rooms = new Map<Id, RoomSummary>()
  readonly #cache: KeptCache

  constructor(values: KeyValue, clock: Clock, key: string) {
    this.#cache = new KeptCache({ values, clock, key, after: KEEP_AFTER, content: () => Object.fromEntries(this.#rooms) })
    this.#cache.load((kept) => {
      for (const [room, summary] of Object.entries(kept as Record<Id, Partial<RoomSummary>>)) this.#rooms.set(room, { ...EMPTY, ...summary })
    })
  }

  get(room: Id): RoomSummary {
    return this.#rooms.get(room) ?? EMPTY
  }

  rooms(): Id[] {
    return [...this.#rooms.keys()]
  }

  learn(room: Id, facts: Partial<RoomSummary>): void {
    this.#rooms.set(room, { ...this.get(room), ...facts })
    this.#cache.changed()
  }

  /** Takes what a held replica says. `count`: unread messages after `cursor` in it. */
  take(replica: RoomReplica, cursor: number, unread: number): void {
    const { info } = replica
    const before = this.get(replica.room)
    const highest = replica.highest
    this.learn(replica.room, {
      head: Math.max(before.head, replica.head),
      stored: Math.max(before.stored, highest),
      floor: replica.floor,
      ...(info.topic === undefined ? {} : { topic: info.topic }),
      archived: info.archived === true,
      lastAt: Math.max(before.lastAt, replica.entry(highest)?.receivedAt ?? 0),
      ...(highest >= before.counted.head ? { unread, counted: { cursor, head: highest } } : {}),
    })
  }

  /** Has something come or changed that this device has not fetched? */
  isBehind(room: Id): boolean {
    const { head, stored, rev, synced } = this.get(room)
    return head > stored || rev > synced
  }

  forget(room: Id): void {
    this.#rooms.delete(room)
    this.#cache.changed()
  }

  /** Heads and counts hold no more; names stay until the server says otherwise. */
  dropCounts(): void {
    for (const [room, { kind, name, with: people, topic }] of this.#rooms) this.#rooms.set(room, { ...EMPTY, kind, name, with: people, topic })
    this.#cache.keep()
  }

  /** Nothing is kept by itself any more; `keep`: now, for the last time. */
  stop(keep: boolean): void {
    this.#cache.stop(keep)
  }
}
