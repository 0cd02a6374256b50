import { clearDocument, IndexeddbPersistence, storeState } from 'y-indexeddb'
import * as Y from 'yjs'
import type { ReplicaStorage, StoredReplica } from './replica-storage.ts'

/** ms to wait for IndexedDB before a replica goes on without what is stored: `whenSynced` alone can hang for ever. */
const LOAD_WITHIN = 3_000

/** ms to wait for a deletion that another tab may hold up. */
const REMOVE_WITHIN = 3_000

/** Replicas in y-indexeddb, one database per document, wrapped because it reports no errors and throws into `applyUpdate`. */
export class BrowserReplicaStorage implements ReplicaStorage {
  readonly #prefix: string

  constructor(prefix: string) {
    this.#prefix = `${prefix}/`
  }

  open(name: string, doc: Y.Doc): StoredReplica {
    return new BrowserReplica(this.#prefix + name, doc)
  }

  async read(name: string): Promise<Uint8Array[]> {
    let updates: Uint8Array[] = []
    await within(LOAD_WITHIN, readUpdates(this.#prefix + name).then((read) => void (updates = read)))
    return updates
  }

  async remove(name: string): Promise<void> {
    await within(REMOVE_WITHIN, clearDocument(this.#prefix + name))
  }

  async list(): Promise<string[]> {
    try {
      const databases = await indexedDB.databases()
      return databases.flatMap((database) => (database.name?.startsWith(this.#prefix) ? [database.name.slice(this.#prefix.length)] : []))
    } catch {
      return []
    }
  }

  async wipe(): Promise<void> {
    const names = await this.list()
    await Promise.all(names.map((name) => this.remove(name)))
  }
}

class BrowserReplica implements StoredReplica {
  readonly loaded: Promise<void>
  readonly #name: string
  readonly #doc: Y.Doc
  readonly #persistence: IndexeddbPersistence
  #broken = false
  readonly #keep = (update: Uint8Array, origin: unknown) => {
    if (this.#broken) return
    try {
      this.#persistence._storeUpdate(update, origin)
    } catch {
      // Another tab deleted the database: this page goes on in memory.
      this.#broken = true
    }
  }

  constructor(name: string, doc: Y.Doc) {
    this.#name = name
    this.#doc = doc
    this.#persistence = new IndexeddbPersistence(name, doc)
    doc.off('update', this.#persistence._storeUpdate)
    doc.on('update', this.#keep)
    this.loaded = within(LOAD_WITHIN, Promise.race([this.#persistence.whenSynced, this.#persistence._db.then(() => this.#persistence.whenSynced)]))
  }

  async compact(): Promise<void> {
    if (this.#broken || this.#persistence.db === null || !this.#persistence.synced) return
    await within(LOAD_WITHIN, storeState(this.#persistence, true))
  }

  async replace(fresh: Y.Doc): Promise<StoredReplica> {
    const db = this.#persistence.db
    if (db !== null && !this.#broken) await within(LOAD_WITHIN, overwrite(db, Y.encodeStateAsUpdate(fresh)))
    await this.close()
    return new BrowserReplica(this.#name, fresh)
  }

  async close(): Promise<void> {
    this.#doc.off('update', this.#keep)
    await within(LOAD_WITHIN, this.#persistence.destroy())
  }
}

/** In one transaction, so that a page closed in the middle leaves the old or the new state, never a mixture. */
function overwrite(db: IDBDatabase, state: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    const tx = db.transaction(['updates'], 'readwrite')
    const updates = tx.objectStore('updates')
    updates.clear()
    updates.add(state)
    tx.oncomplete = () => resolve()
    tx.onabort = () => reject(tx.error ?? new Error('aborted'))
  })
}

/** Reads the updates that y-indexeddb has stored, beside whoever has the database open. */
function readUpdates(name: string): Promise<Uint8Array[]> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name)
    // It does not exist (any more): what was purged must not come back as an empty database.
    request.onupgradeneeded = () => request.transaction?.abort()
    request.onerror = () => reject(request.error ?? new Error('not opened'))
    request.onsuccess = () => {
      const db = request.result
      // Whoever deletes it is not kept waiting.
      db.onversionchange = () => db.close()
      try {
        const all = db.transaction(['updates'], 'readonly').objectStore('updates').getAll()
        all.onsuccess = () => {
          db.close()
          resolve(all.result as Uint8Array[])
        }
        all.onerror = () => {
          db.close()
          reject(all.error ?? new Error('not read'))
        }
      } catch (error) {
        db.close()
        reject(error instanceof Error ? error : new Error(String(error)))
      }
    }
  })
}

/** Resolves when the work is done, has failed or has taken too long. */
function within(ms: number, work: Promise<unknown>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    void work
      .catch(() => undefined)
      .finally(() => {
        clearTimeout(timer)
        resolve()
      })
  })
}
