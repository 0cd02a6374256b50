import type { Me } from '@chatflow/shared/api/account'
import { parseCommand, type Command } from '@chatflow/shared/command'
import type { Entry } from '@chatflow/shared/entry'
import { CodedError } from '@chatflow/shared/errors'
import type { Id } from '@chatflow/shared/ids'
import type { Platform, TabChannel, Timer } from '../platform/platform.ts'
import { Api } from './api.ts'
import { Conversation } from './conversation.ts'
import { CommandQueue, type QueuedCommand } from './command-queue.ts'
import { Connection } from './connection.ts'
import { readReplicas } from './core-replicas.ts'
import { DocumentSessions } from './document-sessions.ts'
import { EffectWatch } from './effect-watch.ts'
import type { Replicas } from './effects.ts'
import { Erasure } from './erasure.ts'
import { Epoch } from './epoch.ts'
import { Excerpts } from './excerpts.ts'
import { Greeting } from './greeting.ts'
import { Lifeboat } from './lifeboat.ts'
import { Listeners } from './listeners.ts'
import { MyRooms } from './my-rooms.ts'
import { NotesFetcher } from './notes/notes-fetcher.ts'
import { NotesKeeper } from './notes/notes-keeper.ts'
import { Outbox } from './outbox.ts'
import { People } from './people.ts'
import { Presence } from './presence.ts'
import { RoomKeeper } from './room-keeper.ts'
import { readRoom } from './read-room.ts'
import { StoredLog } from './stored-log.ts'
import { SummaryKeeper } from './summary-keeper.ts'
import { RoomSummaries } from './room-summaries.ts'
import { LocalSearch } from './search/local-search.ts'
import { ServerClock } from './server-clock.ts'
import { ServerTalk } from './server-talk.ts'
import type { TokenSource } from './token-source.ts'
import { UnfinishedEdits } from './unfinished-edits.ts'
import { UserReplica } from './user-replica.ts'
import { openUserStores, type UserStores } from './user-stores.ts'

/** ms between two looks for commands that a tab left behind when it died. */
const CATCH_UP = 10_000

/** A command without what the core adds: `v`, `id` (unless given) and `at`. */
export type NewCommand = Command extends infer C ? (C extends Command ? Omit<C, 'v' | 'id' | 'at' | 'attempt'> & { id?: Id } : never) : never

export interface ChatCoreOptions {
  session: TokenSource
  /** Rooms that stay attached besides the open one. */
  recentRooms?: number
}

/** Opens the stores and loads what is on the device; `start` connects. */
export async function createChatCore(platform: Platform, options: ChatCoreOptions): Promise<ChatCore> {
  const core = new ChatCore(platform, options, await openUserStores(platform, options.session.user.id))
  try {
    await core.load()
  } catch (error) {
    // What is closed as well as can be says nothing of why.
    await core.close().catch(() => undefined)
    throw error
  }
  return core
}

/** The client without its screen: queue, outbox, replicas, connection. No React, no zustand, no DOM. README.md says how to use it by itself. */
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
  readonly #stores: UserStores
  readonly #sessions: DocumentSessions
  readonly #outbox: Outbox
  readonly #epoch: Epoch
  readonly #effects: EffectWatch
  readonly #myRooms: MyRooms
  readonly #erasure: Erasure
  readonly #notesFetcher: NotesFetcher
  readonly #summarising: SummaryKeeper
  readonly #talk: ServerTalk
  readonly #catchingUp: Timer
  #closed = false

  constructor(platform: Platform, options: ChatCoreOptions, stores: UserStores) {
    const { session } = options
    const { clock, keyValue } = platform
    const { scope, commands: store, replicas: storage, device } = stores
    this.user = session.user
    this.durable = store.durable
    this.#platform = platform
    this.#stores = stores
    this.device = device
    this.tabs = platform.openTabs(scope)
    this.serverClock = new ServerClock(clock)
    this.queue = new CommandQueue(store, this.tabs, clock, new Lifeboat({ values: keyValue, scope, newId: platform.newId }))
    this.connection = new Connection(platform, session)
    this.api = new Api(platform, () => session.token())
    this.#epoch = new Epoch(store, platform.locks, `${scope}:epoch`)
    const environment = { clock, random: platform.random, connection: this.connection, storage }
    this.#sessions = new DocumentSessions(environment)
    this.notes = new NotesKeeper({ ...environment, notes: store.notes, tabs: this.tabs })
    this.summaries = new RoomSummaries(keyValue, clock, `${scope}:rooms`)
    this.edits = new UnfinishedEdits(store)
    this.people = new People(keyValue, clock, `${scope}:people`)
    this.mine = new UserReplica(this.#sessions, this.user.id)
    this.rooms = new RoomKeeper({ clock, sessions: this.#sessions, summaries: this.summaries, online: () => this.isOnline, recentRooms: options.recentRooms ?? 3 })
    this.#notesFetcher = new NotesFetcher({ clock, notes: this.notes, open: () => (this.rooms.open !== undefined && this.mine.rooms().has(this.rooms.open.room) ? this.rooms.open.room : undefined) })
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
    this.#summarising = new SummaryKeeper({
      clock,
      user: this.user.id,
      mine: this.mine,
      summaries: this.summaries,
      people: this.people,
      held: () => this.rooms.all(),
      onRead: (renamed) => {
        this.presence.watch([...(this.rooms.open?.members().keys() ?? [])])
        // Views that were made with a name that has changed since are made anew.
        if (renamed) onChange()
      },
    })
    const { connection, queue, api, rooms, summaries, search, mine, serverClock, presence } = this
    const greeting = new Greeting({ connection, epoch: this.#epoch, queue, outbox: this.#outbox, api, rooms, summaries, sessions: this.#sessions, search, onHeads: onChange })
    this.#talk = new ServerTalk({ clock, session, connection, mine, greeting, serverClock, presence, rooms, onActivity: onChange })
    this.#wire()
    this.#catchingUp = clock.setInterval(() => {
      void queue.catchUp().catch(() => undefined)
      this.#deliverNotes()
    }, CATCH_UP)
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
    this.#summarising.stop()
    this.#effects.stop()
    this.#erasure.close()
    this.presence.stop()
    this.#talk.stop()
    this.#platform.clock.clearInterval(this.#catchingUp)
    this.#notesFetcher.close()
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
    this.#stores.commands.close()
  }

  /** Deletes everything that this device keeps for the user. */
  async wipe(): Promise<void> {
    await this.close(false)
    await this.#stores.wipe()
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
    this.#notesFetcher.roomChanged(room)
    // A device that cannot read has nothing kept either.
    if (room !== undefined) void this.edits.load(room).catch(() => undefined)
    this.changed.emit()
  }

  /** Opens a conversation of the open room, by the message that it began with; `close` lets go of it. */
  openConversation(room: Id, root: Id): Conversation {
    void this.edits.load(room, root).catch(() => undefined)
    return new Conversation({ room, root, api: this.api, online: () => this.isOnline, replica: () => this.rooms.held(room), stored: () => this.#stores.replicas.list() })
  }

  /** All entries held of a room, ascending; none unless it is attached. */
  entries(room: Id): Entry[] {
    return this.rooms.held(room)?.entries() ?? []
  }

  /** Fetches every entry of a room, without keeping it attached. Resolves once the server has confirmed all of it. */
  readRoom(room: Id): Promise<Entry[]> {
    return readRoom(this.#sessions, this.summaries, room)
  }

  /** The log of a room as far as this device has it, without holding it. */
  storedLog(room: Id): StoredLog {
    return new StoredLog(this.#sessions, this.#stores.replicas, room)
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
    const { connection, mine, queue, rooms, presence } = this
    connection.stateChanged.add(() => {
      rooms.connectivityChanged()
      this.changed.emit()
    })
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
      this.#summarising.take(replica)
    })
    for (const deleted of [rooms.deleted, this.excerpts.deleted]) deleted.add((ids) => this.#forget(ids))
    rooms.attached.add(({ replica, attached }) => (attached ? presence.attach(replica) : presence.detach(replica)))
    for (const part of [this.excerpts, presence, this.edits, this.notes]) part.changed.add(() => this.changed.emit())
  }

  #deliverNotes(): void {
    // A device that cannot read has nothing kept either.
    void this.notes.deliver().catch(() => undefined)
  }

  /** Messages that were seen as deleted: nothing of them is kept anywhere (R6). */
  #forget(ids: ReadonlySet<Id>): void {
    this.search.forget(ids)
    this.deleted.emit(ids)
    void this.queue.forget(ids).catch(() => undefined)
  }

  #updateRooms(): void {
    this.#myRooms.update()
    this.#touch()
  }

  #touch(): void {
    if (this.#closed) return
    this.changed.emit()
    this.#effects.changed()
    this.#summarising.changed()
  }
}
