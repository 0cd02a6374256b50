/**
 * The client without its screen: queue, outbox, replicas, connection. No React, no zustand, no DOM.
 *
 * Headless use (tests, the simulation, bots):
 *
 *   const device = new MemoryDevice()                                   // outlives pages
 *   const platform = createMemoryPlatform({ device, WebSocket, clock, fetch })
 *   const core = await createChatCore(platform, { session: { user, token: async () => token, refuse() {}, onFresh: () => () => {} }, recentRooms: 50 })
 *   core.start()                                                        // connects, and keeps doing so
 *   const id = await core.enqueue({ type: 'message.send', room, text }) // resolves when kept on the device
 *   core.openRoom(room); core.entries(room)                             // all entries held, ascending
 *   await core.readRoom(room)                                           // all entries there are; needs a connection
 *   core.undelivered()                                                  // not settled: waiting or rejected
 *   core.queue.retry(id) / discard(id)
 *   await core.close()                                                  // or drop the page: the device keeps its stores
 *
 * Offline: let instances of the WebSocket class emit `close` and new ones fail (`error`, then `close`).
 * A disk that fails: `device.openStores.at(-1).failure = new StoreError('full')`.
 */
import type { Me } from '@chatflow/shared/api/account'
import { parseCommand, type Command } from '@chatflow/shared/command'
import type { Entry } from '@chatflow/shared/entry'
import { CodedError } from '@chatflow/shared/errors'
import type { Id } from '@chatflow/shared/ids'
import { parseServerMessage } from '@chatflow/shared/stateless'
import type { CommandStore } from '../platform/command-store.ts'
import type { Platform, TabChannel, Timer } from '../platform/platform.ts'
import type { ReplicaStorage } from '../platform/replica-storage.ts'
import { Api } from './api.ts'
import { AttachGate } from './attach-gate.ts'
import { Conversation } from './conversation.ts'
import { CommandQueue, type QueuedCommand } from './command-queue.ts'
import { Connection } from './connection.ts'
import type { AfterRefusal } from './connection-policy.ts'
import { readReplicas } from './core-replicas.ts'
import { DocumentSessions } from './document-sessions.ts'
import { EffectWatch } from './effect-watch.ts'
import type { Replicas } from './effects.ts'
import { Erasure } from './erasure.ts'
import { Epoch } from './epoch.ts'
import { Excerpts } from './excerpts.ts'
import { Listeners } from './listeners.ts'
import { MyRooms } from './my-rooms.ts'
import { NotesKeeper } from './notes/notes-keeper.ts'
import { Outbox } from './outbox.ts'
import { People } from './people.ts'
import { Presence } from './presence.ts'
import { RoomKeeper } from './room-keeper.ts'
import { RoomReplica } from './room-replica.ts'
import { StoredLog } from './stored-log.ts'
import { RoomSummaries } from './room-summaries.ts'
import { scopeOf } from './scope.ts'
import { LocalSearch } from './search/local-search.ts'
import { ServerClock } from './server-clock.ts'
import type { TokenSource } from './token-source.ts'
import { countUnread } from './unread.ts'
import { UnfinishedEdits } from './unfinished-edits.ts'
import { UserReplica } from './user-replica.ts'

/** Documents that attach at one time. */
const ATTACH_AT_ONCE = 20
/** ms between two signs of life on the socket. */
const HEARTBEAT = 15_000
/** ms between two looks for commands that a tab left behind when it died. */
const CATCH_UP = 10_000
/** ms from a change to the renewal of what the list of rooms shows without replicas. */
const SUMMARISE_AFTER = 250

/** A command without what the core adds: `v`, `id` (unless given) and `at`. */
export type NewCommand = Command extends infer C ? (C extends Command ? Omit<C, 'v' | 'id' | 'at' | 'attempt'> & { id?: Id } : never) : never

export interface ChatCoreOptions {
  session: TokenSource
  /** Rooms that stay attached besides the open one. */
  recentRooms?: number
}

/** Opens the stores and loads what is on the device; `start` connects. */
export async function createChatCore(platform: Platform, options: ChatCoreOptions): Promise<ChatCore> {
  const name = scopeOf(options.session.user.id)
  const store = await platform.openCommandStore(name)
  const core = new ChatCore(platform, options, store, platform.openReplicas(name, store.durable))
  await core.load()
  return core
}

export class ChatCore {
  /** Follows the session's: names and picture change. */
  user: Me
  /** False: this device keeps nothing. */
  readonly durable: boolean
  readonly queue: CommandQueue
  readonly connection: Connection
  readonly mine: UserReplica
  readonly rooms: RoomKeeper
  readonly summaries: RoomSummaries
  readonly presence: Presence
  readonly people: People
  readonly edits: UnfinishedEdits
  readonly excerpts: Excerpts
  /** Over what is on this device. */
  readonly search: LocalSearch
  readonly notes: NotesKeeper
  readonly api: Api
  readonly tabs: TabChannel
  readonly serverClock: ServerClock
  /** This device, the same in all tabs. */
  readonly device: Id
  /** Messages that were found to be deleted. */
  readonly deleted = new Listeners<ReadonlySet<Id>>()
  /** Anything that can be seen has changed. Comes often: gather before reading. */
  readonly changed = new Listeners()
  readonly #platform: Platform
  readonly #session: TokenSource
  readonly #store: CommandStore
  readonly #storage: ReplicaStorage
  readonly #sessions: DocumentSessions
  readonly #gate = new AttachGate(ATTACH_AT_ONCE)
  readonly #outbox: Outbox
  readonly #epoch: Epoch
  readonly #effects: EffectWatch
  readonly #myRooms: MyRooms
  readonly #erasure: Erasure
  readonly #stops: (() => void)[] = []
  #summarising: Timer | undefined
  #greetings = 0
  #closed = false

  constructor(platform: Platform, options: ChatCoreOptions, store: CommandStore, storage: ReplicaStorage) {
    const { session } = options
    const { clock, keyValue } = platform
    const scope = scopeOf(session.user.id)
    this.user = session.user
    this.durable = store.durable
    this.#platform = platform
    this.#session = session
    this.#store = store
    this.#storage = storage
    this.tabs = platform.openTabs(scope)
    this.serverClock = new ServerClock(clock)
    this.device = deviceOf(platform, scope)
    this.queue = new CommandQueue(store, this.tabs, clock)
    this.connection = new Connection(platform, session)
    this.api = new Api(platform, () => session.token())
    this.#epoch = new Epoch(store, platform.locks, `${scope}:epoch`)
    const token = () => session.token()
    const onRefusal = (refusal: Extract<AfterRefusal, { next: 'refresh' | 'refused' }>) => {
      if (refusal.next === 'refused') this.connection.refused(refusal.code)
      else this.connection.reauthenticate()
    }
    const environment = { clock, random: platform.random, socket: this.connection.socket, gate: this.#gate, storage, token, onRefusal }
    this.#sessions = new DocumentSessions(environment)
    this.notes = new NotesKeeper({ ...environment, notes: store.notes, tabs: this.tabs })
    this.summaries = new RoomSummaries(keyValue, clock, `${scope}:rooms`)
    this.edits = new UnfinishedEdits(store)
    this.people = new People(keyValue, clock, `${scope}:people`)
    this.mine = new UserReplica(this.#sessions, this.user.id)
    this.rooms = new RoomKeeper({ clock, sessions: this.#sessions, summaries: this.summaries, online: () => this.isOnline, recentRooms: options.recentRooms ?? 3 })
    this.excerpts = new Excerpts(this.#sessions)
    this.search = new LocalSearch({
      clock,
      sessions: this.#sessions,
      storage,
      openWorker: (...worker) => platform.openSearchWorker(...worker),
      name: store.durable ? scope : undefined,
      rooms: () => [...this.rooms.all().map(({ room }) => room).reverse(), ...this.mine.rooms().keys()],
    })
    this.presence = new Presence(clock, this.user, (message) => this.mine.session.say(JSON.stringify(message)))
    this.#outbox = new Outbox({
      clock,
      random: platform.random,
      newId: platform.newId,
      connection: this.connection,
      queue: this.queue,
      user: this.user.id,
      device: this.device,
      token,
      onRefusal,
    })
    const onChange = () => this.changed.emit()
    this.#effects = new EffectWatch({ clock, queue: this.queue, user: this.user.id, replicas: () => this.replicas(), onSeen: onChange })
    this.#myRooms = new MyRooms({
      mine: this.mine,
      queue: this.queue,
      rooms: this.rooms,
      excerpts: this.excerpts,
      notes: this.notes,
      summaries: this.summaries,
      sessions: this.#sessions,
      storage,
      effects: this.#effects,
      onPurged: (room) => {
        this.search.drop(room)
        onChange()
      },
    })
    this.#erasure = new Erasure({
      clock,
      sessions: this.#sessions,
      summaries: this.summaries,
      api: this.api,
      stored: () => storage.list(),
      online: () => this.isOnline,
      onDeleted: (ids) => this.#forget(ids),
    })
    this.#wire()
  }

  get isOnline(): boolean {
    return this.connection.state.state === 'connected'
  }

  /** ms since the epoch, this device's clock. */
  now(): number {
    return this.#platform.clock.now()
  }

  async load(): Promise<void> {
    await Promise.all([this.queue.load(), this.#epoch.load(), this.mine.session.loaded])
    this.#updateRooms()
  }

  start(): void {
    this.connection.start()
    this.#deliverNotes()
  }

  /** Everything is let go of; the device keeps its stores, and what is kept of names and heads unless `keep` is false. */
  async close(keep = true): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    this.#platform.clock.clearTimeout(this.#summarising)
    this.#effects.stop()
    this.#erasure.close()
    this.presence.stop()
    for (const stop of this.#stops) stop()
    this.rooms.close()
    this.excerpts.close()
    this.search.close()
    this.#outbox.close()
    this.mine.release()
    await this.notes.close()
    this.summaries.stop(keep)
    this.people.stop(keep)
    await this.#sessions.closeAll()
    this.connection.stop()
    this.tabs.close()
    this.#store.close()
  }

  /** Deletes everything that this device keeps for the user. */
  async wipe(): Promise<void> {
    await this.close(false)
    await Promise.allSettled([this.#store.wipe(), this.#storage.wipe(), this.#platform.forgetPictures()])
    const { keyValue } = this.#platform
    for (const key of keyValue.keys()) if (key.startsWith(scopeOf(this.user.id))) keyValue.remove(key)
  }

  /**
   * Shows the command at once; resolves with its id when it is kept on this device.
   * Rejects with `CodedError` (not of the allowed form) or `StoreError` (could not be kept): it has then left no trace.
   */
  async enqueue(input: NewCommand): Promise<Id> {
    const parsed = parseCommand({ v: 1, at: this.#platform.clock.now(), ...input, id: input.id ?? this.#platform.newId() })
    if (!parsed.ok) throw new CodedError(parsed.code, parsed.detail)
    const { command } = parsed
    const entry = command.type === 'message.edit' ? this.rooms.held(command.room)?.find(command.message) : undefined
    await this.queue.add(command, {
      offered: this.#outbox.isOpen && !this.#outbox.isBlocked(command),
      ...(entry ? { base: { rev: entry.rev, editedAt: entry.editedAt ?? 0 } } : {}),
    })
    return command.id
  }

  openRoom(room: Id | undefined): void {
    this.rooms.setOpen(room)
    // A device that cannot read has nothing kept either.
    if (room !== undefined) void this.edits.load(room).catch(() => undefined)
    this.changed.emit()
  }

  /** Opens a conversation of the open room, by the message that it began with; `close` lets go of it. */
  openConversation(room: Id, root: Id): Conversation {
    void this.edits.load(room, root).catch(() => undefined)
    return new Conversation({ room, root, api: this.api, online: () => this.isOnline, replica: () => this.rooms.held(room), stored: () => this.#storage.list() })
  }

  /** All entries held of a room, ascending; none unless it is attached. */
  entries(room: Id): Entry[] {
    return this.rooms.held(room)?.entries() ?? []
  }

  /** Fetches every entry of a room, without keeping it attached. Resolves once the server has confirmed all of it. */
  readRoom(room: Id): Promise<Entry[]> {
    const replica = new RoomReplica(this.#sessions, room, { known: (id) => this.summaries.get(id).head, stored: () => 0, floor: (id) => this.summaries.get(id).floor, online: () => true })
    return new Promise((resolve) => {
      const look = () => {
        if (!replica.settled) return
        stop()
        const entries = replica.entries()
        replica.release()
        resolve(entries)
      }
      const stop = replica.changed.add(() => queueMicrotask(look))
      replica.show({ first: 1, last: Number.MAX_SAFE_INTEGER })
    })
  }

  /** The log of a room as far as this device has it, without holding it. */
  storedLog(room: Id): StoredLog {
    return new StoredLog(this.#sessions, this.#storage, room)
  }

  /** Commands that the server has not accepted: waiting or rejected, in the order of the queue. */
  undelivered(): QueuedCommand[] {
    return this.queue.list().filter((record) => record.status !== 'settled' && record.command.type !== 'room.read')
  }

  replicas(): Replicas {
    return readReplicas(this.#platform.clock, this.mine, this.rooms, this.summaries)
  }

  /** True while the command has to be laid over the replicas to be seen. */
  isLaidOver(record: QueuedCommand, replicas: Replicas): boolean {
    return this.#effects.isLaidOver(record, replicas)
  }

  #wire(): void {
    const { clock } = this.#platform
    const { connection, mine, queue, rooms, presence } = this
    const every = (ms: number, work: () => void) => {
      const timer = clock.setInterval(work, ms)
      this.#stops.push(() => clock.clearInterval(timer))
    }
    connection.opened.add(() => this.#gate.setOpen(true))
    connection.closed.add(() => {
      this.#gate.setOpen(false)
      presence.lost()
    })
    connection.stateChanged.add(() => {
      rooms.connectivityChanged()
      this.changed.emit()
    })
    this.#stops.push(this.#session.onFresh(() => {
      mine.session.sendToken()
      if (connection.state.state === 'needs-sign-in' || connection.state.state === 'refused') connection.hurry()
    }))
    mine.session.stateless.add((payload) => this.#hear(payload))
    mine.changed.add(() => {
      for (const [id, person] of mine.people()) this.people.meet(id, person)
      this.#updateRooms()
      rooms.askAgain()
      this.notes.askAgain()
    })
    queue.changed.add(() => this.#updateRooms())
    rooms.changed.add((replica) => {
      this.#erasure.look(replica)
      this.#touch()
    })
    rooms.leaving.add((replica) => {
      this.#erasure.look(replica)
      this.#summarise(replica)
    })
    for (const deleted of [rooms.deleted, this.excerpts.deleted]) deleted.add((ids) => this.#forget(ids))
    this.excerpts.changed.add(() => this.changed.emit())
    rooms.attached.add(({ replica, attached }) => (attached ? presence.attach(replica) : presence.detach(replica)))
    presence.changed.add(() => this.changed.emit())
    this.edits.changed.add(() => this.changed.emit())
    this.notes.changed.add(() => this.changed.emit())
    every(HEARTBEAT, () => mine.session.resync())
    every(CATCH_UP, () => void queue.catchUp().catch(() => undefined))
    every(CATCH_UP, () => this.#deliverNotes())
  }

  #deliverNotes(): void {
    // A device that cannot read has nothing kept either.
    void this.notes.deliver().catch(() => undefined)
  }

  #hear(payload: string): void {
    const message = parseServerMessage(payload)
    if (message?.type === 'hello') {
      this.serverClock.heard(message.time)
      this.presence.greeted()
      void this.#greet(message.epoch)
    }
    if (message?.type === 'presence' || message?.type === 'people') this.presence.hear(message)
    if (message?.type === 'activity') {
      this.rooms.learn(message.room, message.head, message.rev ?? 0)
      this.changed.emit()
    }
  }

  /** No command goes out before the epoch of the hello has been dealt with. */
  async #greet(epoch: string): Promise<void> {
    const mine = ++this.#greetings
    this.connection.greeted()
    try {
      await this.#epoch.meet(epoch, this.queue, () => this.#dropReplicas())
      await this.queue.catchUp()
    } catch (error) {
      // A device that cannot write: what is in memory still goes out.
      console.error(error)
    }
    if (mine !== this.#greetings || !this.connection.isOpen || this.#closed) return
    this.#outbox.greeted()
    await this.#learnHeads()
    this.rooms.syncAll()
  }

  /** Messages that were seen as deleted: nothing of them is kept anywhere (R6). */
  #forget(ids: ReadonlySet<Id>): void {
    this.search.forget(ids)
    this.deleted.emit(ids)
    void this.queue.forget(ids).catch(() => undefined)
  }

  async #dropReplicas(): Promise<void> {
    this.summaries.dropCounts()
    this.rooms.forgetSynced()
    await this.#sessions.dropAll()
    this.search.reset()
  }

  async #learnHeads(): Promise<void> {
    try {
      for (const room of (await this.api.bootstrap()).rooms) {
        this.rooms.learn(room.room, room.head, room.rev)
        const known = this.summaries.get(room.room)
        if (room.head >= known.counted.head) this.summaries.learn(room.room, { unread: room.unread, counted: { cursor: room.cursor, head: room.head } })
      }
    } catch {
      // The documents say the same, later.
    }
    this.changed.emit()
  }

  #updateRooms(): void {
    this.#myRooms.update()
    this.#touch()
  }

  #summarise(replica: RoomReplica): void {
    if (replica.highest === 0) return
    const cursor = this.mine.cursor(replica.room)
    this.summaries.take(replica, cursor, countUnread(replica, cursor, this.user.id))
    for (const [id, person] of replica.members()) this.people.meet(id, person)
    for (const segment of replica.segments()) for (const [id, person] of segment.people()) this.people.meet(id, person)
  }

  #touch(): void {
    if (this.#closed) return
    this.changed.emit()
    this.#effects.changed()
    this.#summarising ??= this.#platform.clock.setTimeout(() => {
      this.#summarising = undefined
      const known = this.people.version
      for (const replica of this.rooms.all()) this.#summarise(replica)
      this.presence.watch([...(this.rooms.open?.members().keys() ?? [])])
      // Views that were made with a name that has changed since are made anew.
      if (this.people.version !== known) this.changed.emit()
    }, SUMMARISE_AFTER)
  }
}

/** One id per user and device, the same in all tabs. */
function deviceOf(platform: Platform, scope: string): Id {
  const key = `${scope}:device`
  const device = platform.keyValue.get(key) ?? platform.newId()
  platform.keyValue.set(key, device)
  return device
}
