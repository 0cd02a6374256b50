import type { ErrorCode } from '@chatflow/shared/errors'
import type { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { Timer } from '../platform/platform.ts'
import type { ReplicaStorage, StoredReplica } from '../platform/replica-storage.ts'
import { DocumentAttachment, type AttachmentEnvironment } from './document-attachment.ts'
import type { DocumentProvider } from './document-provider.ts'
import { Listeners } from './listeners.ts'
import { silentAwareness } from './silent-awareness.ts'

/** ms that an update may wait for the ones before it until they are asked for. */
const GAP_WITHIN = 1_000

export interface SessionEnvironment extends AttachmentEnvironment {
  storage: ReplicaStorage
}

/** updated: the document changed; replaced: `doc` is another one; status: `confirmed` or `gone` changed. */
export type SessionChange = 'updated' | 'replaced' | 'status'

/**
 * The replica of one server-written document: what is stored here, kept in step with the server while connected.
 * A replica that holds anything the server does not know is shown but never trusted: a fresh one syncs beside it and
 * takes its place.
 */
export class DocumentSession {
  readonly name: string
  /** Replaced as a whole when a fresh replica takes its place: do not hold on to it. */
  doc = new Y.Doc()
  awareness: Awareness | null
  /** On this connection the server said that replica and server hold the same. */
  confirmed = false
  readonly changed = new Listeners<SessionChange>()
  readonly stateless = new Listeners<string>()
  /** Resolves when what is stored on this device is in the document. */
  readonly loaded: Promise<void>
  readonly #env: SessionEnvironment
  readonly #attachment: DocumentAttachment
  #stored: Promise<StoredReplica>
  #provider: DocumentProvider | undefined
  #fresh: { doc: Y.Doc; awareness: Awareness | null; provider: DocumentProvider } | undefined
  #gap: Timer | undefined
  #closed = false

  constructor(env: SessionEnvironment, name: string, withAwareness: boolean) {
    this.#env = env
    this.name = name
    this.awareness = withAwareness ? silentAwareness(this.doc) : null
    this.#attachment = new DocumentAttachment(env, { name, readOnly: true })
    this.#attachment.changed.add(() => this.changed.emit('status'))
    const stored = env.storage.open(name, this.doc)
    this.#stored = Promise.resolve(stored)
    this.#watch(this.doc)
    this.loaded = stored.loaded
    void stored.loaded.then(() => this.#attachment.enter(() => (this.#provider = this.#open(this.doc, this.awareness))))
  }

  /** Set while the server does not give this document to this user. */
  get gone(): ErrorCode | undefined {
    return this.#attachment.gone
  }

  /** The server is asked again for everything from the beginning, beside what is shown. */
  startAfresh(): void {
    if (this.#closed || this.#fresh) return
    // Not attached yet: the comparison with the server on attaching decides.
    if (!this.#provider) return
    const doc = new Y.Doc()
    const awareness = this.awareness ? silentAwareness(doc) : null
    this.#fresh = { doc, awareness, provider: this.#open(doc, awareness) }
  }

  /** Asks at once for a document that is not there for this user: something suggests that it is now. */
  askAgain(): void {
    this.#attachment.askAgain()
  }

  /** A sign of life on the socket that also heals gaps. */
  resync(): void {
    this.#provider?.resync()
  }

  /** Says something to the server beside the document; nothing without a connection. */
  say(payload: string): void {
    if (this.#provider?.isAuthenticated) this.#provider.sendStateless(payload)
  }

  /** Sends a new access token: one on any document extends the whole socket. */
  sendToken(): void {
    if (this.#provider?.isAuthenticated) void this.#provider.sendToken()
  }

  async compact(): Promise<void> {
    await (await this.#stored).compact()
  }

  /** Ends attachment and storing. What is stored stays. */
  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    this.#env.clock.clearTimeout(this.#gap)
    this.#attachment.close()
    await (await this.#stored).close()
    this.doc.destroy()
    this.#fresh?.doc.destroy()
  }

  #open(doc: Y.Doc, awareness: Awareness | null): DocumentProvider {
    const shown = () => doc === this.doc
    return this.#attachment.open(doc, awareness, {
      confirmed: () => {
        if (shown()) this.#setConfirmed(true)
        else this.#swap()
      },
      ahead: () => {
        if (shown()) this.#setConfirmed(false)
        // The fresh one too may hold what this server does not know: filled by another instance before the connection broke.
        else this.#dropFresh()
        this.startAfresh()
      },
      closed: () => {
        if (shown()) this.#setConfirmed(false)
      },
      stateless: (payload) => this.stateless.emit(payload),
    })
  }

  #swap(): void {
    const fresh = this.#fresh
    if (!fresh || this.#closed) return
    this.#fresh = undefined
    const old = { doc: this.doc, provider: this.#provider }
    this.doc = fresh.doc
    this.awareness = fresh.awareness
    this.#provider = fresh.provider
    this.#stored = this.#stored.then((stored) => stored.replace(fresh.doc))
    this.#watch(fresh.doc)
    if (old.provider) this.#attachment.end(old.provider)
    void this.#stored.then(() => old.doc.destroy())
    this.confirmed = true
    this.changed.emit('replaced')
  }

  #dropFresh(): void {
    const fresh = this.#fresh
    if (!fresh) return
    this.#fresh = undefined
    this.#attachment.end(fresh.provider)
    fresh.doc.destroy()
  }

  #watch(doc: Y.Doc): void {
    doc.on('update', () => {
      if (this.#closed || doc !== this.doc) return
      if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) this.#healGap()
      this.changed.emit('updated')
    })
  }

  #healGap(): void {
    this.#gap ??= this.#env.clock.setTimeout(() => {
      this.#gap = undefined
      if (this.doc.store.pendingStructs !== null || this.doc.store.pendingDs !== null) this.resync()
    }, GAP_WITHIN)
  }

  #setConfirmed(confirmed: boolean): void {
    if (this.confirmed === confirmed || this.#closed) return
    this.confirmed = confirmed
    this.changed.emit('status')
  }
}
