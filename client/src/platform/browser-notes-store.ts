import type { Id } from '@chatflow/shared/ids'
import type { IDBPDatabase } from 'idb'
import type { StoreSchema } from './browser-command-store.ts'
import type { NotesIncrement, NotesStore } from './notes-store.ts'

/** Runs work on the strict store's database, with its errors as `StoreError`. */
type Run = <T>(work: (db: IDBPDatabase<StoreSchema>) => Promise<T>) => Promise<T>

export class BrowserNotesStore implements NotesStore {
  readonly #run: Run

  constructor(run: Run) {
    this.#run = run
  }

  async add(room: Id, update: Uint8Array): Promise<number> {
    return this.#run(async (db) => {
      const tx = db.transaction('notes', 'readwrite', { durability: 'strict' })
      const put = tx.store.add({ room, update } as NotesIncrement)
      // Without waiting for the answer: a tab that is closed in the next millisecond has then handed it over.
      tx.commit()
      await Promise.all([put.catch(() => undefined), tx.done])
      return put
    })
  }

  async read(room: Id): Promise<NotesIncrement[]> {
    return this.#run((db) => db.getAllFromIndex('notes', 'room', room))
  }

  async remove(orders: readonly number[]): Promise<void> {
    await this.#run(async (db) => {
      const tx = db.transaction('notes', 'readwrite', { durability: 'strict' })
      await Promise.all([...orders.map((order) => tx.store.delete(order)), tx.done])
    })
  }

  async merge(orders: readonly number[], room: Id, update: Uint8Array): Promise<void> {
    await this.#run(async (db) => {
      const tx = db.transaction('notes', 'readwrite', { durability: 'strict' })
      await Promise.all([...orders.map((order) => tx.store.delete(order)), tx.store.add({ room, update } as NotesIncrement), tx.done])
    })
  }

  async rooms(): Promise<Id[]> {
    return this.#run(async (db) => {
      const rooms: Id[] = []
      for (let cursor = await db.transaction('notes').store.index('room').openKeyCursor(null, 'nextunique'); cursor; cursor = await cursor.continue()) rooms.push(cursor.key)
      return rooms
    })
  }
}
