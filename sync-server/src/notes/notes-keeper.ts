import type { Database } from '@chatflow/database'
import { parseDocName } from '@chatflow/shared/doc-names'
import { CodedError } from '@chatflow/shared/errors'
import type { Id } from '@chatflow/shared/ids'
import type { NotesStored } from '@chatflow/shared/stateless'
import type { Connection, Document } from '@hocuspocus/server'
import * as Y from 'yjs'
import type { ConnectionContext } from '../documents/context.ts'
import { Refusal } from '../documents/refusal.ts'
import { CLOSE } from '../socket/socket-record.ts'
import { NotesGate } from './gate.ts'
import { appendNotes, loadNotes, notesSince } from './notes-rows.ts'

/** What is written within this time becomes one increment, ms. */
const GATHER_MS = 50
/** For how long nothing is taken of somebody whose update was refused, ms. */
const PAUSE_MS = 10_000
/** Between two tries to store what could not be stored, ms: twice as long each time. */
const RETRY_MS = 200
const RETRY_AT_MOST_MS = 5_000

/** Origin of what comes from rows: others have written it, and it is stored. */
const FROM_ROWS = { source: 'local', skipStoreHooks: true } as const

interface Mark {
  connection: Connection
  mark: number
}

interface Waiting {
  update: Uint8Array
  author: Id | undefined
  /** It sets the notes back to this version. */
  restores?: Id | undefined
}

/** Notes that are loaded on this instance. */
interface Kept {
  doc: Document
  room: Id
  /** The increment up to which all is in the document. */
  known: number
  /** Made when somebody first writes. */
  gate?: NotesGate
  /** Not stored yet, in order. */
  waiting: Waiting[]
  marks: Mark[]
  timer?: ReturnType<typeof setTimeout> | undefined
  storing?: Promise<void> | undefined
}

export interface NotesKeeperOptions {
  db: Database
  log: { warn(fields: object, message: string): void; error(fields: object, message: string): void }
  now?: () => number
}

/**
 * Keeps the notes that are loaded here: what clients write passes the gate, becomes increments in rows, and is acknowledged once they are committed.
 * Rows are the truth: what other instances have written is taken from there, at the beat's word.
 */
export class NotesKeeper {
  private readonly kept = new Map<Document, Kept>()
  private readonly options: NotesKeeperOptions
  private readonly now: () => number
  private stopping = false
  /** Until when nothing of these people is tried: no honest client sends what was refused, and each try costs a copy of the notes. */
  private readonly paused = new Map<Id, number>()

  constructor(options: NotesKeeperOptions) {
    this.options = options
    this.now = options.now ?? Date.now
  }

  /** Fills notes that are being loaded, and keeps them until they are destroyed. Does nothing for other documents. */
  async load(documentName: string, doc: Document): Promise<void> {
    const name = parseDocName(documentName)
    if (name?.kind !== 'notes') return
    const { db, log } = this.options
    const stored = await loadNotes(db, log, name.room, this.now())
    if (stored !== undefined) Y.applyUpdate(doc, stored.state, FROM_ROWS)
    const kept: Kept = { doc, room: name.room, known: stored?.head ?? 0, waiting: [], marks: [] }
    this.kept.set(doc, kept)
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== FROM_ROWS) this.queue(kept, { update, ...madeBy(origin) })
    })
    doc.on('destroy', () => this.kept.delete(doc))
  }

  /** An update of a client, before Yjs sees it. Throws `CodedError`; then it has changed nothing. */
  take(doc: Document, update: Uint8Array, connection: Connection): void {
    const kept = this.kept.get(doc)
    if (kept === undefined || isEmpty(update)) return
    const user = (connection.context as ConnectionContext).user ?? ''
    if ((this.paused.get(user) ?? 0) > this.now()) throw new CodedError('update_refused')
    this.paused.delete(user)
    kept.gate ??= new NotesGate(doc)
    try {
      kept.gate.take(update, connection, { source: 'connection', connection })
    } catch (error) {
      if (error instanceof CodedError && error.code === 'update_refused') this.paused.set(user, this.now() + PAUSE_MS)
      throw error
    }
  }

  /** Answers the mark once all that this connection has sent is committed. What still lacks a predecessor is not: then there is no answer. */
  mark(doc: Document, connection: Connection, mark: number): void {
    const kept = this.kept.get(doc)
    if (kept === undefined || connection.readOnly || kept.gate?.isComplete(connection) === false) return
    if (kept.waiting.length === 0 && kept.storing === undefined) answer([{ connection, mark }])
    else kept.marks.push({ connection, mark })
  }

  /** Sets loaded notes back to an earlier version, by `change`, for somebody. What others have stored is taken in before. Resolves when it is committed. */
  async setBack(doc: Document, user: Id, version: Id, change: () => void): Promise<void> {
    const kept = this.kept.get(doc)
    if (kept === undefined) return
    await this.store(kept)
    await this.catchUp(kept)
    doc.transact(change, { source: 'local', context: { user }, restores: version })
    await this.store(kept)
  }

  /** Resolves when all that has been written in these notes is stored. */
  async stored(doc: Document): Promise<void> {
    const kept = this.kept.get(doc)
    if (kept !== undefined) await this.store(kept)
  }

  /** Rooms whose notes are loaded here. */
  rooms(): Id[] {
    return [...this.kept.values()].map(({ room }) => room)
  }

  /** What the beat has found: takes what others have written. */
  async heal(found: readonly { id: Id; head: number }[]): Promise<void> {
    const heads = new Map(found.map(({ id, head }) => [id, head]))
    for (const kept of [...this.kept.values()]) {
      if (kept.storing !== undefined) continue
      const head = heads.get(kept.room) ?? 0
      if (head > kept.known) await this.catchUp(kept)
      else if (head < kept.known) await this.storeAnew(kept)
    }
  }

  /** Somebody who may write no more is read-only from now on. If that has changed, they are told to open the notes anew, which tells them what they may. */
  judge(room: Id, user: Id, mayWrite: boolean): void {
    for (const kept of this.kept.values()) {
      if (kept.room !== room) continue
      for (const connection of kept.doc.getConnections()) {
        if ((connection.context as ConnectionContext).user !== user || connection.readOnly !== mayWrite) continue
        connection.readOnly = true
        connection.close({ code: CLOSE.accessChanged, reason: new Refusal('retry', 'forbidden').reason })
      }
    }
  }

  /** Stores what waits. It may take as long as the database is away: whoever ends the process waits no longer than they want to. */
  async close(): Promise<void> {
    await Promise.all([...this.kept.values()].map((kept) => this.store(kept)))
  }

  /** No further try to store; for the end of a process that has waited long enough. */
  giveUp(): void {
    this.stopping = true
  }

  private queue(kept: Kept, waiting: Waiting): void {
    kept.waiting.push(waiting)
    kept.timer ??= setTimeout(() => void this.store(kept), GATHER_MS)
  }

  /** Stores what waits, one increment at a time, until nothing does. */
  private store(kept: Kept): Promise<void> {
    clearTimeout(kept.timer)
    kept.timer = undefined
    kept.storing ??= this.storeAll(kept).finally(() => {
      kept.storing = undefined
      if (kept.waiting.length === 0) answer(kept.marks.splice(0))
    })
    return kept.storing
  }

  private async storeAll(kept: Kept): Promise<void> {
    const { db, log } = this.options
    let pause = RETRY_MS
    while (kept.waiting.length > 0 && !this.stopping) {
      const batch = nextBatch(kept.waiting)
      const marks = batch.length === kept.waiting.length ? [...kept.marks] : []
      const update = Y.mergeUpdates(batch.map((each) => each.update))
      const authors = [...new Set(batch.flatMap(({ author }) => author ?? []))]
      try {
        const head = await appendNotes(db, log, kept.room, { update, authors, restores: batch[0]?.restores }, this.now())
        kept.waiting.splice(0, batch.length)
        kept.marks.splice(0, marks.length)
        answer(marks)
        pause = RETRY_MS
        if (head === kept.known + 1) kept.known = head
        else await this.catchUp(kept)
      } catch (error) {
        if (isRoomGone(error)) {
          kept.waiting.length = 0
          kept.marks.length = 0
          for (const connection of kept.doc.getConnections()) connection.close({ code: CLOSE.accessChanged, reason: new Refusal('gone', 'document_gone').reason })
          return
        }
        log.warn({ err: error }, 'notes could not be stored; they are tried again')
        await new Promise((resolve) => setTimeout(resolve, pause))
        pause = Math.min(pause * 2, RETRY_AT_MOST_MS)
      }
    }
  }

  /** There seems to be less in rows than was known. The beat may have asked before it came; if there is, the database has been restored, and the whole is stored once more. */
  private async storeAnew(kept: Kept): Promise<void> {
    const { known } = kept
    const { rows } = await this.options.db.query<{ head: number }>('select head from notes where room_id = $1', [kept.room])
    const head = rows[0]?.head ?? 0
    if (head >= known || kept.doc.isDestroyed) return
    kept.known = head
    this.queue(kept, { update: Y.encodeStateAsUpdate(kept.doc), author: undefined })
  }

  /** Takes from rows what this instance has not written itself. A failure is made good by the next beat. */
  private async catchUp(kept: Kept): Promise<void> {
    const { db, log } = this.options
    try {
      const since = await notesSince(db, kept.room, kept.known)
      if (since === undefined || kept.doc.isDestroyed) return
      for (const part of since.parts) Y.applyUpdate(kept.doc, part, FROM_ROWS)
      kept.known = Math.max(kept.known, since.head)
    } catch (error) {
      log.warn({ err: error }, 'what others have written in notes could not be read; the beat will try again')
    }
  }
}

/** What a client sends that has nothing new. */
function isEmpty(update: Uint8Array): boolean {
  return update.length === 2 && update[0] === 0 && update[1] === 0
}

function answer(marks: readonly Mark[]): void {
  for (const { connection, mark } of marks) {
    const message: NotesStored = { type: 'notes-stored', mark }
    if (connection.document.hasConnection(connection)) connection.sendStateless(JSON.stringify(message))
  }
}

/** What becomes one increment: all that waits, except that setting back is one by itself, since a version is kept before it. */
function nextBatch(waiting: readonly Waiting[]): Waiting[] {
  const first = waiting.findIndex(({ restores }) => restores !== undefined)
  if (first === -1) return [...waiting]
  return waiting.slice(0, Math.max(1, first))
}

function madeBy(origin: unknown): Omit<Waiting, 'update'> {
  const { connection, context, restores } = (origin ?? {}) as { connection?: Connection; context?: ConnectionContext; restores?: Id }
  return { author: ((connection?.context ?? context) as ConnectionContext | undefined)?.user, restores }
}

/** The foreign key to the room. */
function isRoomGone(error: unknown): boolean {
  return (error as { code?: unknown }).code === '23503'
}
