import { WebSocketStatus } from '@hocuspocus/provider'
import type { ErrorCode } from '@chatflow/shared/errors'
import type { Awareness } from 'y-protocols/awareness'
import type * as Y from 'yjs'
import type { Clock, Timer } from '../platform/platform.ts'
import type { Connection } from './connection.ts'
import { afterRefusal, delayMs } from './connection-policy.ts'
import { DocumentProvider, type DocumentEvents } from './document-provider.ts'
import { Listeners } from './listeners.ts'

export interface AttachmentEnvironment {
  clock: Clock
  random(): number
  connection: Pick<Connection, 'socket' | 'gate' | 'token' | 'documentRefused'>
}

export interface AttachmentOptions {
  name: string
  /** See `DocumentProvider`. */
  readOnly: boolean
  /** Reasons after which the document is not asked for again: the answer would be the same. */
  final?: readonly ErrorCode[]
}

/** What the owner of the document is told beside `changed`; all may come again after each reconnect. */
export interface AttachmentEvents extends Omit<DocumentEvents, 'authenticated' | 'refused' | 'closed'> {
  /** Not open any more: the server has closed the document, or the connection is lost. It comes back by itself. */
  closed(): void
  /** Refused or closed with one of the final reasons. */
  refusedForGood?(code: ErrorCode): void
}

/**
 * One document's place on the connection: it attaches when the gate lets it, is asked for again after a refusal, later and later, and is gone while the
 * server does not give it to this user. After a reconnect the provider opens it again by itself.
 */
export class DocumentAttachment {
  /** Set while the server does not give this document to this user. */
  gone: ErrorCode | undefined
  /** `gone` has changed. */
  readonly changed = new Listeners()
  readonly #env: AttachmentEnvironment
  readonly #options: AttachmentOptions
  readonly #providers = new Set<DocumentProvider>()
  /** Refusals in a row. */
  #failures = 0
  #retry: Timer | undefined
  #closed = false

  constructor(env: AttachmentEnvironment, options: AttachmentOptions) {
    this.#env = env
    this.#options = options
  }

  /** Runs `attach`, which opens the document, once the connection has a place for it. */
  enter(attach: () => void): void {
    if (!this.#closed) this.#env.connection.gate.enter(this, attach)
  }

  /** Opens a replica of the document. There may be two: a fresh one syncs beside the one that is shown. */
  open(document: Y.Doc, awareness: Awareness | null, events: AttachmentEvents): DocumentProvider {
    const { connection } = this.#env
    const { name, readOnly } = this.#options
    const provider = new DocumentProvider({
      socket: connection.socket,
      name,
      document,
      awareness,
      token: () => connection.token(),
      readOnly,
      events: {
        ...events,
        authenticated: () => {
          connection.gate.leave(this)
          this.#setGone(undefined)
        },
        refused: (reason) => {
          connection.gate.leave(this)
          this.#refused(reason, events)
        },
        confirmed: () => {
          this.#failures = 0
          events.confirmed()
        },
        closed: (reason) => this.#refused(reason, events),
      },
    })
    // Of this document or of the socket.
    provider.on('close', () => events.closed())
    this.#providers.add(provider)
    return provider
  }

  /** Lets go of one replica. */
  end(provider: DocumentProvider): void {
    this.#providers.delete(provider)
    provider.destroy()
  }

  /** Asks at once for a document that is not there for this user: something suggests that it is now. */
  askAgain(): void {
    if (this.gone === undefined) return
    this.#failures = 0
    this.#reopenIn(0)
  }

  close(): void {
    this.#closed = true
    this.#env.connection.gate.leave(this)
    this.#env.clock.clearTimeout(this.#retry)
    for (const provider of this.#providers) this.end(provider)
  }

  #refused(reason: string, events: AttachmentEvents): void {
    const after = afterRefusal(reason)
    switch (after.next) {
      case 'gone':
        if (this.#options.final?.includes(after.code)) {
          events.refusedForGood?.(after.code)
          return
        }
        this.#setGone(after.code)
        this.#reopenLater()
        return
      case 'retry':
        this.#reopenLater()
        return
      default:
        this.#env.connection.documentRefused(after)
    }
  }

  #reopenLater(): void {
    this.#reopenIn(delayMs('backoff', this.#failures, this.#env.random()))
    this.#failures += 1
  }

  /** Also after a reconnect in between, which opens all documents anyway: asking twice is harmless. */
  #reopenIn(ms: number): void {
    this.#env.clock.clearTimeout(this.#retry)
    this.#retry = this.#env.clock.setTimeout(() => {
      this.#retry = undefined
      if (this.#closed || this.#env.connection.socket.status !== WebSocketStatus.Connected) return
      for (const provider of this.#providers) {
        if (!provider.isAuthenticated) provider.reopen()
      }
    }, ms)
  }

  #setGone(gone: ErrorCode | undefined): void {
    if (this.gone === gone || this.#closed) return
    this.gone = gone
    this.changed.emit()
  }
}
