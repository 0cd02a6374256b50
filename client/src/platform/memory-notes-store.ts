import type { Id } from '@chatflow/shared/ids'
import type { StoreError } from './command-store.ts'
import type { NotesIncrement, NotesStore } from './notes-store.ts'

/** What several tabs share. */
export interface MemoryNotesData {
  increments: NotesIncrement[]
  nextOrder: number
}

/** The fake; `failure` answers with what the next writes fail, if they do. */
export class MemoryNotesStore implements NotesStore {
  readonly #data: MemoryNotesData
  readonly #failure: () => StoreError | undefined

  constructor(data: MemoryNotesData, failure: () => StoreError | undefined) {
    this.#data = data
    this.#failure = failure
  }

  async add(room: Id, update: Uint8Array): Promise<number> {
    this.#mayFail()
    const order = this.#data.nextOrder++
    this.#data.increments.push({ order, room, update: update.slice() })
    return order
  }

  async read(room: Id): Promise<NotesIncrement[]> {
    return this.#data.increments.filter((increment) => increment.room === room).map((increment) => structuredClone(increment))
  }

  async remove(orders: readonly number[]): Promise<void> {
    this.#mayFail()
    const gone = new Set(orders)
    this.#data.increments = this.#data.increments.filter(({ order }) => !gone.has(order))
  }

  async merge(orders: readonly number[], room: Id, update: Uint8Array): Promise<void> {
    await this.remove(orders)
    await this.add(room, update)
  }

  async rooms(): Promise<Id[]> {
    return [...new Set(this.#data.increments.map(({ room }) => room))].sort()
  }

  #mayFail(): void {
    const failure = this.#failure()
    if (failure !== undefined) throw failure
  }
}
