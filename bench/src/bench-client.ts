import { type ChatCore, createChatCore } from '@chatflow/client/core'
import { createMemoryPlatform } from '@chatflow/client/testing'
import type { Account } from '@chatflow/e2e/account'
import type { Id } from '@chatflow/shared/ids'
import { WebSocket } from 'ws'

/** The real client core without a screen, on a real socket. */
export class BenchClient {
  readonly core: ChatCore
  private readonly counter: { bytes: number }

  /** Signed in and connected. */
  static async connect(url: string, account: Account): Promise<BenchClient> {
    const client = await BenchClient.create(url, account)
    client.core.start()
    await client.until(() => client.core.connection.state.state === 'connected')
    return client
  }

  /** Signed in, on a device that has nothing stored, and not yet connected. */
  static async create(url: string, { user, token }: Account): Promise<BenchClient> {
    const counter = { bytes: 0 }
    class CountingSocket extends WebSocket {
      constructor(address: string, protocols?: string | string[]) {
        super(address, protocols, { origin: url, perMessageDeflate: true })
        // Bytes as they came over the wire, compressed where the server compresses.
        this.on('upgrade', (response) => response.socket.on('data', (chunk: Buffer) => (counter.bytes += chunk.length)))
      }
    }
    const platform = createMemoryPlatform({ WebSocket: CountingSocket, origin: url })
    const session = { user, token: () => Promise.resolve(token), refuse: () => {}, onFresh: () => () => {} }
    const core = await createChatCore(platform, { session, recentRooms: 0 })
    return new BenchClient(core, counter)
  }

  private constructor(core: ChatCore, counter: { bytes: number }) {
    this.core = core
    this.counter = counter
  }

  /** Bytes received on the socket so far. */
  get bytes(): number {
    return this.counter.bytes
  }

  /** Resolves as soon as a change makes `condition` true; fails after a minute. */
  until(condition: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      if (condition()) return resolve()
      const forget = this.core.changed.add(() => {
        if (!condition()) return
        clearTimeout(timer)
        forget()
        resolve()
      })
      const timer = setTimeout(() => {
        forget()
        reject(new Error('It did not happen within a minute.'))
      }, 60_000)
    })
  }

  holds(room: Id, seq: number): boolean {
    return this.core.rooms.held(room)?.entry(seq) !== undefined
  }

  close(): Promise<void> {
    return this.core.close()
  }
}
