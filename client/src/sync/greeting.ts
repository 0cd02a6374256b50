import type { Api } from './api.ts'
import type { CommandQueue } from './command-queue.ts'
import type { Connection } from './connection.ts'
import type { DocumentSessions } from './document-sessions.ts'
import type { Epoch } from './epoch.ts'
import type { Outbox } from './outbox.ts'
import type { RoomKeeper } from './room-keeper.ts'
import type { RoomSummaries } from './room-summaries.ts'
import type { LocalSearch } from './search/local-search.ts'

export interface GreetingOptions {
  connection: Pick<Connection, 'greeted' | 'isOpen'>
  epoch: Pick<Epoch, 'meet'>
  queue: Pick<CommandQueue, 'catchUp' | 'requeueSettled'>
  outbox: Pick<Outbox, 'greeted'>
  api: Pick<Api, 'bootstrap'>
  rooms: Pick<RoomKeeper, 'learn' | 'forgetSynced' | 'syncAll'>
  summaries: Pick<RoomSummaries, 'get' | 'learn' | 'dropCounts'>
  sessions: Pick<DocumentSessions, 'dropAll'>
  search: Pick<LocalSearch, 'reset'>
  /** How far the rooms are is known now, or cannot be asked. */
  onHeads(): void
}

/** What follows on the server's hello, in this order: the epoch is dealt with, only then commands go out, heads are learnt, and rooms are fetched. */
export class Greeting {
  readonly #options: GreetingOptions
  /** Raised by each hello: what an earlier one was about to do is the later one's to do. */
  #turn = 0

  constructor(options: GreetingOptions) {
    this.#options = options
  }

  async meet(epoch: string): Promise<void> {
    const { connection, queue, outbox, rooms } = this.#options
    const mine = ++this.#turn
    connection.greeted()
    try {
      await this.#options.epoch.meet(epoch, queue, () => this.#dropReplicas())
      await queue.catchUp()
    } catch (error) {
      // A device that cannot write: what is in memory still goes out.
      console.error(error)
    }
    if (mine !== this.#turn || !connection.isOpen) return
    outbox.greeted()
    await this.#learnHeads()
    rooms.syncAll()
  }

  /** No hello leads to anything any more. */
  stop(): void {
    this.#turn += 1
  }

  async #dropReplicas(): Promise<void> {
    const { summaries, rooms, sessions, search } = this.#options
    summaries.dropCounts()
    rooms.forgetSynced()
    await sessions.dropAll()
    search.reset()
  }

  async #learnHeads(): Promise<void> {
    const { api, rooms, summaries, onHeads } = this.#options
    try {
      for (const room of (await api.bootstrap()).rooms) {
        rooms.learn(room.room, room.head, room.rev)
        const known = summaries.get(room.room)
        if (room.head >= known.counted.head) summaries.learn(room.room, { unread: room.unread, counted: { cursor: room.cursor, head: room.head } })
      }
    } catch {
      // The documents say the same, later.
    }
    onHeads()
  }
}
