import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from 'idb'
import { BrowserNotesStore } from './browser-notes-store.ts'
import type { NotesIncrement } from './notes-store.ts'
import { StoreError, type CommandStore, type StoreChange, type StoredCommand } from './command-store.ts'

/** Version 2 added the notes. */
const VERSION = 2

export interface StoreSchema extends DBSchema {
  commands: { key: number; value: StoredCommand; indexes: { id: string } }
  facts: { key: string; value: string }
  notes: { key: number; value: NotesIncrement; indexes: { room: string } }
}

/** ms after which a database that neither opens nor fails counts as failed (another tab may block it). */
const OPEN_WITHIN = 5_000

/** The strict store over IndexedDB. Rejects with `StoreError` where it cannot be opened. */
export async function openBrowserCommandStore(name: string): Promise<CommandStore> {
  const store = new BrowserCommandStore(name)
  await store.open()
  return store
}

class BrowserCommandStore implements CommandStore {
  readonly durable = true
  readonly notes = new BrowserNotesStore((work) => this.#run(work))
  readonly #name: string
  #db: Promise<IDBPDatabase<StoreSchema>> | undefined

  constructor(name: string) {
    this.#name = name
  }

  open(): Promise<IDBPDatabase<StoreSchema>> {
    this.#db ??= openWithin(this.#name, () => {
      this.#db = undefined
    }).catch((error: unknown) => {
      this.#db = undefined
      throw asStoreError(error)
    })
    return this.#db
  }

  async readAll(): Promise<StoredCommand[]> {
    return this.#run((db) => db.getAll('commands'))
  }

  async readAfter(order: number): Promise<StoredCommand[]> {
    return this.#run((db) => db.getAll('commands', IDBKeyRange.lowerBound(order, true)))
  }

  async read(ids: readonly string[]): Promise<StoredCommand[]> {
    return this.#run(async (db) => {
      const index = db.transaction('commands').store.index('id')
      const found = await Promise.all(ids.map((id) => index.get(id)))
      return found.filter((record) => record !== undefined)
    })
  }

  async change(ids: readonly string[], decide: (found: ReadonlyMap<string, StoredCommand>) => StoreChange): Promise<StoredCommand[]> {
    return this.#run(async (db) => {
      const tx = db.transaction('commands', 'readwrite', { durability: 'strict' })
      // A rejection of `done` is always answered below; this keeps an abort during `decide` from being reported twice.
      tx.done.catch(() => undefined)
      const found = new Map<string, StoredCommand>()
      for (const record of await Promise.all(ids.map((id) => tx.store.index('id').get(id)))) {
        if (record) found.set(record.id, record)
      }
      let change: StoreChange
      try {
        change = decide(found)
      } catch (error) {
        tx.abort()
        throw new Refused(error)
      }
      const writes: Promise<unknown>[] = []
      for (const id of change.remove ?? []) writes.push(removeById(tx.store.index('id'), id))
      const put = (change.put ?? []).map((record) => ({ ...record }) as StoredCommand)
      for (const record of put) {
        writes.push(
          tx.store.put(record).then((order) => {
            record.order = order
          }),
        )
      }
      // Without waiting for the answers: a tab that crashes in the next millisecond has then handed everything over.
      if (!change.remove?.length) tx.commit()
      // The reason of an abort (a full disk) is with the transaction, not with the single requests.
      await Promise.all([...writes.map((write) => write.catch(() => undefined)), tx.done])
      return put
    })
  }

  async readFact(key: string): Promise<string | undefined> {
    return this.#run((db) => db.get('facts', key))
  }

  async writeFact(key: string, value: string): Promise<void> {
    await this.#run(async (db) => {
      const tx = db.transaction('facts', 'readwrite', { durability: 'strict' })
      await Promise.all([tx.store.put(value, key), tx.done])
    })
  }

  async wipe(): Promise<void> {
    this.close()
    await deleteDB(this.#name)
  }

  close(): void {
    void this.#db?.then((db) => db.close()).catch(() => undefined)
    this.#db = undefined
  }

  /** Runs the work; once more on a new connection if the browser had closed the old one. */
  async #run<T>(work: (db: IDBPDatabase<StoreSchema>) => Promise<T>): Promise<T> {
    try {
      return await work(await this.open())
    } catch (error) {
      if (!(error instanceof DOMException) || error.name !== 'InvalidStateError') throw asStoreError(error)
      this.#db = undefined
    }
    try {
      return await work(await this.open())
    } catch (error) {
      throw asStoreError(error)
    }
  }
}

/** Carries what `decide` threw through the error mapping. */
class Refused extends Error {
  constructor(cause: unknown) {
    super('refused', { cause })
  }
}

async function removeById(index: { getKey(id: string): Promise<number | undefined>; objectStore: { delete?(key: number): Promise<void> } }, id: string): Promise<void> {
  const key = await index.getKey(id)
  if (key !== undefined) await index.objectStore.delete?.(key)
}

async function openWithin(name: string, onClosed: () => void): Promise<IDBPDatabase<StoreSchema>> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const opening = openDB<StoreSchema>(name, VERSION, {
    upgrade(db, before) {
      if (before < 1) {
        db.createObjectStore('commands', { keyPath: 'order', autoIncrement: true }).createIndex('id', 'id', { unique: true })
        db.createObjectStore('facts')
      }
      db.createObjectStore('notes', { keyPath: 'order', autoIncrement: true }).createIndex('room', 'room')
    },
    // Signing out in another tab deletes the database: stand in its way no longer than needed.
    blocking(_current, _blocked, event) {
      ;(event.target as IDBDatabase).close()
      onClosed()
    },
    terminated: onClosed,
  })
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the database did not open')), OPEN_WITHIN)
  })
  try {
    return await Promise.race([opening, deadline])
  } catch (error) {
    void opening.then((db) => db.close()).catch(() => undefined)
    throw error
  } finally {
    clearTimeout(timer)
  }
}

function asStoreError(error: unknown): unknown {
  if (error instanceof Refused) return error.cause
  if (error instanceof StoreError) return error
  const full = error instanceof DOMException && error.name === 'QuotaExceededError'
  return new StoreError(full ? 'full' : 'failed', error)
}
