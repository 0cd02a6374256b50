import { HocuspocusProvider, type HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import { LIMITS } from '@chatflow/shared/limits'
import * as decoding from 'lib0/decoding'
import type { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'

/** Numbers of Hocuspocus' message types that are looked at here. */
const SYNC = 0
const CLOSE = 7
const SYNC_STATUS = 8
/** Of y-protocols/sync. */
const STEP_1 = 0

/** What a document's owner is told; all may come again after each reconnect. */
export interface DocumentEvents {
  authenticated(): void
  /** `reason`: see `afterRefusal`. */
  refused(reason: string): void
  /** The server has everything this replica holds, and the replica everything the server had. */
  confirmed(): void
  /** The replica holds something the server does not know (or too much to say so). */
  ahead(): void
  /** The server closed this one document; `reason` as of a refusal. */
  closed(reason: string): void
  /** Of a document that is written here: all that it holds and the server lacks has been sent; what is written from now on is sent at once. */
  offered?(): void
  /** Of a document that is written here: something in it is too large to be sent, and has not been. */
  tooLarge?(): void
  stateless(payload: string): void
}

export interface DocumentProviderOptions {
  socket: HocuspocusProviderWebsocket
  name: string
  document: Y.Doc
  awareness: Awareness | null
  token: () => Promise<string>
  /** Server-written documents: nothing is ever sent but the answer to the server's sync question. */
  readOnly: boolean
  events: DocumentEvents
}

/**
 * The stock provider, made quiet where it would harm: nothing is sent to a document that is not open (each such frame
 * counts against the socket), read-only replicas send no updates, and the sync status, for which the provider has no
 * event, is reported.
 */
export class DocumentProvider extends HocuspocusProvider {
  readonly #events: DocumentEvents
  readonly #readOnly: boolean
  #muted = true
  #received = false

  constructor(options: DocumentProviderOptions) {
    super({
      websocketProvider: options.socket,
      name: options.name,
      document: options.document,
      awareness: options.awareness,
      token: options.token,
      // Two sessions of one document on one socket: a fresh replica syncs beside the old one.
      sessionAwareness: true,
    })
    this.#events = options.events
    this.#readOnly = options.readOnly
    if (options.readOnly) this.document.off('update', this.boundDocumentUpdateHandler)
    this.on('authenticated', () => options.events.authenticated())
    this.on('authenticationFailed', ({ reason }: { reason: string }) => {
      this.#muted = true
      options.events.refused(reason)
    })
    this.on('stateless', ({ payload }: { payload: string }) => options.events.stateless(payload))
    this.attach()
  }

  /** Asks again for a document that was refused or closed. */
  reopen(): void {
    void this.onOpen({} as Parameters<HocuspocusProvider['onOpen']>[0])
  }

  /** Asks the server for what is missing here; also a sign of life in both directions. */
  resync(): void {
    if (!this.#muted) this.forceSync()
  }

  override async onOpen(event: Parameters<HocuspocusProvider['onOpen']>[0]): Promise<void> {
    this.#muted = false
    this.#received = false
    await super.onOpen(event)
  }

  override onClose(): void {
    super.onClose()
    // Otherwise a peer whose clock has not moved since stays invisible until it next speaks.
    for (const client of [...(this.awareness?.meta.keys() ?? [])]) {
      if (client !== this.document.clientID) this.awareness?.meta.delete(client)
    }
  }

  /** Sends one update by itself. */
  sendUpdate(update: Uint8Array): void {
    if (update.byteLength > LIMITS.clientFrameBytes) this.#events.tooLarge?.()
    else super.documentUpdateHandler(update, undefined)
  }

  override documentUpdateHandler(update: Uint8Array, origin: unknown): void {
    if (origin !== this && update.byteLength > LIMITS.clientFrameBytes) this.#events.tooLarge?.()
    else super.documentUpdateHandler(update, origin)
  }

  override send(...args: Parameters<HocuspocusProvider['send']>): void {
    if (!this.#muted) super.send(...args)
  }

  override onMessage(event: Parameters<HocuspocusProvider['onMessage']>[0]): void {
    const decoder = decoding.createDecoder(new Uint8Array(event.data as ArrayBuffer))
    decoding.readVarString(decoder)
    const type = decoding.readVarUint(decoder)
    const asksForAll = type === SYNC && decoding.readVarUint(decoder) === STEP_1
    if (asksForAll) {
      const missing = Y.encodeStateAsUpdate(this.document, decoding.readVarUint8Array(decoder))
      if (missing.byteLength > LIMITS.clientFrameBytes) {
        if (this.#readOnly) this.#events.ahead()
        else this.#events.tooLarge?.()
        return
      }
    }
    super.onMessage(event)
    if (asksForAll) this.#events.offered?.()
    if (type === SYNC && this.synced) this.#received = true
    if (type === SYNC_STATUS) {
      if (decoding.readVarInt(decoder) === 0) this.#events.ahead()
      else if (this.#received) this.#events.confirmed()
    }
    if (type === CLOSE) {
      this.#muted = true
      this.#events.closed(decoding.hasContent(decoder) ? decoding.readVarString(decoder) : '')
    }
  }
}
