import type { IncomingMessage } from 'node:http'
import type { Database } from '@chatflow/database'
import { openInProcessDatabase } from '@chatflow/database/testing'
import { createPeerAddress } from '@chatflow/server-kit/peer-address'
import { docName } from '@chatflow/shared/doc-names'
import { LIMITS } from '@chatflow/shared/limits'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { openTables } from '../testing/open-tables.ts'
import { addUser } from '../testing/people.ts'
import { RunningCore, until } from '../testing/running-core.ts'
import { WaitingSockets } from './waiting-sockets.ts'

describe('sockets that have not authenticated', () => {
  let db: Database
  let running: RunningCore
  const opened: WebSocket[] = []

  beforeAll(async () => {
    db = await openTables(openInProcessDatabase)
    running = await RunningCore.start(db, { sockets: new WaitingSockets(), addressOf: createPeerAddress(['loopback']) })
  })
  afterEach(async () => {
    for (const socket of opened.splice(0)) socket.terminate()
    await until(() => running.core.sockets.sockets().length === 0)
  })
  afterAll(async () => {
    await running.close()
    await db.close()
  })

  /** Opens a socket and says nothing. Answers 101, or the answer to its handshake. */
  function open(headers: Record<string, string> = {}): Promise<IncomingMessage | 101> {
    const socket = new WebSocket(`ws://127.0.0.1:${running.port}/sync?protocol=1`, { headers })
    opened.push(socket)
    return new Promise((resolve) => {
      socket.once('open', () => resolve(101))
      socket.once('unexpected-response', (_request, answer) => resolve(answer))
      socket.on('error', () => undefined)
    })
  }
  const openMany = (count: number, headers?: Record<string, string>) => Promise.all(Array.from({ length: count }, () => open(headers)))

  it('[R10] are so many from an address, by what the proxy says of it; one more is told when to come again, and others get in', async () => {
    const from = (address: string): Record<string, string> => ({ 'x-forwarded-for': address })
    expect(new Set(await openMany(LIMITS.waitingSocketsOfAddress, from('203.0.113.1')))).toEqual(new Set([101]))
    const refused = (await open(from('203.0.113.1'))) as IncomingMessage
    expect([refused.statusCode, refused.headers['retry-after'], refused.headers['content-type']]).toEqual([429, '10', 'application/problem+json'])
    expect(await open(from('203.0.113.2'))).toBe(101)
    opened[0]?.close()
    await until(() => running.core.sockets.sockets().length === LIMITS.waitingSocketsOfAddress)
    expect(await open(from('203.0.113.1'))).toBe(101)
  })

  it('count no longer once they have authenticated', async () => {
    const ada = await addUser(db, 'ada')
    await openMany(LIMITS.waitingSocketsOfAddress - 1)
    const client = running.connect(ada)
    await client.open(docName.user(ada))
    expect(await open()).toBe(101)
    expect(((await open()) as IncomingMessage).statusCode).toBe(429)
    client.destroy()
  })
})
