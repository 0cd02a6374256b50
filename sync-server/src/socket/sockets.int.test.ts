import type { IncomingMessage } from 'node:http'
import type { Database } from '@chatflow/database'
import { testDatabases } from '@chatflow/database/testing'
import { securityHeaders } from '@chatflow/server-kit/security-headers'
import { rawRequest } from '@chatflow/server-kit/testing/raw-request'
import { docName } from '@chatflow/shared/doc-names'
import { newId } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { openTables } from '../testing/open-tables.ts'
import { addUser } from '../testing/people.ts'
import { RunningCore, until } from '../testing/running-core.ts'

describe.each(testDatabases())('sockets on $name', ({ open }) => {
  let db: Database
  let running: RunningCore

  beforeAll(async () => {
    db = await openTables(open)
    running = await RunningCore.start(db)
  })

  afterAll(async () => {
    await running.close()
    await db.close()
  })

  it('[R10] a user has so many, and one more is closed while the others live', async () => {
    const ada = await addUser(db, 'ada')
    const ben = await addUser(db, 'ben')
    for (let index = 0; index < LIMITS.socketsPerUser; index += 1) await running.connect(ada).open(docName.user(ada))
    const oneMore = running.connect(ada)
    const closed = new Promise<{ code: number; reason: string }>((resolve) => oneMore.socket.on('close', ({ event }: { event: { code: number; reason: string } }) => resolve(event)))
    // It is never let in: the socket closes first, and a stock client only tries again.
    void oneMore.open(docName.user(ada)).catch(() => undefined)
    const { code, reason } = await closed
    oneMore.destroy()
    expect([code, reason]).toEqual([4429, 'retry:too_many_sockets'])
    expect(running.core.sockets.ofUser(ada)).toHaveLength(LIMITS.socketsPerUser)
    await running.connect(ben).open(docName.user(ben))
  })

  it('a document has two sessions on one socket, and not a third', async () => {
    const cleo = await addUser(db, 'cleo')
    const client = running.connect(cleo)
    await client.open(docName.user(cleo))
    await client.open(docName.user(cleo))
    await expect(client.open(docName.user(cleo))).rejects.toThrow('retry:too_many_documents')
  })

  it('[R10] a socket has 200 documents, also of many that are asked for at once', async () => {
    const flo = await addUser(db, 'flo')
    const client = running.connect(flo)
    const device = newId()
    const names = Array.from({ length: LIMITS.documentsPerSocket + 10 }, () => docName.outbox(flo, device, newId()))
    const results = await Promise.allSettled(names.map((name) => client.open(name)))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(LIMITS.documentsPerSocket)
    const reasons = results.flatMap((result) => (result.status === 'rejected' ? [(result.reason as Error).message] : []))
    expect(reasons).toEqual(Array.from({ length: 10 }, () => 'retry:too_many_documents'))
  })

  it('a socket that has closed is forgotten', async () => {
    const dan = await addUser(db, 'dan')
    const client = running.connect(dan)
    await client.open(docName.user(dan))
    expect(running.core.sockets.users()).toContain(dan)
    client.destroy()
    await until(() => !running.core.sockets.users().includes(dan))
  })

  it.each([
    ['another path', '/elsewhere', {}, 404],
    ['a path below', '/sync/x', {}, 404],
    ['a path that is none', '//', {}, 404],
    ['another host', '/sync', { host: 'evil.example' }, 421],
    ['another host that names its own origin', '/sync', { host: 'evil.example', origin: 'http://evil.example' }, 421],
    ['another host, though forwarded for this one', '/sync', { host: 'evil.example', 'x-forwarded-host': 'localhost' }, 421],
    ['another origin', '/sync', { origin: 'https://evil.example' }, 403],
    ['an origin that hides itself', '/sync', { origin: 'null' }, 403],
  ])('[R9] an upgrade with %s is refused before it happens', async (_, path, headers, status) => {
    const socket = new WebSocket(`ws://127.0.0.1:${running.port}${path}`, { headers })
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      socket.on('unexpected-response', (_request, response) => resolve(response))
      socket.on('open', () => reject(new Error('opened')))
      socket.on('error', reject)
    })
    expect(answer.statusCode).toBe(status)
    expect(answer.headers).toMatchObject(securityHeaders('http://localhost'))
    expect(answer.headers['content-type']).toBe('application/problem+json')
  })

  it.each([
    ['no key', 'GET', []],
    ['another version', 'GET', ['Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', 'Sec-WebSocket-Version: 7']],
    ['another method', 'POST', ['Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', 'Sec-WebSocket-Version: 13']],
  ])('[R9] a handshake with %s is refused with a problem like any other', async (_, method, lines) => {
    const head = [`${method} /sync HTTP/1.1`, 'Host: localhost', 'Connection: Upgrade', 'Upgrade: websocket', ...lines]
    const answer = await rawRequest(running.port, `${head.join('\r\n')}\r\n\r\n`)
    expect(answer.status).toBe(400)
    expect(answer.headers).toMatchObject(securityHeaders('http://localhost'))
    expect(JSON.parse(answer.body)).toMatchObject({ code: 'invalid_input' })
  })

  it('[R10] a frame above 1 MiB ends its own connection and no other', async () => {
    const eve = await addUser(db, 'eve')
    const other = await running.connect(eve).open(docName.user(eve))
    const raw = new WebSocket(`ws://127.0.0.1:${running.port}/sync?protocol=1`)
    await new Promise((resolve) => raw.on('open', resolve))
    const closed = new Promise<number>((resolve) => raw.on('close', resolve))
    raw.on('error', () => undefined)
    raw.send(new Uint8Array(LIMITS.frameBytes + 1))
    expect(await closed).toBe(1009)
    expect(other.provider.isAttached).toBe(true)
  })

  it('an older protocol is told so', async () => {
    const raw = new WebSocket(`ws://127.0.0.1:${running.port}/sync?protocol=0&note=${newId()}`)
    const [code, reason] = await new Promise<[number, string]>((resolve) => raw.on('close', (value, text) => resolve([value, text.toString()])))
    expect([code, reason]).toEqual([4406, 'refused:protocol_unsupported'])
  })
})
