import { MemoryNotesStore, type MemoryNotesData } from './memory-notes-store.ts'
import type { StoreError, CommandStore, StoreChange, StoredCommand } from './command-store.ts'

/** What several tabs share: give the same one to each `createMemoryCommandStore`. */
export interface MemoryCommandData {
  records: Map<string, StoredCommand>
  facts: Map<string, string>
  nextOrder: number
  notes: MemoryNotesData
}

export function emptyCommandData(): MemoryCommandData {
  return { records: new Map(), facts: new Map(), nextOrder: 1, notes: { increments: [], nextOrder: 1 } }
}

/** The fake of the strict store; also what is used where a browser stores nothing (`durable: false`). */
export class MemoryCommandStore implements CommandStore {
  readonly durable: boolean
  readonly data: MemoryCommandData
  readonly notes: MemoryNotesStore
  /** Set: the next writes fail with it, as a full disk would make them. */
  failure: StoreError | undefined

  constructor(durable: boolean, data: MemoryCommandData = emptyCommandData()) {
    this.durable = durable
    this.data = data
    this.notes = new MemoryNotesStore(data.notes, () => this.failure)
  }

  async readAll(): Promise<StoredCommand[]> {
    return [...this.data.records.values()].sort((a, b) => a.order - b.order).map((record) => structuredClone(record))
  }

  async readAfter(order: number): Promise<StoredCommand[]> {
    return (await this.readAll()).filter((record) => record.order > order)
  }

  async read(ids: readonly string[]): Promise<StoredCommand[]> {
    const found: StoredCommand[] = []
    for (const id of ids) {
      const record = this.data.records.get(id)
      if (record) found.push(structuredClone(record))
    }
    return found
  }

  async change(ids: readonly string[], decide: (found: ReadonlyMap<string, StoredCommand>) => StoreChange): Promise<StoredCommand[]> {
    const found = new Map<string, StoredCommand>()
    for (const id of ids) {
      const record = this.data.records.get(id)
      if (record) found.set(id, structuredClone(record))
    }
    const change = decide(found)
    if (this.failure) throw this.failure
    const put: StoredCommand[] = []
    for (const id of change.remove ?? []) this.data.records.delete(id)
    for (const record of change.put ?? []) {
      const stored = structuredClone({ ...record, order: record.order ?? this.data.nextOrder++ })
      this.data.records.set(stored.id, stored)
      put.push(structuredClone(stored))
    }
    return put
  }

  async readFact(key: string): Promise<string | undefined> {
    return this.data.facts.get(key)
  }

  async writeFact(key: string, value: string): Promise<void> {
    if (this.failure) throw this.failure
    this.data.facts.set(key, value)
  }

  async wipe(): Promise<void> {
    this.data.records.clear()
    this.data.facts.clear()
    this.data.notes.increments = []
  }

  close(): void {}
}
