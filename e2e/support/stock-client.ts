import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import { WebSocket } from 'ws'
import * as Y from 'yjs'

/**
 * The provider takes its listeners off a socket that it gives up while it is still connecting; `ws` tells the failure after that, and in
 * Node an error that nobody hears ends the process. A browser's socket does not do this.
 */
function heard(WebSocketClass: typeof WebSocket): typeof WebSocket {
  return class extends WebSocketClass {
    constructor(address: string | URL) {
      super(address)
      this.on('error', () => {})
    }
  } as typeof WebSocket
}

export interface OpenDocument {
  doc: Y.Doc
  provider: HocuspocusProvider
  close(): void
}

/** A stock Hocuspocus client: one socket that comes back by itself, any number of documents. */
export class StockClient {
  readonly socket: HocuspocusProviderWebsocket
  private readonly token: string
  private readonly documents = new Set<OpenDocument>()

  /** `url`: http address of the server. */
  constructor(url: string, token: string, WebSocketClass: typeof WebSocket = WebSocket) {
    this.token = token
    this.socket = new HocuspocusProviderWebsocket({
      url: `${url.replace(/^http/, 'ws')}/sync?protocol=1`,
      WebSocketPolyfill: heard(WebSocketClass),
      delay: 20,
      minDelay: 20,
      maxDelay: 100,
    })
  }

  /** Opens a document and waits until it is synced; rejects with the reason of a refusal. */
  async open(name: string): Promise<OpenDocument> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const opened = this.attach(name)
    opened.provider.on('synced', () => resolve())
    opened.provider.on('authenticationFailed', ({ reason }: { reason: string }) => reject(new Error(reason)))
    await promise
    return opened
  }

  /** Opens a document without waiting. */
  attach(name: string): OpenDocument {
    const doc = new Y.Doc()
    const provider = new HocuspocusProvider({ websocketProvider: this.socket, name, document: doc, token: this.token, sessionAwareness: true })
    const opened = {
      doc,
      provider,
      close: () => {
        this.documents.delete(opened)
        provider.destroy()
        doc.destroy()
      },
    }
    this.documents.add(opened)
    provider.attach()
    return opened
  }

  /** The code with which the server next closes the socket. */
  closed(): Promise<number> {
    return new Promise((resolve) => {
      const hear = ({ event }: { event: { code: number } }): void => {
        this.socket.off('close', hear)
        resolve(event.code)
      }
      this.socket.on('close', hear)
    })
  }

  destroy(): void {
    for (const document of this.documents) document.close()
    this.socket.destroy()
  }
}
