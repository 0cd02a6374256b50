import type { Database } from '@chatflow/database'
import type { Id } from '@chatflow/shared/ids'
import { mostPresent, type Status } from '@chatflow/shared/presence'
import type { ServerMessage } from '@chatflow/shared/stateless'
import type { SocketRecord, SocketRegistry } from '../socket/socket-record.ts'
import { Audience } from './audience.ts'
import { LastSeen } from './last-seen.ts'
import { PresenceRows } from './presence-rows.ts'

/** What happens within this time is told together, ms. */
const GATHER_MS = 100
/** People in one message; more come in several. */
const PEOPLE_AT_ONCE = 500

type Told = { user: Id; status: Status; lastSeen?: number }

export interface PresenceOptions {
  db: Database
  sockets: SocketRegistry
  /** This instance, as others know it; `lives` rises when they may have taken it for dead, and what it had written is gone. */
  instance: { readonly instance: Id; readonly lives: number }
  now?: () => number
}

/**
 * Who is here: on this instance by their sockets, on others by what those have written (docs/decisions/presence.md). Tells each connection of the people in
 * direct conversations with its person, and of those it has asked for. Whoever does not show their own presence is told of nobody's.
 */
export class Presence {
  private readonly own = new Map<Id, Status>()
  private readonly elsewhere = new Map<Id, Map<Id, Status>>()
  /** What was last told of people; whoever is missing is offline. */
  private readonly shown = new Map<Id, Status>()
  private readonly partners = new Map<Id, ReadonlySet<Id>>()
  private readonly hidden = new Set<Id>()
  private readonly audience = new Audience()
  private readonly tellers = new Map<SocketRecord, (payload: string) => void>()
  /** Whose sockets have changed. */
  private readonly moved = new Set<Id>()
  /** Without a socket since when. */
  private readonly leaving = new Map<Id, number>()
  private readonly unwritten = new Map<Id, Status>()
  /** Gone since the last beat: when they were last here is told with the next. */
  private readonly departed = new Set<Id>()
  private readonly outgoing = new Map<SocketRecord, Map<Id, Told>>()
  /** Somebody does not show their presence any more. */
  onHidden: (user: Id) => void = () => undefined
  /** A page that is loaded again does not go away in between, ms. */
  lingerMs = 5_000
  /** Raised by each setting of somebody who is here. */
  decisions = 0
  private timer: ReturnType<typeof setTimeout> | undefined
  private readonly rows: PresenceRows
  private readonly lastSeen: LastSeen
  private readonly sockets: SocketRegistry
  private readonly instance: PresenceOptions['instance']
  private lives: number
  /** Instances that have gone, and when that was seen. */
  private readonly goneAt = new Map<Id, number>()
  private readonly now: () => number

  constructor({ db, sockets, instance, now = Date.now }: PresenceOptions) {
    this.instance = instance
    this.lives = instance.lives
    this.rows = new PresenceRows(db, instance.instance)
    this.lastSeen = new LastSeen(this.rows)
    this.sockets = sockets
    this.now = now
    sockets.onChanged = (socket) => this.socketChanged(socket)
  }

  /** A connection can be told of people from now on, beginning with how they are. */
  attach(socket: SocketRecord, send: (payload: string) => void): void {
    const user = socket.identity?.user
    if (user === undefined) return
    this.tellers.set(socket, send)
    this.audience.set(socket, 'partners', this.partners.get(user) ?? new Set())
    this.tellAll(socket)
  }

  /** It cannot be told any more. */
  detach(socket: SocketRecord): void {
    this.tellers.delete(socket)
    this.audience.remove(socket)
    this.outgoing.delete(socket)
  }

  say(socket: SocketRecord, status: 'online' | 'away', room?: Id): void {
    socket.status = status
    socket.room = room
    this.socketChanged(socket)
  }

  /** The client of the socket asks for these people, instead of those it has asked for before. Guests hear of people in direct conversations only. */
  watch(socket: SocketRecord, users: readonly Id[]): void {
    if (!this.tellers.has(socket) || socket.identity?.role === 'guest') return
    this.tellOf(socket, this.audience.set(socket, 'asked', new Set(users)))
  }

  /** The people in direct conversations with a user whose document is kept here; undefined: it is not any more. */
  setPartners(user: Id, people: ReadonlySet<Id> | undefined): void {
    const before = this.partners.get(user)
    if (people === undefined) this.partners.delete(user)
    else this.partners.set(user, people)
    if (people === undefined || (before !== undefined && before.symmetricDifference(people).size === 0)) return
    for (const socket of this.sockets.ofUser(user)) if (this.tellers.has(socket)) this.tellOf(socket, this.audience.set(socket, 'partners', people))
  }

  /** Whether the user shows when they are here. What is not shown is not told from now on. */
  setHidden(user: Id, hides: boolean): void {
    this.decisions += 1
    if (this.hidden.has(user) !== hides) this.hide(user, hides)
  }

  /** What the database says of whom it hides, asked for when `decisions` was as given: what has been decided here since is newer. */
  learnHidden(rows: readonly { id: Id; hides_presence: boolean }[], decisions: number): void {
    for (const { id, hides_presence: hides } of rows) if (decisions === this.decisions && hides !== this.hidden.has(id)) this.hide(id, hides)
  }

  hides(user: Id): boolean {
    return this.hidden.has(user)
  }

  /** There are other instances, as of the last beat. */
  get accompanied(): boolean {
    return this.rows.accompanied
  }

  /** How present somebody is, as others may know. */
  of(user: Id): Status {
    return this.shown.get(user) ?? 'offline'
  }

  /** With each beat: what this instance knows goes to the others, and what they know comes here. Throws what the database throws; then the next one makes it good. */
  async beat(): Promise<void> {
    const now = this.now()
    this.follow()
    await this.write()
    await this.hear(now)
    await this.lastSeen.save(this.own, now)
    await this.tellDeparted()
    this.flush()
  }

  stop(): void {
    clearTimeout(this.timer)
    this.timer = undefined
  }

  private async write(): Promise<void> {
    const { lives } = this.instance
    if (lives !== this.lives) for (const [user, status] of this.own) this.unwritten.set(user, status)
    const changes = new Map(this.unwritten)
    await this.rows.write(changes)
    this.lives = lives
    for (const [user, status] of changes) if (this.unwritten.get(user) === status) this.unwritten.delete(user)
  }

  private async hear(now: number): Promise<void> {
    const { heard, gone } = await this.rows.read()
    const users = new Set(heard.map(({ user }) => user))
    const forget = (instance: Id): void => {
      this.goneAt.delete(instance)
      for (const user of this.elsewhere.get(instance)?.keys() ?? []) users.add(user)
      this.elsewhere.delete(instance)
    }
    for (const { instance, user, status } of heard) {
      // It is there again, and has been read in full.
      if (this.goneAt.has(instance)) forget(instance)
      const there = this.elsewhere.get(instance) ?? new Map<Id, Status>()
      this.elsewhere.set(instance, there)
      if (status === 'offline') there.delete(user)
      else there.set(user, status)
    }
    for (const instance of gone) this.goneAt.set(instance, now)
    for (const [instance, since] of this.goneAt) {
      // Until then its people are on their way to other instances.
      if (now - since >= this.lingerMs) forget(instance)
    }
    for (const user of users) this.announce(user)
  }

  private hide(user: Id, hides: boolean): void {
    if (hides) {
      this.hidden.add(user)
      this.onHidden(user)
    } else this.hidden.delete(user)
    this.moved.add(user)
    this.soon()
    for (const socket of this.sockets.ofUser(user)) this.tellAll(socket)
  }

  private socketChanged(socket: SocketRecord): void {
    const user = socket.identity?.user
    if (user === undefined) return
    if (!this.sockets.ofUser(user).includes(socket)) this.detach(socket)
    if (socket.identity?.hidesPresence === true && this.sockets.ofUser(user).length === 1) this.hidden.add(user)
    this.moved.add(user)
    this.soon()
  }

  private soon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined
      this.follow()
      this.flush()
    }, GATHER_MS)
  }

  /** Works out how present those are whose sockets have changed, or who have been away for long enough to be gone. */
  private follow(): void {
    const now = this.now()
    for (const [user, since] of this.leaving) if (now - since >= this.lingerMs) this.moved.add(user)
    for (const user of this.moved) {
      const status = this.ownStatus(user, now)
      const before = this.own.get(user) ?? 'offline'
      if (status === before) continue
      if (before === 'online') this.lastSeen.note(user, now)
      if (status === 'offline') this.own.delete(user)
      else this.own.set(user, status)
      this.unwritten.set(user, status)
      this.announce(user)
    }
    this.moved.clear()
  }

  private ownStatus(user: Id, now: number): Status {
    const sockets = this.sockets.ofUser(user)
    if (sockets.length > 0) {
      this.leaving.delete(user)
      return this.hidden.has(user) ? 'offline' : sockets.map(({ status = 'online' }) => status).reduce<Status>(mostPresent, 'offline')
    }
    const since = this.leaving.get(user) ?? now
    if (!this.hidden.has(user) && now - since < this.lingerMs && this.own.has(user)) {
      this.leaving.set(user, since)
      return this.own.get(user) ?? 'offline'
    }
    this.leaving.delete(user)
    this.hidden.delete(user)
    return 'offline'
  }

  /** Tells who hears of the person, if they are otherwise than was told last. */
  private announce(user: Id): void {
    const status = [...this.elsewhere.values()].reduce<Status>((most, there) => mostPresent(most, there.get(user) ?? 'offline'), this.own.get(user) ?? 'offline')
    if (status === this.of(user)) return
    if (status === 'offline') {
      this.shown.delete(user)
      this.departed.add(user)
    } else this.shown.set(user, status)
    this.tell({ user, status })
    this.soon()
  }

  private tell(told: Told): void {
    for (const socket of this.audience.hearing(told.user)) this.put(socket, told)
  }

  private put(socket: SocketRecord, told: Told): void {
    if (socket.identity === undefined || this.hidden.has(socket.identity.user)) return
    const waiting = this.outgoing.get(socket) ?? new Map<Id, Told>()
    this.outgoing.set(socket, waiting.set(told.user, told))
  }

  private async tellDeparted(): Promise<void> {
    if (this.departed.size === 0) return
    const users = [...this.departed]
    const seen = await this.lastSeen.of(users)
    for (const user of users) {
      this.departed.delete(user)
      const lastSeen = seen.get(user)
      if (lastSeen !== undefined && this.of(user) === 'offline') this.tell({ user, status: 'offline', lastSeen })
    }
  }

  private flush(): void {
    for (const [socket, people] of this.outgoing) {
      const [only] = people.values()
      if (people.size === 1 && only !== undefined) this.send(socket, { type: 'presence', ...only })
      else for (const part of parts([...people.values()])) this.send(socket, { type: 'people', people: part })
    }
    this.outgoing.clear()
  }

  /** How everybody is of whom the socket hears; nobody, if its person does not show it either. */
  private tellAll(socket: SocketRecord): void {
    const user = socket.identity?.user
    if (user === undefined || !this.tellers.has(socket)) return
    this.outgoing.delete(socket)
    this.send(socket, { type: 'people', people: [], all: true })
    if (!this.hidden.has(user)) this.tellOf(socket, this.audience.of(socket))
  }

  private tellOf(socket: SocketRecord, users: ReadonlySet<Id>): void {
    const gone: Id[] = []
    for (const user of users) {
      const status = this.of(user)
      if (status === 'offline') gone.push(user)
      else this.put(socket, { user, status })
    }
    this.soon()
    if (gone.length === 0 || this.hidden.has(socket.identity?.user ?? '')) return
    void this.lastSeen.of(gone).then(
      (seen) => {
        for (const [user, lastSeen] of seen) if (this.of(user) === 'offline' && this.audience.hearing(user).has(socket)) this.put(socket, { user, status: 'offline', lastSeen })
        this.soon()
      },
      // The database is away: when they were last here is told when they have been here again.
      () => undefined,
    )
  }

  private send(socket: SocketRecord, message: ServerMessage): void {
    this.tellers.get(socket)?.(JSON.stringify(message))
  }
}

function* parts(people: readonly Told[]): Generator<Told[]> {
  for (let from = 0; from < people.length; from += PEOPLE_AT_ONCE) yield people.slice(from, from + PEOPLE_AT_ONCE)
}
