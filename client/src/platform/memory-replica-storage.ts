import * as Y from 'yjs'
import type { ReplicaStorage, StoredReplica } from './replica-storage.ts'

/** The fake of the replica store. Tabs that are given the same map share what is stored, as IndexedDB would. */
export class MemoryReplicaStorage implements ReplicaStorage {
  readonly #stored: Map<string, Uint8Array[]>

  constructor(stored: Map<string, Uint8Array[]> = new Map()) {
    this.#stored = stored
  }

  open(name: string, doc: Y.Doc): StoredReplica {
    return new MemoryReplica(this.#stored, name, doc)
  }

  async read(name: string): Promise<Uint8Array[]> {
    return [...(this.#stored.get(name) ?? [])]
  }

  async remove(name: string): Promise<void> {
    this.#stored.delete(name)
  }

  async list(): Promise<string[]> {
    return [...this.#stored.keys()]
  }

  async wipe(): Promise<void> {
    this.#stored.clear()
  }
}

class MemoryReplica implements StoredReplica {
  readonly loaded: Promise<void>
  readonly #stored: Map<string, Uint8Array[]>
  readonly #name: string
  readonly #doc: Y.Doc
  readonly #keep = (update: Uint8Array, origin: unknown) => {
    if (origin === this) return
    const updates = this.#stored.get(this.#name)
    if (updates) updates.push(update)
    else this.#stored.set(this.#name, [update])
  }

  constructor(stored: Map<string, Uint8Array[]>, name: string, doc: Y.Doc) {
    this.#stored = stored
    this.#name = name
    this.#doc = doc
    for (const update of stored.get(name) ?? []) Y.applyUpdate(doc, update, this)
    doc.on('update', this.#keep)
    this.loaded = Promise.resolve()
  }

  async compact(): Promise<void> {
    this.#stored.set(this.#name, [Y.encodeStateAsUpdate(this.#doc)])
  }

  async replace(fresh: Y.Doc): Promise<StoredReplica> {
    await this.close()
    this.#stored.set(this.#name, [Y.encodeStateAsUpdate(fresh)])
    return new MemoryReplica(this.#stored, this.#name, fresh)
  }

  async close(): Promise<void> {
    this.#doc.off('update', this.#keep)
  }
}
