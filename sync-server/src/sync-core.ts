import { type Database, epochOf } from '@chatflow/database'
import type { Command, CommandResult } from '@chatflow/shared/command'
import { CodedError } from '@chatflow/shared/errors'
import type { Id } from '@chatflow/shared/ids'
import { Hocuspocus } from '@hocuspocus/server'
import { Activity } from './activity.ts'
import { Beat } from './beat.ts'
import { createAwareness } from './documents/awareness.ts'
import type { ConnectionContext } from './documents/context.ts'
import { DocumentKeeper } from './documents/keeper.ts'
import { outboxExtension } from './documents/outbox-document.ts'
import { rightsExtension, type TokenVerifier } from './documents/rights.ts'
import { safeExtension } from './documents/safe-extension.ts'
import { serverDocumentsExtension } from './documents/server-documents.ts'
import { storedStateExtension } from './documents/stored-state.ts'
import { notesExtension } from './notes/notes-extension.ts'
import { NotesKeeper } from './notes/notes-keeper.ts'
import { restoreNotes } from './notes/restore-notes.ts'
import { presenceExtension } from './presence/presence-extension.ts'
import { Presence } from './presence/presence.ts'
import { AwarenessElsewhere } from './presence/awareness-elsewhere.ts'
import { Scheduler } from './scheduled/scheduler.ts'
import type { Effects } from './sequencer/effects.ts'
import { Sequencer } from './sequencer/sequencer.ts'
import { acceptSocket, type ServerSocket } from './socket/accept-socket.ts'
import { SocketPlaces } from './socket/socket-places.ts'
import { CLOSE, SocketRegistry } from './socket/socket-record.ts'

export interface SyncLog {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

export interface SyncCoreOptions {
  db: Database
  verifier: TokenVerifier
  rateLimits: boolean
  log: SyncLog
}

/** How long a graceful stop waits for documents to be stored and sockets to close, ms. */
const STOP_WITHIN_MS = 2_000

/**
 * One instance of the sync-server without HTTP: sequencer, documents, sockets and the beat. Any number of them may run on one database.
 */
export class SyncCore {
  readonly sockets: SocketRegistry
  readonly sequencer: Sequencer
  readonly hocuspocus: Hocuspocus<ConnectionContext>
  readonly keeper: DocumentKeeper
  readonly notes: NotesKeeper
  readonly beat: Beat
  readonly presence: Presence
  /** A batch was committed by this instance: for what follows beside documents. Must not throw, and nothing waits for it. */
  onCommitted: (effects: Effects) => void = () => undefined
  private readonly elsewhere: AwarenessElsewhere
  private readonly scheduler: Scheduler
  private readonly awareness: ReturnType<typeof createAwareness>
  private readonly activity: Activity
  private readonly places: SocketPlaces
  private readonly options: SyncCoreOptions
  private epoch: string
  private draining = false

  /** Migrations must have run. */
  static async start(options: SyncCoreOptions): Promise<SyncCore> {
    const sockets = new SocketRegistry((record) => places.release(record.id))
    const onLost = (socket: Id): void => sockets.byId(socket)?.close(CLOSE.tooMany, 'retry:too_many_sockets')
    const places = await SocketPlaces.open({ db: options.db, log: options.log, onLost })
    const core = new SyncCore(options, await epochOf(options.db), sockets, places)
    core.beat.start()
    return core
  }

  private constructor(options: SyncCoreOptions, epoch: string, sockets: SocketRegistry, places: SocketPlaces) {
    const { db, verifier, log, rateLimits } = options
    this.options = options
    this.epoch = epoch
    this.sockets = sockets
    this.places = places
    this.keeper = new DocumentKeeper(db, log, (user, person) => {
      for (const { identity } of this.sockets.ofUser(user)) if (identity !== undefined) identity.person = person
    })
    this.notes = new NotesKeeper({ db, log })
    this.activity = new Activity(this.keeper)
    this.presence = new Presence({ db, sockets, instance: places })
    this.elsewhere = new AwarenessElsewhere({
      db,
      instance: places.instance,
      documents: () => this.hocuspocus.documents.values(),
      accompanied: () => this.presence.accompanied,
      hides: (user) => this.presence.hides(user),
    })
    this.keeper.onPartners = (user, people) => this.presence.setPartners(user, people)
    this.awareness = createAwareness({ hides: (user) => this.presence.hides(user), standsIn: (document, client) => this.elsewhere.standsIn(document, client) })
    this.presence.onHidden = (user) => this.awareness.forget(user, this.hocuspocus.documents.values())
    this.sequencer = new Sequencer({ db, log, onCommitted: (effects) => this.follow(effects) })
    this.scheduler = new Scheduler({ db, log, submit: (user, command) => this.sequencer.submit(user, command), follow: (effects) => this.follow(effects) })
    this.beat = new Beat({
      db,
      keeper: this.keeper,
      notes: this.notes,
      sockets,
      places,
      activity: this.activity,
      presence: this.presence,
      elsewhere: this.elsewhere,
      scheduler: this.scheduler,
      log,
      epoch: () => this.epoch,
      onNewEpoch: (value) => this.enterEpoch(value),
    })
    this.hocuspocus = new Hocuspocus<ConnectionContext>({
      quiet: true,
      maxPendingDocuments: 300,
      // Life is shown by pings on the socket; timers of hidden tabs run once a minute.
      timeout: 180_000,
      extensions: [
        rightsExtension({ db, verifier, sockets, places }),
        storedStateExtension(db, this.keeper),
        serverDocumentsExtension(this.keeper, () => this.epoch),
        outboxExtension({ sequencer: this.sequencer, paced: rateLimits, log }),
        notesExtension(this.notes, (room) => this.judge(room)),
        this.awareness.extension,
        presenceExtension(this.presence),
      ].map((extension) => safeExtension(extension, log)),
    })
  }

  /** Takes an upgraded WebSocket into service. `settled` is told once it is authenticated or closed. */
  accept(ws: ServerSocket, request: Request, settled: () => void = () => undefined): void {
    if (this.draining) {
      settled()
      ws.close(CLOSE.restart, 'retry:shutting_down')
    } else acceptSocket(ws, request, { hocuspocus: this.hocuspocus, sockets: this.sockets, hides: (user) => this.presence.hides(user), rateLimits: this.options.rateLimits, settled, log: this.options.log })
  }

  /** Hands a checked command of an authenticated user to the sequencer. See `Sequencer.submit`. */
  submit(user: Id, command: Command): Promise<CommandResult> {
    return this.sequencer.submit(user, command)
  }

  /** Sets a room's notes back for somebody who may. See `restoreNotes`. */
  async restoreNotes(room: Id, version: Id, user: Id): Promise<void> {
    if (this.draining) throw new CodedError('shutting_down')
    await restoreNotes({ db: this.options.db, hocuspocus: this.hocuspocus, notes: this.notes }, room, version, user)
  }

  currentEpoch(): string {
    return this.epoch
  }

  /** Takes nothing new, finishes commits in flight and their marks, stores what is loaded, and closes sockets with 1012. */
  async close(): Promise<void> {
    this.draining = true
    await this.beat.stop()
    await this.sequencer.close()
    await this.scheduler.close()
    this.activity.stop()
    this.presence.stop()
    const deadline = Date.now() + STOP_WITHIN_MS
    // Marks are sent in the turn after the commit: let them out before the sockets close.
    await new Promise((resolve) => setTimeout(resolve, 20))
    await Promise.race([Promise.all([this.notes.close(), this.storeLoaded()]), new Promise((resolve) => setTimeout(resolve, STOP_WITHIN_MS).unref())])
    for (const socket of this.sockets.sockets()) socket.close(CLOSE.restart, 'retry:shutting_down')
    while ((this.sockets.sockets().length > 0 || this.hocuspocus.documents.size > 0) && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    this.notes.giveUp()
    await this.places.close()
  }

  private async storeLoaded(): Promise<void> {
    for (const document of this.hocuspocus.documents.values()) {
      const id = `onStoreDocument-${document.name}`
      if (this.hocuspocus.debouncer.isDebounced(id)) await this.hocuspocus.debouncer.executeNow(id)
    }
  }

  /** Rows have changed by another way than a command: what is loaded here follows at once. */
  async lookNow(): Promise<void> {
    // The beat under way may have asked before.
    await this.beat.now()
    await this.beat.now()
  }

  /** Documents and sockets of this instance follow a commit. Never throws. */
  follow(effects: Effects): void {
    try {
      this.keeper.follow(effects)
      const { room, hides } = effects
      if (hides !== undefined) this.presence.setHidden(hides.user, hides.presence)
      if (room === undefined) return
      if (room.messages.length + room.reactions.length > 0) this.activity.committed(room)
      this.onCommitted(effects)
      // A role, or whether the room is archived, decides who may write its notes.
      if (room.members || (room.document && this.notes.rooms().includes(room.id))) this.judge(room.id)
    } catch (error) {
      // Rows are ahead of documents now, which the beat heals.
      this.options.log.error({ err: error }, 'documents could not follow a commit')
    }
  }

  /** Looks at once at who may still be in a room and write its notes. */
  private judge(room: Id): void {
    void this.beat.judge([room]).catch((error: unknown) => this.options.log.warn({ err: error }, 'memberships could not be judged; the beat will'))
  }

  /** The database was restored: clients must hear the new epoch, and nothing loaded may outlive it. */
  private enterEpoch(epoch: string): void {
    this.options.log.warn({}, 'the database has a new epoch: all clients start afresh')
    this.epoch = epoch
    for (const socket of this.sockets.sockets()) socket.close(CLOSE.restart, 'retry:shutting_down')
  }
}
