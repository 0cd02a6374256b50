import { docName, parseDocName } from '@chatflow/shared/doc-names'
import type { Id } from '@chatflow/shared/ids'
import * as Y from 'yjs'
import type { ReplicaStorage } from '../../platform/replica-storage.ts'
import type { EngineAnswer, EngineRequest } from './engine-messages.ts'
import { MessageIndex } from './message-index.ts'
import { documentsIn, type SearchDocument } from './search-document.ts'

/** Stored segments that are read between two words of how far it is. */
const TELL_EVERY = 16

interface Segment {
  room: Id
  segment: number
}

/**
 * Reads the replicas that are stored on this device into an index, keeps it in step with what the page tells, and answers queries, from the first
 * moment on with what has been read so far. The index is nowhere but in memory, so that there is no second copy of a message on the disk (R6).
 */
export class SearchEngine {
  readonly #storage: Pick<ReplicaStorage, 'list' | 'read'>
  readonly #tell: (answer: EngineAnswer) => void
  readonly #index = new MessageIndex()
  /** Segments that the page has told of: newer than what is stored. */
  readonly #told = new Set<string>()
  /** Rooms that have left the device, until something of them comes again. */
  readonly #dropped = new Set<Id>()
  #closed = false

  constructor(storage: Pick<ReplicaStorage, 'list' | 'read'>, tell: (answer: EngineAnswer) => void) {
    this.#storage = storage
    this.#tell = tell
  }

  hear(request: EngineRequest): void {
    switch (request.type) {
      case 'build':
        void this.#build(request.rooms)
        return
      case 'put':
        this.#dropped.delete(request.room)
        this.#told.add(keyOf(request))
        this.#index.put(request.room, request.segment, request.documents)
        return
      case 'reread':
        this.#dropped.delete(request.room)
        this.#told.delete(keyOf(request))
        void this.#read(request)
        return
      case 'forget':
        this.#index.forget(request.messages)
        return
      case 'drop':
        this.#dropped.add(request.room)
        this.#index.drop(request.room)
        return
      case 'find': {
        const { ask, query, layer } = request
        this.#tell({ type: 'found', ask, ...this.#index.find(query, request, layer) })
      }
    }
  }

  close(): void {
    this.#closed = true
  }

  async #build(rooms: readonly Id[]): Promise<void> {
    const segments = inTurn(await this.#storage.list(), rooms)
    for (const [done, segment] of segments.entries()) {
      if (this.#closed) return
      await this.#read(segment)
      if ((done + 1) % TELL_EVERY === 0 && done + 1 < segments.length) this.#tell({ type: 'read', segments: done + 1, of: segments.length })
    }
    this.#tell({ type: 'read', segments: segments.length, of: segments.length })
  }

  async #read(place: Segment): Promise<void> {
    if (this.#isNewer(place)) return
    const documents = await this.#documents(place)
    // While it was read the page may have told more.
    if (!this.#isNewer(place) && !this.#closed) this.#index.put(place.room, place.segment, documents)
  }

  #isNewer(place: Segment): boolean {
    return this.#told.has(keyOf(place)) || this.#dropped.has(place.room)
  }

  async #documents({ room, segment }: Segment): Promise<SearchDocument[]> {
    const doc = new Y.Doc()
    try {
      const updates = await this.#storage.read(docName.log(room, segment))
      doc.transact(() => {
        for (const update of updates) Y.applyUpdate(doc, update)
      })
      return documentsIn(room, doc)
    } catch {
      // Damaged: the replica itself is made anew when it is opened.
      return []
    } finally {
      doc.destroy()
    }
  }
}

function keyOf({ room, segment }: Segment): string {
  return docName.log(room, segment)
}

/** The stored segments, the newest of each room first; rooms take turns, those named first. */
function inTurn(names: readonly string[], first: readonly Id[]): Segment[] {
  const byRoom = new Map<Id, number[]>(first.map((room) => [room, []]))
  for (const name of names) {
    const parsed = parseDocName(name)
    if (parsed?.kind !== 'log') continue
    const segments = byRoom.get(parsed.room) ?? []
    byRoom.set(parsed.room, segments)
    segments.push(parsed.segment)
  }
  const ordered: { turn: number; place: Segment }[] = []
  for (const [room, segments] of byRoom) {
    for (const [turn, segment] of segments.sort((a, b) => b - a).entries()) ordered.push({ turn, place: { room, segment } })
  }
  return ordered.sort((a, b) => a.turn - b.turn).map(({ place }) => place)
}
