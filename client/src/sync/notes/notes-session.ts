import { docName } from '@chatflow/shared/doc-names'
import type { ErrorCode } from '@chatflow/shared/errors'
import type { Id } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'
import * as Y from 'yjs'
import type { NotesStore } from '../../platform/notes-store.ts'
import type { TabChannel } from '../../platform/platform.ts'
import type { StoredReplica } from '../../platform/replica-storage.ts'
import { DocumentAttachment } from '../document-attachment.ts'
import type { DocumentProvider } from '../document-provider.ts'
import type { SessionEnvironment } from '../document-session.ts'
import { Listeners } from '../listeners.ts'
import { silentAwareness } from '../silent-awareness.ts'
import { NotesDelivery } from './notes-delivery.ts'
import { NotesPresence } from './notes-presence.ts'

/** Reasons with which the server takes nothing more of what this device has written. */
const REFUSALS: readonly ErrorCode[] = ['document_too_large', 'update_refused']

export interface NotesEnvironment extends SessionEnvironment {
  notes: NotesStore
  tabs: TabChannel
}

/** To other tabs of the device: a change of notes, or that something has been stored or kept. */
interface NotesMessage {
  type: 'notes'
  room: Id
  update?: Uint8Array
}

/**
 * The notes of one room on this page: the one stored document that is written here. What the server has not stored is in the strict store, all of it as a
 * replica as well, so that it opens without a network; tabs tell each other what is written.
 */
export class NotesSession {
  readonly room: Id
  readonly doc = new Y.Doc()
  readonly presence: NotesPresence
  readonly delivery: NotesDelivery
  /** The document, or how it stands, has changed. */
  readonly changed = new Listeners()
  /** Resolves when what is on this device is in the document. */
  readonly loaded: Promise<void>
  isLoaded = false
  /** The server has given what it has, in this life of the page. */
  fetched = false
  /** The server does not take what was written here: it stays on this device. */
  refused: ErrorCode | undefined
  readonly #env: NotesEnvironment
  readonly #stored: StoredReplica
  readonly #stopTabs: () => void
  readonly #awareness = silentAwareness(this.doc)
  readonly #attachment: DocumentAttachment
  #provider: DocumentProvider | undefined
  #closed = false

  constructor(env: NotesEnvironment, room: Id) {
    this.#env = env
    this.room = room
    this.presence = new NotesPresence(this.#awareness, env.clock)
    this.#attachment = new DocumentAttachment(env, { name: docName.notes(room), readOnly: false, final: REFUSALS })
    this.#attachment.changed.add(() => this.changed.emit())
    this.delivery = new NotesDelivery({
      room,
      store: env.notes,
      clock: env.clock,
      say: (payload) => this.#provider?.isAuthenticated === true && this.#provider.sendStateless(payload),
      apply: (update) => this.#apply(update),
    })
    this.delivery.changed.add(() => {
      // Other tabs show the same state.
      if (this.delivery.save === 'saved' || this.delivery.save === 'kept') env.tabs.post({ type: 'notes', room } satisfies NotesMessage)
      this.changed.emit()
    })
    this.#stored = env.storage.open(docName.notes(room), this.doc)
    this.doc.on('update', (update: Uint8Array, _origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
      if (transaction.local) this.#written(update)
      this.changed.emit()
    })
    this.#stopTabs = env.tabs.subscribe((message) => this.#hearTab(message as NotesMessage))
    this.loaded = this.#load()
    void this.loaded.then(() => this.#attachment.enter(() => (this.#provider = this.#open())))
  }

  /** Set while the server does not give the notes to this user. */
  get gone(): ErrorCode | undefined {
    return this.#attachment.gone
  }

  get fragment(): Y.XmlFragment {
    return this.doc.getXmlFragment('notes')
  }

  /** Nothing was ever written, as far as this device knows. */
  get isEmpty(): boolean {
    return this.doc.store.clients.size === 0
  }

  /** Asks at once for notes that were not there for this user: something suggests that they are now. */
  askAgain(): void {
    this.#attachment.askAgain()
  }

  /** Ends attachment and storing. What is stored stays. */
  async close(): Promise<void> {
    if (this.#closed) return
    this.presence.leave()
    this.#closed = true
    this.#stopTabs()
    this.delivery.close()
    this.#attachment.close()
    await this.delivery.settled()
    await this.#stored.close()
    this.doc.destroy()
  }

  async #load(): Promise<void> {
    await this.#stored.loaded
    try {
      await this.delivery.load()
    } catch (error) {
      // A device that cannot read: the server has all but the last.
      console.error(error)
    }
    this.isLoaded = true
    this.changed.emit()
  }

  #written(update: Uint8Array): void {
    this.delivery.add(update)
    this.#env.tabs.post({ type: 'notes', room: this.room, update } satisfies NotesMessage)
  }

  #hearTab(message: NotesMessage): void {
    if (message.type !== 'notes' || message.room !== this.room) return
    if (message.update instanceof Uint8Array) this.#apply(message.update)
    else void this.delivery.ask()
  }

  /** What somebody wrote on this device: whatever it is, it must not end this page. */
  #apply(update: Uint8Array): void {
    try {
      Y.applyUpdate(this.doc, update)
    } catch (error) {
      console.error(error)
    }
  }

  #open(): DocumentProvider {
    return this.#attachment.open(this.doc, this.#awareness, {
      offered: () => this.delivery.connected(),
      confirmed: () => {
        this.fetched = true
        this.#setRefused(undefined)
      },
      // Not allowed to write (any more), and there is something that the server does not have.
      ahead: () => this.#setRefused('forbidden'),
      tooLarge: () => void this.#sendInPieces(),
      closed: () => {
        this.delivery.disconnected()
        this.changed.emit()
      },
      refusedForGood: (code) => this.#detach(code),
      stateless: (payload) => this.delivery.hear(payload),
    })
  }

  /** As it was written: each increment can be sent although all of them together cannot. */
  async #sendInPieces(): Promise<void> {
    // From a disk that cannot be read, not all of them would go.
    const pieces = await this.delivery.pieces().catch(() => [])
    if (pieces.length === 0 || pieces.some(({ byteLength }) => byteLength > LIMITS.clientFrameBytes)) {
      this.#detach('document_too_large')
      return
    }
    // Closed since: it comes to this again when it is open.
    if (this.#provider?.isAuthenticated !== true) return
    for (const piece of pieces) this.#provider.sendUpdate(piece)
    this.delivery.connected()
  }

  /** The server is not asked any more, for it would refuse the same again; what is here stays readable, and is kept. */
  #detach(code: ErrorCode): void {
    this.delivery.disconnected()
    if (this.#provider) this.#attachment.end(this.#provider)
    this.#provider = undefined
    this.#setRefused(code)
  }

  #setRefused(code: ErrorCode | undefined): void {
    if (this.#closed) return
    this.refused = code
    this.changed.emit()
  }
}
