import { createServer, type AddressInfo, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clamdAddress, type ClamdAddress } from './clamd-address.ts'
import { createClamdScanner } from './clamd-scanner.ts'
import { openScanner } from './open-scanner.ts'
import { EICAR, startClamd, type TestClamd } from './testing/start-clamd.ts'

const warnings: { fields: Record<string, unknown>; message: string }[] = []
const log = { warn: (fields: object, message: string) => void warnings.push({ fields: fields as Record<string, unknown>, message }) }
const MEGABYTE = 1_048_576

describe('clamd', () => {
  let clamd: TestClamd
  beforeAll(async () => {
    clamd = await startClamd({ streamMax: 6 })
  })
  afterAll(() => clamd.stop())

  it.each(['tcp', 'unix'] as const)('over %s lets through what is harmless, and refuses what it knows wherever it stands in a file', async (way) => {
    const { scan } = openScanner(clamd[way], log)
    await scan(Buffer.from('harmless'))
    await scan(new Uint8Array(0))
    await scan(Buffer.alloc(5 * MEGABYTE, 'x'))
    warnings.length = 0
    for (const file of [Buffer.from(EICAR), Buffer.concat([Buffer.alloc(5 * MEGABYTE - 100), Buffer.from(EICAR)])]) {
      await expect(scan(file)).rejects.toMatchObject({ code: 'file_infected' })
    }
    expect(warnings.map(({ fields }) => fields['signature'])).toEqual([expect.stringContaining('Chatflow.Eicar'), expect.stringContaining('Chatflow.Eicar')])
  })

  it('looks at many files at once, each for itself', async () => {
    const { scan } = openScanner(clamd.tcp, log)
    const answers = await Promise.allSettled(Array.from({ length: 20 }, (_, i) => scan(Buffer.from(i % 2 === 0 ? `${i}` : EICAR))))
    expect(answers.map(({ status }) => status)).toEqual(answers.map((_, i) => (i % 2 === 0 ? 'fulfilled' : 'rejected')))
  })

  it('that will not look at a file lets nothing through', async () => {
    await expect(openScanner(clamd.tcp, log).scan(Buffer.alloc(7 * MEGABYTE, 'x'))).rejects.toMatchObject({ code: 'scanner_unavailable', retryAfter: 30 })
  })

  it('that is not there lets nothing through', async () => {
    const gone = await startClamd()
    await gone.stop()
    for (const url of [gone.tcp, gone.unix]) await expect(openScanner(url, log).scan(Buffer.from('harmless'))).rejects.toMatchObject({ code: 'scanner_unavailable' })
  })
})

/** What answers in clamd's place must not pass for it. */
describe('something else at the address of clamd', () => {
  async function scanAt(answer: (socket: Socket) => void): Promise<unknown> {
    const server = createServer((socket) => {
      socket.on('error', () => undefined)
      socket.once('data', () => answer(socket))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address: ClamdAddress = { host: '127.0.0.1', port: (server.address() as AddressInfo).port }
    const outcome: unknown = await createClamdScanner({ address, log, timeoutMs: 200 }).scan(Buffer.from('x')).catch((error: unknown) => error)
    server.close()
    return outcome
  }

  it.each([
    ['hangs up', (socket: Socket) => void socket.end()],
    ['says nothing', () => undefined],
    ['breaks off in the middle of a line', (socket: Socket) => void socket.end('stream: OK')],
    ['says another thing', (socket: Socket) => void socket.end('UNKNOWN COMMAND\0')],
    ['says more than OK', (socket: Socket) => void socket.end('stream: OK, nearly\0')],
    ['goes on and on', (socket: Socket) => void socket.write('x'.repeat(10_000))],
  ])('that %s lets nothing through', async (_, answer) => {
    expect(await scanAt(answer)).toMatchObject({ code: 'scanner_unavailable' })
  })

  it('that finds what has a strange name still finds it', async () => {
    expect(await scanAt((socket) => void socket.end('stream: \u0001 odd name FOUND\0'))).toMatchObject({ code: 'file_infected' })
  })
})

describe('CLAMAV_URL', () => {
  it.each([
    ['tcp://clamav:3310', { host: 'clamav', port: 3310 }],
    ['tcp://[::1]:3310', { host: '::1', port: 3310 }],
    ['unix:/run/clamav/clamd.ctl', { path: '/run/clamav/clamd.ctl' }],
    ['unix:///run/clamav/clamd.ctl', { path: '/run/clamav/clamd.ctl' }],
    ['tcp://clamav', undefined],
    ['tcp://clamav:3310/x', undefined],
    ['tcp://:3310', undefined],
    ['http://clamav:3310', undefined],
    ['unix:clamd.ctl', undefined],
    ['', undefined],
  ])('%j is %j', (url, address) => {
    expect(clamdAddress(url)).toEqual(address)
  })
})
