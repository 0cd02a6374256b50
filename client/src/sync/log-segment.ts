import { docName, segmentRange } from '@chatflow/shared/doc-names'
import { parseReactionKey, type Entry, type Person } from '@chatflow/shared/entry'
import type { Id } from '@chatflow/shared/ids'
import type * as Y from 'yjs'
import type { DocumentLease, DocumentSessions } from './document-sessions.ts'
import { Listeners } from './listeners.ts'

/** One log segment of a room, read: entries by `seq` and by id, reactions, people. */
export class LogSegment {
  readonly index: number
  readonly changed = new Listeners()
  /** Messages seen as deleted: at loading and from then on. */
  readonly deleted = new Listeners<ReadonlySet<Id>>()
  /** Highest `seq` here; 0 while empty. */
  highest = 0
  /** Raised by whatever changes reactions or people: views made before are stale. */
  version = 0
  readonly #lease: DocumentLease
  readonly #stop: () => void
  readonly #seqById = new Map<Id, number>()
  #reactions: Map<number, Map<string, Id[]>> | undefined
  #loaded = false

  constructor(sessions: DocumentSessions, room: Id, index: number) {
    this.index = index
    this.#lease = sessions.acquire(docName.log(room, index))
    const { session } = this.#lease
    this.#stop = session.changed.add((change) => {
      if (change === 'replaced') this.#bind()
      if (change !== 'updated') this.changed.emit()
    })
    this.#bind()
    void session.loaded.then(() => {
      this.#loaded = true
      this.changed.emit()
    })
  }

  /** Server and replica hold the same, as of this connection. */
  get confirmed(): boolean {
    return this.#lease.session.confirmed
  }

  /** What this device has stored is in. */
  get loaded(): boolean {
    return this.#loaded
  }

  /** There is nothing to wait for: confirmed, or not given to this user. */
  get settled(): boolean {
    return this.confirmed || this.#lease.session.gone !== undefined
  }

  /** First `seq` that belongs here. */
  get first(): number {
    return segmentRange(this.index).first
  }

  /** First `seq` from the beginning of the segment that is not here: all below it are. */
  get firstGap(): number {
    let seq = this.first
    while (seq <= this.highest && this.#log().has(String(seq))) seq += 1
    return seq
  }

  entry(seq: number): Entry | undefined {
    return asEntry(this.#log().get(String(seq)))
  }

  find(id: Id): Entry | undefined {
    const seq = this.#seqById.get(id)
    return seq === undefined ? undefined : this.entry(seq)
  }

  entries(): Entry[] {
    const entries: Entry[] = []
    for (const value of this.#log().values()) {
      const entry = asEntry(value)
      if (entry) entries.push(entry)
    }
    return entries.sort((a, b) => a.seq - b.seq)
  }

  /** Users by emoji. */
  reactions(seq: number): ReadonlyMap<string, Id[]> {
    this.#reactions ??= readReactions(this.#lease.session.doc.getMap<number>('reactions'))
    return this.#reactions.get(seq) ?? NONE
  }

  person(id: Id): Person | undefined {
    return this.#people().get(id)
  }

  people(): Iterable<[Id, Person]> {
    return this.#people().entries()
  }

  askAgain(): void {
    this.#lease.session.askAgain()
  }

  /** Rewrites what this device stores of it, so that nothing deleted is left. */
  compact(): Promise<void> {
    return this.#lease.session.compact()
  }

  release(): void {
    this.#stop()
    this.#lease.release()
  }

  #log(): Y.Map<unknown> {
    return this.#lease.session.doc.getMap('log')
  }

  #people(): Y.Map<Person> {
    return this.#lease.session.doc.getMap('people')
  }

  #bind(): void {
    const { doc } = this.#lease.session
    this.#seqById.clear()
    this.highest = 0
    this.#reactions = undefined
    this.version += 1
    const log = this.#log()
    this.#take(log.keys())
    // `keysChanged`, because reading `changes` is quadratic on the first load.
    log.observe((event) => {
      this.#take(event.keysChanged as Set<string>)
      this.changed.emit()
    })
    const touched = () => {
      this.#reactions = undefined
      this.version += 1
      this.changed.emit()
    }
    doc.getMap('reactions').observe(touched)
    doc.getMap('people').observe(touched)
  }

  #take(keys: Iterable<string>): void {
    const deleted = new Set<Id>()
    const log = this.#log()
    for (const key of keys) {
      const entry = asEntry(log.get(key))
      if (!entry) continue
      this.#seqById.set(entry.id, entry.seq)
      this.highest = Math.max(this.highest, entry.seq)
      if (entry.deleted) deleted.add(entry.id)
    }
    if (deleted.size === 0) return
    // A body that arrives as deleted must not stay on this disk as an earlier update.
    if (this.#loaded) void this.#lease.session.compact()
    queueMicrotask(() => this.deleted.emit(deleted))
  }
}

const NONE: ReadonlyMap<string, Id[]> = new Map()

function asEntry(value: unknown): Entry | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const entry = value as Partial<Entry>
  return typeof entry.seq === 'number' && typeof entry.id === 'string' ? (value as Entry) : undefined
}

function readReactions(map: Y.Map<number>): Map<number, Map<string, Id[]>> {
  const bySeq = new Map<number, Map<string, Id[]>>()
  for (const key of map.keys()) {
    const reaction = parseReactionKey(key)
    if (!reaction) continue
    const emoji = bySeq.get(reaction.seq) ?? new Map<string, Id[]>()
    bySeq.set(reaction.seq, emoji)
    const users = emoji.get(reaction.emoji)
    if (users) users.push(reaction.user)
    else emoji.set(reaction.emoji, [reaction.user])
  }
  return bySeq
}
