import type { SearchPage } from '@chatflow/shared/api/search'
import type { Person } from '@chatflow/shared/entry'
import type { ErrorCode } from '@chatflow/shared/errors'
import type { Id } from '@chatflow/shared/ids'
import { QUERY_FAULTS, type ParsedQuery, type QueryProblem } from '@chatflow/shared/search/query'
import type { Clock, Timer } from '../platform/platform.ts'
import { ApiError } from '../sync/api.ts'
import type { ChatCore } from '../sync/chat-core.ts'
import { localQuery } from '../sync/search/local-query.ts'
import type { LocalFound } from '../sync/search/local-search.ts'
import { mergeResults } from './merge-results.ts'
import type { Overlay } from './overlay.ts'
import { personView } from './people-view.ts'
import { searchLayer } from './search-layer.ts'
import { inTyped, mayBeUnfinished, queryOf } from './search-query.ts'
import type { RoomView, SearchAsk, SearchHitView, SearchView } from './views.ts'

/** ms of not typing after which this device, and the server, is asked, and what is wrong is said. */
const DEVICE_AFTER = 60
const SERVER_AFTER = 250
const FAULT_AFTER = 1_200
/** ms for which the results of the server may still take the place of those of this device. */
const FREE_FOR = 400
/** ms between two looks at what this device has read meanwhile. */
const LOOK_AGAIN = 500
/** Results of this device at a time. */
const PAGE = 50
/** s after which a server that refused is asked again, unless it says when. */
const RETRY_AFTER = 5

type Wait = 'device' | 'server' | 'fault' | 'free' | 'again'

interface Hit {
  id: Id
  room: Id
  seq?: number
  by: Id
  at: number
  excerpt: SearchHitView['excerpt']
}

export interface SearchRunOptions {
  core: ChatCore
  clock: Clock
  rooms(): readonly RoomView[]
  overlay(): Overlay
  /** IANA name. */
  timeZone(): string
  onChange(): void
}

/** One search after the other: what is typed, what is asked, and the list that is shown. Results of the server are in memory alone. */
export class SearchRun {
  readonly #options: SearchRunOptions
  readonly #stops: (() => void)[]
  readonly #timers = new Map<Wait, Timer>()
  #ask: SearchAsk = { text: '', room: undefined, sort: 'best' }
  /** Raised by each search: answers to those before are not wanted any more. */
  #turn = 0
  #query: { text: string; shift: number; parsed: ParsedQuery & { ok: true } } | undefined
  #fault: QueryProblem | undefined
  /** Names somebody, or a room, that this device does not know: the server may. */
  #unknown: QueryProblem | undefined
  #local: LocalFound | undefined
  #limit = PAGE
  #remote: { hits: Hit[]; next: string | undefined } | undefined
  #server: SearchView['server'] = 'unreachable'
  #refusal: ErrorCode | undefined
  #people: Record<Id, Person> = {}
  #shown: Hit[] = []
  #onDevice: number | undefined
  /** Something has answered, and the list may still be another one. */
  #answered = true
  #free = true

  constructor(options: SearchRunOptions) {
    this.#options = options
    const { core } = options
    this.#stops = [
      core.search.changed.add(() => {
        // While much is being read it changes all the time: it is looked at nevertheless.
        if (!this.#timers.has('again')) this.#later('again', LOOK_AGAIN, () => this.#askDevice())
      }),
      core.deleted.add((ids) => this.#forget(ids)),
      core.connection.stateChanged.add(() => {
        if (core.isOnline && this.#server === 'unreachable') this.#askServer()
      }),
    ]
  }

  set(ask: SearchAsk, now: boolean): void {
    const same = this.#ask.text === ask.text && this.#ask.room === ask.room && this.#ask.sort === ask.sort
    this.#ask = ask
    if (same && !now) return
    this.#clear('device', 'server', 'fault')
    if (ask.text.trim() === '') this.#empty()
    else this.#later('device', now ? 0 : DEVICE_AFTER, () => this.#start(now))
    this.#options.onChange()
  }

  more(): void {
    if (this.#server === 'asking') return
    if (this.#remote?.next !== undefined) this.#askServer(this.#remote.next)
    else if (this.#remote === undefined && this.#local?.more === true) {
      this.#limit += PAGE
      this.#free = false
      this.#askDevice()
    }
  }

  hold(): void {
    this.#free = false
  }

  close(): void {
    for (const stop of this.#stops) stop()
    this.#clear(...this.#timers.keys())
    this.#turn += 1
  }

  project(overlay: Overlay, rooms: readonly RoomView[]): SearchView {
    const mine = new Set(rooms.map(({ id }) => id))
    const shown = this.#shown.filter(({ id, room }) => mine.has(room) && overlay.rooms.get(room)?.messages.get(id)?.deleted !== true)
    const onDevice = this.#onDevice === undefined ? undefined : this.#shown.slice(0, this.#onDevice).filter((hit) => shown.includes(hit)).length
    const coverage = this.#local?.coverage
    return {
      ...this.#ask,
      ...(this.#fault === undefined ? {} : { fault: this.#fault }),
      hits: shown.map((hit) => this.#viewOf(hit)),
      ...(onDevice === undefined ? {} : { onDevice }),
      looking: !this.#answered,
      more: this.#remote === undefined ? this.#local?.more === true : this.#remote.next !== undefined,
      ...(coverage === undefined ? {} : { device: { ...coverage, reading: this.#options.core.search.reading } }),
      server: this.#server,
      ...(this.#refusal === undefined ? {} : { refusal: this.#refusal }),
    }
  }

  #viewOf({ by, ...hit }: Hit): SearchHitView {
    const known = this.#options.core.people.get(by)
    const told = known === undefined ? this.#people[by] : undefined
    return { ...hit, author: told === undefined ? personView(this.#options.core, by) : { id: by, ...told } }
  }

  #start(now: boolean): void {
    const query = queryOf(this.#ask, { now: this.#options.core.now(), timeZone: this.#options.timeZone() })
    const { parsed } = query
    if (!parsed.ok) {
      this.#query = undefined
      this.#turn += 1
      this.#complain(parsed, query.shift, now)
      return
    }
    this.#turn += 1
    this.#query = { ...query, parsed }
    this.#fault = undefined
    this.#unknown = undefined
    this.#local = undefined
    this.#remote = undefined
    this.#refusal = undefined
    this.#limit = PAGE
    this.#answered = false
    this.#clear('free', 'again')
    this.#server = this.#options.core.isOnline ? 'asking' : 'unreachable'
    this.#askDevice(now)
    this.#later('server', now ? 0 : SERVER_AFTER - DEVICE_AFTER, () => this.#askServer(undefined, now))
    this.#options.onChange()
  }

  #askDevice(now = false): void {
    const query = this.#query
    if (query === undefined) return
    const { core, rooms, overlay } = this.#options
    const known = {
      me: core.user.id,
      people: [...core.people.ids().flatMap((id) => ({ id, ...core.people.get(id) })), core.user].flatMap(({ id, username, displayName }) => (username === undefined || displayName === undefined ? [] : [{ id, username, displayName }])),
      rooms: rooms().map(({ id, kind, name, with: people }) => ({ id, kind, name, with: people.map((person) => person.id) })),
    }
    const local = localQuery(query.parsed.query, known)
    this.#unknown = local.ok ? undefined : local
    if (!local.ok) {
      // The server knows more people than this device.
      if (this.#server === 'unreachable') this.#complainOfUnknown(now)
      return
    }
    const turn = this.#turn
    void core.search.find(local.query, this.#ask.sort, this.#limit, searchLayer(overlay(), core.user.id)).then((found) => {
      if (turn !== this.#turn) return
      this.#local = found
      this.#show()
    })
  }

  #askServer(before?: string, now = false): void {
    const query = this.#query
    const { core } = this.#options
    if (query === undefined) return
    this.#clear('server')
    if (!core.isOnline) {
      this.#server = 'unreachable'
      this.#answered ||= this.#local !== undefined
      this.#complainOfUnknown(now)
      this.#options.onChange()
      return
    }
    const turn = this.#turn
    this.#server = 'asking'
    this.#options.onChange()
    core.api.search(query.text, { sort: this.#ask.sort, before, tz: this.#options.timeZone() }).then(
      (page) => {
        if (turn === this.#turn) this.#take(page, before)
      },
      (error: unknown) => {
        if (turn === this.#turn) this.#refused(error, query.shift, before, now)
      },
    )
  }

  #take({ results, people, next, complete }: SearchPage, before: string | undefined): void {
    const hits = results.map(({ id, room, seq, by, receivedAt, text, ranges, cutBefore, cutAfter }): Hit => ({ id, room, seq, by, at: receivedAt, excerpt: { text, ranges, cutBefore, cutAfter } }))
    this.#people = { ...this.#people, ...people }
    this.#remote = { hits: before === undefined ? hits : [...(this.#remote?.hits ?? []), ...hits], next }
    this.#server = complete ? 'answered' : 'partly'
    this.#refusal = undefined
    this.#show()
  }

  #refused(error: unknown, shift: number, before: string | undefined, now: boolean): void {
    const problem = error instanceof ApiError && error.code === 'search_query_invalid' ? problemOf(error) : undefined
    if (problem !== undefined) {
      this.#server = 'answered'
      this.#complain(problem, shift, now)
      return
    }
    const refused = error instanceof ApiError && (error.code === 'rate_limited' || error.code === 'search_too_slow')
    this.#server = refused ? 'refused' : 'unreachable'
    this.#refusal = refused ? error.code : undefined
    this.#answered ||= this.#local !== undefined
    if (!refused) this.#complainOfUnknown(now)
    // One that fails while the connection is there comes back without a word.
    const comesBack = refused || !(error instanceof ApiError) || error.status >= 500
    if (comesBack) this.#later('server', 1_000 * ((refused ? error.retryAfter : undefined) ?? RETRY_AFTER), () => this.#askServer(before, now))
    this.#options.onChange()
  }

  /** Something has come: the list follows. */
  #show(): void {
    this.#clear('fault')
    if (this.#fault !== undefined) {
      // Only this device did not know whom it is about.
      this.#fault = undefined
      this.#answered = false
    }
    const device = (this.#local?.hits ?? []).map(({ document: { id, room, seq, by, at }, excerpt }): Hit => ({ id, room, ...(seq === undefined ? {} : { seq }), by, at, excerpt }))
    const { hits: remote } = this.#remote ?? {}
    const known = new Set(remote?.map(({ id }) => id))
    // What is not delivered only this device knows.
    const found = remote === undefined ? device : [...device.filter(({ id, seq }) => seq === undefined && !known.has(id)), ...remote]
    const first = !this.#answered
    // Nothing found here says little while the server is still being asked.
    if (first && remote === undefined && found.length === 0 && this.#server === 'asking') return
    if (first) {
      this.#answered = true
      this.#free = true
      this.#shown = found
      this.#onDevice = remote === undefined ? found.length : undefined
      this.#later('free', FREE_FOR, () => (this.#free = false))
    } else {
      const before = this.#shown
      this.#shown = mergeResults(before, found, this.#free)
      const isFound = this.#shown.length === found.length && this.#shown.every((hit, i) => hit === found[i])
      if (remote === undefined) this.#onDevice = this.#shown.length
      else this.#onDevice = isFound ? undefined : (this.#onDevice ?? before.length)
    }
    this.#options.onChange()
  }

  #complain(problem: QueryProblem, shift: number, now: boolean): void {
    const fault = inTyped(problem, shift)
    if (fault === undefined) {
      // The room that is searched is not there any more.
      this.#empty()
    } else if (!now && mayBeUnfinished(fault, this.#ask.text)) {
      this.#later('fault', FAULT_AFTER, () => this.#say(fault))
    } else this.#say(fault)
    this.#options.onChange()
  }

  /** Without the server nothing else answers; it is asked again as soon as it can be. */
  #complainOfUnknown(now: boolean): void {
    const { shift } = this.#query ?? {}
    if (this.#unknown === undefined || shift === undefined || this.#fault !== undefined || this.#timers.has('fault')) return
    if (this.#local !== undefined || this.#remote !== undefined) return
    const fault = inTyped(this.#unknown, shift)
    // The room that is searched is not there any more.
    if (fault === undefined) return this.#empty()
    const say = () => {
      this.#fault = fault
      this.#shown = []
      this.#onDevice = undefined
      this.#answered = true
      this.#options.onChange()
    }
    if (!now && mayBeUnfinished(fault, this.#ask.text)) this.#later('fault', FAULT_AFTER, say)
    else say()
  }

  #say(fault: QueryProblem): void {
    this.#empty()
    this.#fault = fault
    this.#options.onChange()
  }

  #empty(): void {
    this.#turn += 1
    this.#query = undefined
    this.#fault = undefined
    this.#unknown = undefined
    this.#local = undefined
    this.#remote = undefined
    this.#refusal = undefined
    this.#shown = []
    this.#onDevice = undefined
    this.#answered = true
    this.#clear('free', 'again', 'server')
  }

  #forget(ids: ReadonlySet<Id>): void {
    const stays = ({ id }: { id: Id }) => !ids.has(id)
    this.#shown = this.#shown.filter(stays)
    if (this.#remote) this.#remote = { ...this.#remote, hits: this.#remote.hits.filter(stays) }
    if (this.#local) this.#local = { ...this.#local, hits: this.#local.hits.filter(({ document }) => stays(document)) }
    this.#options.onChange()
  }

  #later(what: Wait, ms: number, work: () => void): void {
    this.#clear(what)
    const timer = this.#options.clock.setTimeout(() => {
      this.#timers.delete(what)
      work()
    }, ms)
    this.#timers.set(what, timer)
  }

  #clear(...timers: Wait[]): void {
    for (const what of timers) {
      this.#options.clock.clearTimeout(this.#timers.get(what))
      this.#timers.delete(what)
    }
  }
}

/** What the server says is wrong. */
function problemOf({ problem }: ApiError): QueryProblem | undefined {
  const { at, length, reason } = problem as Partial<QueryProblem>
  const known = QUERY_FAULTS.find((fault) => fault === reason)
  return typeof at === 'number' && typeof length === 'number' && known !== undefined ? { at, length, reason: known } : undefined
}
