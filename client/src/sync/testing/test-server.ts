import { Hocuspocus, type Connection as ServerConnection, type Document } from '@hocuspocus/server'
import type { Command } from '@chatflow/shared/command'
import { docName, parseDocName, segmentOf } from '@chatflow/shared/doc-names'
import type { Entry, Scheduled, UserRoom } from '@chatflow/shared/entry'
import type { Id } from '@chatflow/shared/ids'
import { parseNotesMark, type ServerMessage } from '@chatflow/shared/stateless'
import { WebSocketServer, type WebSocket } from 'ws'
import * as Y from 'yjs'

/**
 * A real Hocuspocus with the least of a sequencer behind it, kept in memory: enough to test the client's side of the
 * protocol without the other servers. The token is the user's id.
 */
export class TestServer {
  epoch = 'epoch-1'
  /** Take commands from outboxes; off: they stay without a mark. */
  answering = true
  /** Most commands that one outbox held at a time. */
  mostWaiting = 0
  /** Names of all outboxes that were opened. */
  readonly outboxes = new Set<string>()
  /** Every command that was ever offered, in the order of arrival. */
  readonly offered: Command[] = []
  /** Refuse these types with this code. */
  readonly refuses = new Map<string, string>()
  /** Reason with which a document is not opened. */
  readonly closedDocuments = new Map<string, string>()
  /** Answers marks of notes: they are in the rows then. */
  storing = true
  /** Users who may only read notes. */
  readonly readers = new Set<Id>()
  /** Reason with which notes are closed on whoever writes in them. */
  refusesNotes: string | undefined
  /** Bytes of all updates of notes that came, one by one. */
  readonly notesUpdates: number[] = []
  /** Some update of notes came before what it builds upon. */
  notesWaited = false
  /** The rows: what documents are made from when first opened. */
  readonly rows = new Map<string, Uint8Array>()
  readonly #known = new Map<Id, { seq: number } | { code: string; attempt: number }>()
  readonly #sockets = new Set<WebSocket>()
  #listening: WebSocketServer | undefined
  readonly #hocuspocus: Hocuspocus
  #port = 0

  constructor() {
    this.#hocuspocus = new Hocuspocus({
      quiet: true,
      debounce: 0,
      extensions: [
        {
          onAuthenticate: async ({ documentName, token, connectionConfig }) => {
            const reason = this.closedDocuments.get(documentName)
            if (reason !== undefined) throw Object.assign(new Error(reason), { reason })
            const parsed = parseDocName(documentName)
            if (parsed === undefined || ('user' in parsed && parsed.user !== token)) throw Object.assign(new Error(), { reason: 'gone:document_unknown' })
            connectionConfig.readOnly = parsed.kind === 'notes' ? this.readers.has(token) : parsed.kind !== 'outbox'
          },
          onLoadDocument: async ({ documentName, document }) => {
            const state = this.rows.get(documentName)
            if (state) Y.applyUpdate(document, state)
            if (documentName.startsWith('outbox/')) this.#serve(document)
          },
          beforeSync: async ({ documentName, type, payload }) => {
            if (parseDocName(documentName)?.kind !== 'notes' || type === 0) return
            this.notesUpdates.push(payload.byteLength)
            // An empty answer to the first question is nobody's writing.
            if (this.refusesNotes !== undefined && payload.byteLength > 2) throw Object.assign(new Error(), { reason: this.refusesNotes })
          },
          afterHandleMessage: async ({ documentName, document }) => {
            if (parseDocName(documentName)?.kind === 'notes') this.notesWaited ||= document.store.pendingStructs !== null
          },
          onStateless: async ({ documentName, document, connection, payload }) => {
            const marked = parseNotesMark(payload)
            if (marked === undefined || parseDocName(documentName)?.kind !== 'notes' || !this.storing) return
            this.rows.set(documentName, Y.encodeStateAsUpdate(document))
            connection.sendStateless(JSON.stringify({ type: 'notes-stored', mark: marked.mark }))
          },
          connected: async ({ documentName, connection }) => {
            if (documentName.startsWith('user/')) hello(connection, this.epoch)
          },
        },
      ],
    })
  }

  get origin(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  async listen(): Promise<void> {
    const server = new WebSocketServer({ host: '127.0.0.1', port: this.#port })
    this.#listening = server
    server.on('connection', (socket, request) => this.#accept(socket, request.url ?? '/'))
    await new Promise((resolve) => server.once('listening', resolve))
    const address = server.address()
    if (typeof address === 'object' && address !== null) this.#port = address.port
  }

  get connections(): number {
    return this.#sockets.size
  }

  disconnectAll(code = 1012): void {
    for (const socket of this.#sockets) socket.close(code)
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.terminate()
    await new Promise((resolve) => this.#listening?.close(resolve))
  }

  #accept(socket: WebSocket, url: string): void {
    this.#sockets.add(socket)
    const connection = this.#hocuspocus.handleConnection(socket, new Request(`http://localhost${url}`), {})
    socket.on('message', (data: Buffer) => connection.handleMessage(new Uint8Array(data)))
    socket.on('close', (code, reason) => {
      this.#sockets.delete(socket)
      connection.handleClose({ code, reason: reason.toString() })
    })
  }

  /** Changes a document as the server: in its rows and, if loaded, in front of everyone. */
  write(name: string, change: (doc: Y.Doc) => void): void {
    const live = this.#hocuspocus.documents.get(name)
    const doc = live ?? new Y.Doc()
    const rows = this.rows.get(name)
    if (!live && rows) Y.applyUpdate(doc, rows)
    doc.transact(() => change(doc))
    this.rows.set(name, Y.encodeStateAsUpdate(doc))
  }

  /** Makes the document anew from what `change` writes: another lineage, as after a rebuild from rows. */
  async rebuild(name: string, change: (doc: Y.Doc) => void): Promise<void> {
    this.disconnectAll()
    while (this.#hocuspocus.documents.has(name)) await new Promise((resolve) => setImmediate(resolve))
    this.rows.delete(name)
    this.write(name, change)
  }

  putUser(user: Id, room: Id, as: UserRoom = { kind: 'private', name: 'room', role: 'member' }): void {
    this.write(docName.user(user), (doc) => doc.getMap('rooms').set(room, as))
  }

  putRoom(room: Id, name = 'room'): void {
    this.write(docName.room(room), (doc) => {
      const info = { kind: 'private', name, topic: '', createdAt: 1, head: 0, floor: 0 }
      for (const [key, value] of Object.entries(info)) if (!doc.getMap('room').has(key)) doc.getMap('room').set(key, value)
    })
  }

  putEntry(room: Id, entry: Partial<Entry> & { seq: number; id: Id }): void {
    const full = { rev: entry.seq, by: 'someone', sentAt: 1, receivedAt: entry.seq, text: `text ${entry.seq}`, ...entry }
    this.write(docName.log(room, segmentOf(entry.seq)), (doc) => doc.getMap('log').set(String(entry.seq), full))
    this.write(docName.room(room), (doc) => doc.getMap('room').set('head', Math.max(entry.seq, Number(doc.getMap('room').get('head') ?? 0))))
  }

  /** Says something outside documents to all pages of a user. */
  tell(user: Id, message: ServerMessage): void {
    for (const connection of this.#hocuspocus.documents.get(docName.user(user))?.getConnections() ?? []) connection.sendStateless(JSON.stringify(message))
  }

  headOf(room: Id): number {
    const doc = new Y.Doc()
    const rows = this.rows.get(docName.room(room))
    if (rows) Y.applyUpdate(doc, rows)
    return Number(doc.getMap('room').get('head') ?? 0)
  }

  /** Answers what an outbox holds. */
  #serve(document: Document): void {
    const user = document.name.split('/')[1] ?? ''
    const seen = new Set<string>()
    this.outboxes.add(document.name)
    const look = () => {
      const inside = document.getArray<Command>('commands').toArray()
      this.mostWaiting = Math.max(this.mostWaiting, inside.length)
      for (const command of inside) {
        const key = `${command.id}:${command.attempt ?? 1}`
        if (seen.has(key)) continue
        if (!this.answering) continue
        seen.add(key)
        this.offered.push(command)
        queueMicrotask(() => this.#answer(document, user, command))
      }
    }
    document.getArray('commands').observe(look)
    this.#lookAgain.add(look)
  }

  readonly #lookAgain = new Set<() => void>()

  /** Starts (or goes on) answering. */
  answer(): void {
    this.answering = true
    for (const look of this.#lookAgain) look()
  }

  #answer(document: Document, user: Id, command: Command): void {
    const attempt = command.attempt ?? 1
    let result = this.#known.get(command.id)
    if (!result || ('code' in result && result.attempt < attempt)) {
      const code = this.refuses.get(command.type)
      result = code === undefined ? { seq: this.#commit(user, command) } : { code, attempt }
      this.#known.set(command.id, result)
    }
    if ('seq' in result) document.getMap('settled').set(command.id, result.seq)
    else document.getMap('rejected').set(command.id, { code: result.code, message: 'refused' })
  }

  #commit(user: Id, command: Command): number {
    if (command.type === 'room.create') {
      this.putRoom(command.room)
      this.putUser(user, command.room)
      return 0
    }
    if (command.type === 'message.schedule' || command.type === 'message.reschedule' || command.type === 'message.unschedule') {
      this.write(docName.user(user), (doc) => {
        const scheduled = doc.getMap<Partial<Scheduled>>('scheduled')
        if (command.type === 'message.unschedule') scheduled.delete(command.scheduled)
        else if (command.type === 'message.schedule') scheduled.set(command.id, { room: command.room, text: command.text, sendAt: command.sendAt })
        else scheduled.set(command.scheduled, { ...scheduled.get(command.scheduled), ...(command.text === undefined ? {} : { text: command.text }), ...(command.sendAt === undefined ? {} : { sendAt: command.sendAt }) })
      })
      return 0
    }
    if (command.type !== 'message.send') return 0
    const seq = this.headOf(command.room) + 1
    this.putEntry(command.room, { seq, id: command.id, by: user, text: command.text, ...(command.replyTo ? { replyTo: command.replyTo } : {}) })
    return seq
  }

  /** Forgets every command, as a restored backup would. */
  forget(): void {
    this.#known.clear()
  }
}

function hello(connection: ServerConnection, epoch: string): void {
  connection.sendStateless(JSON.stringify({ type: 'hello', epoch, protocol: 1, time: Date.now() }))
}
