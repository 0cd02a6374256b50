import { parseDocName } from '@chatflow/shared/doc-names'
import type { SearchSort } from '@chatflow/shared/api/search'
import type { Id } from '@chatflow/shared/ids'
import type { Clock, Helper, Platform, Timer } from '../../platform/platform.ts'
import type { ReplicaStorage } from '../../platform/replica-storage.ts'
import type { DocumentSessions } from '../document-sessions.ts'
import { Listeners } from '../listeners.ts'
import type { EngineAnswer, EngineRequest, SearchLayer } from './engine-messages.ts'
import type { LocalQuery } from './local-query.ts'
import { documentsIn } from './search-document.ts'
import { SearchEngine } from './search-engine.ts'

/** ms in which changes of a segment are gathered before they are told. */
const TELL_AFTER = 50

export type LocalFound = Omit<Extract<EngineAnswer, { type: 'found' }>, 'type' | 'ask'>

export interface LocalSearchOptions {
  clock: Clock
  sessions: DocumentSessions
  storage: ReplicaStorage
  openWorker: Platform['openSearchWorker']
  /** Of the replicas; undefined: they are in this page's memory alone, where no worker sees them. */
  name: string | undefined
  /** Rooms to be read first. */
  rooms(): Id[]
}

/**
 * Search over what is on this device. Nothing of it exists before the first search of a page. From then on the engine, in a worker where there is one,
 * is told of every change of a held segment; what is not held is as it is stored.
 */
export class LocalSearch {
  /** More of what is stored has been read: a search finds more now. */
  readonly changed = new Listeners()
  readonly #options: LocalSearchOptions
  readonly #asks = new Map<number, { request: EngineRequest; resolve: (found: LocalFound) => void }>()
  readonly #dirty = new Set<string>()
  #engine: Helper | undefined
  #stop: (() => void) | undefined
  #timer: Timer | undefined
  #asked = 0
  #reading = false
  #closed = false

  constructor(options: LocalSearchOptions) {
    this.#options = options
  }

  /** What is stored has not all been read yet. */
  get reading(): boolean {
    return this.#reading
  }

  /** Answers with what is known by now. Never rejects; resolves with nothing when the search ends before. */
  find(query: LocalQuery, sort: SearchSort, limit: number, layer: SearchLayer): Promise<LocalFound> {
    if (this.#closed) return Promise.resolve(NOTHING)
    this.#engine ??= this.#open(true)
    this.#flush()
    const ask = ++this.#asked
    const request: EngineRequest = { type: 'find', ask, query, sort, limit, now: this.#options.clock.now(), layer }
    return new Promise((resolve) => {
      this.#asks.set(ask, { request, resolve })
      this.#post(request)
    })
  }

  /** Messages are deleted. */
  forget(messages: ReadonlySet<Id>): void {
    if (this.#engine) this.#post({ type: 'forget', messages: [...messages] })
  }

  /** A room leaves this device. */
  drop(room: Id): void {
    if (!this.#engine) return
    for (const name of this.#dirty) {
      const parsed = parseDocName(name)
      if (parsed?.kind === 'log' && parsed.room === room) this.#dirty.delete(name)
    }
    this.#post({ type: 'drop', room })
  }

  /** Nothing that was read counts any more. */
  reset(): void {
    this.#end()
    for (const { resolve } of this.#asks.values()) resolve(NOTHING)
    this.#asks.clear()
    this.changed.emit()
  }

  close(): void {
    this.#closed = true
    this.reset()
  }

  #open(inWorker: boolean): Helper {
    const { name, openWorker, storage, sessions } = this.#options
    this.#reading = true
    this.#stop = sessions.changed.add((session) => this.#touch(session.name))
    const worker = inWorker && name !== undefined ? openWorker(name, (answer) => this.#hear(answer as EngineAnswer), () => this.#failed()) : undefined
    const engine = worker ?? inThisPage(storage, (answer) => this.#hear(answer))
    engine.post({ type: 'build', rooms: this.#options.rooms() } satisfies EngineRequest)
    // What is held may be newer than what is stored, or not be stored at all.
    for (const held of sessions.names()) this.#touch(held)
    return engine
  }

  /** Without its worker the page searches by itself. */
  #failed(): void {
    if (this.#closed) return
    this.#end()
    this.#engine = this.#open(false)
    this.#flush()
    for (const { request } of this.#asks.values()) this.#post(request)
  }

  #end(): void {
    this.#options.clock.clearTimeout(this.#timer)
    this.#timer = undefined
    this.#stop?.()
    this.#engine?.close()
    this.#engine = undefined
    this.#dirty.clear()
    this.#reading = false
  }

  #hear(answer: EngineAnswer): void {
    if (this.#closed) return
    if (answer.type === 'read') {
      this.#reading = answer.segments < answer.of
      this.changed.emit()
      return
    }
    const { type: _type, ask, ...found } = answer
    this.#asks.get(ask)?.resolve(found)
    this.#asks.delete(ask)
  }

  #touch(name: string): void {
    if (parseDocName(name)?.kind !== 'log') return
    this.#dirty.add(name)
    this.#timer ??= this.#options.clock.setTimeout(() => this.#flush(), TELL_AFTER)
  }

  #flush(): void {
    this.#options.clock.clearTimeout(this.#timer)
    this.#timer = undefined
    const { sessions } = this.#options
    for (const name of this.#dirty) {
      const parsed = parseDocName(name)
      if (parsed?.kind !== 'log') continue
      const { room, segment } = parsed
      const held = sessions.held(name)
      if (held) this.#post({ type: 'put', room, segment, documents: documentsIn(room, held.doc) })
      // Let go of in between: it is stored by now, or will be in a moment.
      else void sessions.settled().then(() => this.#post({ type: 'reread', room, segment }))
    }
    this.#dirty.clear()
  }

  #post(request: EngineRequest): void {
    this.#engine?.post(request)
  }
}

const NOTHING: LocalFound = { hits: [], more: false, coverage: { messages: 0 } }

/** The engine where there is no worker. What is said is copied all the same, and dealt with later, as it would be by a worker. */
function inThisPage(storage: ReplicaStorage, hear: (answer: EngineAnswer) => void): Helper {
  let closed = false
  const engine = new SearchEngine(storage, (answer) => queueMicrotask(() => closed || hear(answer)))
  return {
    post: (request) => queueMicrotask(() => closed || engine.hear(request as EngineRequest)),
    close: () => {
      closed = true
      engine.close()
    },
  }
}
