import { docName, segmentOf } from '@chatflow/shared/doc-names'
import type { Entry, Member, Person, RoomInfo } from '@chatflow/shared/entry'
import type { Id } from '@chatflow/shared/ids'
import type { DocumentSession } from './document-session.ts'
import type { DocumentLease, DocumentSessions } from './document-sessions.ts'
import { Listeners } from './listeners.ts'
import { LogSegment } from './log-segment.ts'
import { wantedSegments, type SeqRange } from './wanted-segments.ts'

/** What is known of a room besides what its replicas hold. */
export interface RoomHeads {
  /** Highest `seq` heard of, by whatever way; 0 if none. */
  known(room: Id): number
  /** Highest `seq` stored on this device; 0 if none. */
  stored(room: Id): number
  /** Up to this `seq` everything has been removed, as heard last. */
  floor(room: Id): number
  /** False while there is no connection: only what is stored can be shown. */
  online(): boolean
}

/** Rows on the screen that are looked at for quotes, and segments held for the sake of quotes alone. */
const MOST_SHOWN = 200
const MOST_QUOTED = 8
const NOTHING: ReadonlySet<number> = new Set()

/** A room as held on this page: its room document and some log segments. */
export class RoomReplica {
  readonly room: Id
  readonly changed = new Listeners()
  readonly deleted = new Listeners<ReadonlySet<Id>>()
  readonly #sessions: DocumentSessions
  readonly #heads: RoomHeads
  readonly #lease: DocumentLease
  readonly #segments = new Map<number, { segment: LogSegment; stop: () => void }>()
  readonly #stop: () => void
  #shown: SeqRange | undefined
  #roomLoaded = false
  /** The newest part has been there: from then on nothing is waited for. */
  #opened = false
  /** Segments that somebody needs besides, by name of the need. */
  readonly #needs = new Map<string, ReadonlySet<number>>()
  #closed = false

  constructor(sessions: DocumentSessions, room: Id, heads: RoomHeads) {
    this.room = room
    this.#sessions = sessions
    this.#heads = heads
    this.#lease = sessions.acquire(docName.room(room))
    this.#stop = this.session.changed.add(() => this.update())
    // Where the newest segments are is known from before, mostly: then they come from the storage beside the room document, which has the last word.
    if (heads.known(room) > 0) this.update()
    void this.session.loaded.then(() => {
      this.#roomLoaded = true
      this.update()
    })
  }

  get session(): DocumentSession {
    return this.#lease.session
  }

  get info(): Partial<RoomInfo> {
    return this.session.doc.getMap('room').toJSON() as Partial<RoomInfo>
  }

  get floor(): number {
    const floor = this.session.doc.getMap('room').get('floor')
    if (typeof floor === 'number') return floor
    return this.#roomLoaded ? 0 : this.#heads.floor(this.room)
  }

  /** The rev at which a message was last deleted; 0: none was. */
  get erased(): number {
    const erased = this.session.doc.getMap('room').get('erased')
    return typeof erased === 'number' ? erased : 0
  }

  /** Highest `seq` in the held segments. */
  get highest(): number {
    let highest = 0
    for (const { segment } of this.#segments.values()) highest = Math.max(highest, segment.highest)
    return highest
  }

  /** Up to here the held segments have no gap. */
  get contiguousHead(): number {
    let head = 0
    for (const segment of this.segments()) {
      const gap = segment.firstGap
      if (gap > segment.first) head = gap - 1
      if (segment.highest >= gap) break
    }
    return head
  }

  /** Highest `seq` known to exist. */
  get head(): number {
    const head = this.session.doc.getMap('room').get('head')
    return Math.max(typeof head === 'number' ? head : 0, this.highest, this.#heads.known(this.room))
  }

  /** Highest `seq` to show: what is here, so that no empty place is shown while something newer is on its way. */
  get shownHead(): number {
    return this.highest || this.head
  }

  /** The newest part of the room is not here yet, and may come. */
  get isLoading(): boolean {
    if (this.#opened || this.session.gone !== undefined) return false
    if (this.#segments.size === 0) return true
    // Also with something here: what is older is not to show for a moment without what is newer.
    return this.segments().some(({ loaded, settled }) => !loaded || (this.highest === 0 && this.#heads.online() && !settled))
  }

  /** All that is held is the server's own, as of this connection. */
  get confirmed(): boolean {
    return this.session.confirmed && this.segments().every((segment) => segment.confirmed)
  }

  /** Nothing that is held waits for the server. */
  get settled(): boolean {
    if (this.session.gone !== undefined) return true
    if (!this.session.confirmed) return false
    for (const { segment } of this.#segments.values()) if (!segment.settled) return false
    return this.#segments.size > 0
  }

  members(): Map<Id, Member> {
    return new Map(this.session.doc.getMap<Member>('members').entries())
  }

  /** Pinned messages and their places. */
  pins(): Map<Id, number> {
    return new Map(this.session.doc.getMap<number>('pins').entries())
  }

  /** What a member says of themselves; it may have ended. */
  status(user: Id): unknown {
    return this.session.doc.getMap('statuses').get(user)
  }

  reads(): Map<Id, number> {
    return new Map(this.session.doc.getMap<number>('reads').entries())
  }

  segment(seq: number): LogSegment | undefined {
    return this.#segments.get(segmentOf(seq))?.segment
  }

  segments(): LogSegment[] {
    return [...this.#segments.values()].map(({ segment }) => segment).sort((a, b) => a.index - b.index)
  }

  entry(seq: number): Entry | undefined {
    return this.segment(seq)?.entry(seq)
  }

  find(id: Id): Entry | undefined {
    for (const { segment } of this.#segments.values()) {
      const entry = segment.find(id)
      if (entry) return entry
    }
    return undefined
  }

  /** All entries held, ascending. */
  entries(): Entry[] {
    return this.segments().flatMap((segment) => segment.entries())
  }

  person(id: Id): Person | undefined {
    const member = this.session.doc.getMap<Member>('members').get(id)
    if (member) return member
    for (const segment of this.segments().reverse()) {
      const person = segment.person(id)
      if (person) return person
    }
    return undefined
  }

  /** Which part is on the screen; undefined: only the newest part is held. */
  show(range: SeqRange | undefined): void {
    this.#shown = range
    this.update()
  }

  /** Places outside of what is on the screen that are read too, instead of those before. */
  alsoShow(seqs: readonly number[]): void {
    this.need('panel', new Set(seqs.filter((seq) => seq > 0).map(segmentOf)))
  }

  /** Holds further segments, those of a conversation say, until the same `need` asks for others. */
  need(need: string, segments: ReadonlySet<number>): void {
    const before = this.#needs.get(need) ?? NOTHING
    if (before.size === segments.size && [...segments].every((index) => before.has(index))) return
    if (segments.size === 0) this.#needs.delete(need)
    else this.#needs.set(need, segments)
    this.update()
  }

  /** Takes in segments that are wanted now and lets others go. Also to be called when heads have risen elsewhere. */
  update(): void {
    if (this.#closed) return
    const head = this.#heads.online() ? this.head : Math.max(this.#heads.stored(this.room), this.highest) || this.head
    const wanted = new Set(wantedSegments(head, this.floor, this.#shown))
    const lowest = segmentOf(this.floor + 1)
    for (const index of [...[...this.#needs.values()].flatMap((needed) => [...needed]), ...this.#quoted()]) if (index >= lowest && index <= segmentOf(head + 1)) wanted.add(index)
    for (const index of wanted) if (!this.#segments.has(index)) this.#hold(index)
    for (const [index, { segment, stop }] of this.#segments) {
      if (wanted.has(index)) continue
      this.#segments.delete(index)
      stop()
      segment.release()
    }
    this.#opened ||= this.highest > 0 && this.segments().every(({ loaded }) => loaded)
    this.changed.emit()
  }

  /** Something says that the room is (again) there for this user. */
  askAgain(): void {
    this.session.askAgain()
    for (const { segment } of this.#segments.values()) segment.askAgain()
  }

  release(): void {
    if (this.#closed) return
    this.#closed = true
    this.#stop()
    this.#lease.release()
    for (const { segment, stop } of this.#segments.values()) {
      stop()
      segment.release()
    }
  }

  /** Where the messages stand that are quoted on the screen. */
  #quoted(): Set<number> {
    const quoted = new Set<number>()
    if (this.#shown === undefined) return quoted
    for (let seq = this.#shown.first; seq <= Math.min(this.#shown.last, this.#shown.first + MOST_SHOWN) && quoted.size < MOST_QUOTED; seq += 1) {
      const at = this.entry(seq)?.replySeq
      if (at !== undefined) quoted.add(segmentOf(at))
    }
    return quoted
  }

  #hold(index: number): void {
    const segment = new LogSegment(this.#sessions, this.room, index)
    const stops = [segment.changed.add(() => this.update()), segment.deleted.add((ids) => this.deleted.emit(ids))]
    this.#segments.set(index, { segment, stop: () => stops.forEach((stop) => stop()) })
  }
}
