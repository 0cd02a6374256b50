import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Database } from '@chatflow/database'
import { CodedError } from '@chatflow/shared/errors'
import type { Id } from '@chatflow/shared/ids'
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import type { TokenVerifier } from '../documents/rights.ts'
import { attachUpgrade, type UpgradeOptions } from '../socket/upgrade.ts'
import { SyncCore } from '../sync-core.ts'

/** Tokens of tests: `user/session`, good for an hour. */
const testVerifier: TokenVerifier = {
  async verify(token) {
    const [user, session] = token.split('/')
    if (user === undefined || session === undefined) throw new CodedError('unauthenticated')
    return { user, session, role: 'member', expiresAt: Date.now() + 3_600_000 }
  },
}

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** One instance with real sockets on a free port. Limits that go by time are off, and that of waiting sockets unless `waiting` is given. */
export class RunningCore {
  readonly core: SyncCore
  readonly port: number
  private readonly stop: () => Promise<void>
  private readonly clients: { destroy(): void }[] = []

  static async start(db: Database, waiting?: UpgradeOptions['waiting']): Promise<RunningCore> {
    const core = await SyncCore.start({ db, verifier: testVerifier, rateLimits: false, log: silent })
    const server = createServer()
    // The host that tests connect to is that of this machine at the port in use.
    const detach = attachUpgrade(server, { publicUrl: 'http://localhost', accept: (ws, request, settled) => core.accept(ws, request, settled), waiting, log: silent })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return new RunningCore(core, (server.address() as AddressInfo).port, async () => {
      await core.close()
      detach()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    })
  }

  private constructor(core: SyncCore, port: number, stop: () => Promise<void>) {
    this.core = core
    this.port = port
    this.stop = stop
  }

  /** A connection of a stock client, signed in as `user`. */
  connect(user: Id): StockClient {
    const client = new StockClient(`ws://127.0.0.1:${this.port}/sync?protocol=1`, `${user}/${user}`)
    this.clients.push(client)
    return client
  }

  async close(): Promise<void> {
    for (const client of this.clients) client.destroy()
    await this.stop()
  }
}

/** A stock Hocuspocus client: one socket, any number of documents. */
export class StockClient {
  readonly socket: HocuspocusProviderWebsocket
  private readonly token: string
  private readonly providers: HocuspocusProvider[] = []

  constructor(url: string, token: string) {
    this.token = token
    this.socket = new HocuspocusProviderWebsocket({ url, WebSocketPolyfill: WebSocket, delay: 20, minDelay: 20, maxDelay: 100 })
  }

  /** Opens a document and waits until it is synced; rejects with the reason of a refusal. */
  async open(name: string, onStateless?: (payload: string) => void, doc = new Y.Doc()): Promise<{ doc: Y.Doc; provider: HocuspocusProvider }> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const provider = new HocuspocusProvider({
      websocketProvider: this.socket,
      name,
      document: doc,
      token: this.token,
      sessionAwareness: true,
      onSynced: () => resolve(),
      onAuthenticationFailed: ({ reason }) => reject(new Error(reason)),
      onStateless: ({ payload }) => onStateless?.(payload),
    })
    provider.attach()
    this.providers.push(provider)
    await promise
    return { doc, provider }
  }

  destroy(): void {
    for (const provider of this.providers) provider.destroy()
    this.socket.destroy()
  }
}

/** Resolves when `condition` holds, looking again after every change of the document (and every 20 ms); fails after 5 s. */
export async function until(condition: () => boolean | Promise<boolean>, what = 'condition'): Promise<void> {
  const deadline = Date.now() + 5_000
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`never came true: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
