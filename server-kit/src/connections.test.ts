import { connect, type AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CONNECTIONS } from './connections.ts'
import { createFastify } from './create-fastify.ts'
import { createLogger } from './logger.ts'
import { untilClosed } from './testing/raw-request.ts'

const log = createLogger('silent')
/** A hundredth of what it is in service. */
const quick = { ...CONNECTIONS, headersMs: 100, requestMs: 600, idleMs: 200, silentMs: 1_200, checkMs: 20 }
const app = createFastify({ log, connections: quick })
let port = 0

beforeAll(async () => {
  app.get('/ok', async () => ({ ok: true }))
  app.post('/json', async () => ({ ok: true }))
  app.get('/large', async (_request, reply) => reply.type('application/octet-stream').send(Buffer.alloc(64 * 1_048_576)))
  await app.listen({ port: 0, host: '127.0.0.1' })
  port = (app.server.address() as AddressInfo).port
})
afterAll(() => app.close())

/** Opens a connection; what it said in the end, and after how long it was closed, ms. */
async function watch(begin: (write: (text: string) => void) => void): Promise<{ said: string; ms: number }> {
  const socket = connect(port, '127.0.0.1')
  const started = performance.now()
  begin((text) => void (socket.writable && socket.write(text)))
  const said = await untilClosed(socket)
  return { said, ms: performance.now() - started }
}

/** A byte again and again, as somebody who wants to hold the connection sends it. */
async function drip(start: string, byte: string): Promise<{ said: string; ms: number }> {
  let timer: NodeJS.Timeout | undefined
  const result = await watch((write) => {
    write(start)
    timer = setInterval(() => write(byte), 20)
  })
  clearInterval(timer)
  return result
}

describe('a connection is closed', () => {
  it('that says nothing at all', async () => {
    const { said } = await watch(() => undefined)
    expect(said).toMatch(/^HTTP\/1\.1 408 /)
  })

  it('whose headers never end (slowloris)', async () => {
    const { said } = await drip('GET /ok HTTP/1.1\r\nHost: localhost\r\n', 'X-A: b\r\n')
    expect(said).toMatch(/^HTTP\/1\.1 408 /)
    expect(said).toContain('"code":"request_timeout"')
    expect(said).toContain('content-security-policy')
  })

  it('whose body never ends', async () => {
    const { said } = await drip('POST /json HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{', ' ')
    expect(said).toMatch(/^HTTP\/1\.1 408 /)
  })

  it('whose chunks never end', async () => {
    const { said } = await drip('POST /json HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n', '1\r\n \r\n')
    expect(said).toMatch(/^HTTP\/1\.1 408 /)
  })

  it('on which nothing more is asked after an answer', async () => {
    const { said, ms } = await watch((write) => write('GET /ok HTTP/1.1\r\nHost: localhost\r\n\r\n'))
    expect(said).toMatch(/^HTTP\/1\.1 200 /)
    expect(said.match(/HTTP\/1\.1/g)).toHaveLength(1)
    expect(ms).toBeGreaterThanOrEqual(quick.idleMs)
  })

  it('that asks for much and does not read it', async () => {
    const socket = connect(port, '127.0.0.1')
    const gone = new Promise<void>((resolve) => app.server.once('connection', (peer) => peer.once('close', () => resolve())))
    socket.on('error', () => undefined)
    socket.pause()
    socket.write('GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n')
    await gone
    socket.destroy()
  })
})

it('the numbers in service are those that are documented', async () => {
  const served = createFastify({ log })
  const { headersTimeout, requestTimeout, keepAliveTimeout, timeout, maxHeadersCount } = served.server
  expect({ headersTimeout, requestTimeout, keepAliveTimeout, timeout, maxHeadersCount }).toEqual({
    headersTimeout: 10_000,
    requestTimeout: 60_000,
    keepAliveTimeout: 72_000,
    timeout: 120_000,
    maxHeadersCount: 100,
  })
  await served.close()
})
