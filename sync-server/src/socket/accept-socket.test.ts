import { docName } from '@chatflow/shared/doc-names'
import { newId } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'
import type { Hocuspocus } from '@hocuspocus/server'
import * as encoding from 'lib0/encoding'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ConnectionContext } from '../documents/context.ts'
import { acceptSocket, type ServerSocket } from './accept-socket.ts'
import { SocketRegistry } from './socket-record.ts'

/** A socket whose other end is the test. */
class FakeSocket implements ServerSocket {
  readyState = 1
  bufferedAmount = 0
  pings = 0
  terminated = false
  closed: { code: number; reason: string } | undefined
  readonly sent: Uint8Array[] = []
  private readonly listeners = new Map<string, ((...values: never[]) => void)[]>()

  on(event: string, listener: (...values: never[]) => void): void {
    this.listeners.set(event, [...(this.listeners.get(event) ?? []), listener])
  }

  emit(event: string, ...values: unknown[]): void {
    for (const listener of this.listeners.get(event) ?? []) listener(...(values as never[]))
  }

  send(data: Uint8Array): void {
    this.sent.push(data)
  }

  close(code = 1000, reason = ''): void {
    this.closed ??= { code, reason }
  }

  terminate(): void {
    this.terminated = true
  }

  ping(): void {
    this.pings += 1
  }
}

const room = docName.room(newId())
const log = docName.log(newId(), 0)
const ping = encoding.encode((encoder) => {
  encoding.writeVarString(encoder, log)
  encoding.writeVarUint(encoder, 9)
})
const awareness = encoding.encode((encoder) => {
  encoding.writeVarString(encoder, room)
  encoding.writeVarUint(encoder, 1)
  encoding.writeVarUint8Array(encoder, new Uint8Array(20))
})

function setUp({ url = 'http://sync.invalid/sync?protocol=1', rateLimits = true } = {}) {
  const ws = new FakeSocket()
  const sockets = new SocketRegistry()
  const handled: Uint8Array[] = []
  const ended: unknown[] = []
  let outgoing: { send(data: Uint8Array): void } | undefined
  const hocuspocus = {
    handleConnection: (socket: { send(data: Uint8Array): void }) => {
      outgoing = socket
      return { handleMessage: (data: Uint8Array) => handled.push(data), handleClose: (event: unknown) => ended.push(event) }
    },
  } as unknown as Hocuspocus<ConnectionContext>
  const log = { warn: vi.fn<(fields: object, message: string) => void>(), info: () => undefined }
  acceptSocket(ws, new Request(url), { hocuspocus, sockets, hides: () => false, rateLimits, log })
  const authenticate = (): void => {
    for (const record of sockets.sockets()) record.identity = { user: newId(), session: newId(), role: 'member', person: { username: 'ada', displayName: 'Ada' }, hidesPresence: false }
  }
  return { ws, sockets, handled, ended, log, authenticate, send: (data: Uint8Array) => outgoing?.send(data) }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('the version of the protocol', () => {
  it.each(['0', '-1', 'one', '', '1.5'])('%j is not served', (version) => {
    const { ws, sockets } = setUp({ url: `http://sync.invalid/sync?protocol=${version}` })
    expect(ws.closed).toEqual({ code: 4406, reason: 'refused:protocol_unsupported' })
    expect(sockets.sockets()).toEqual([])
  })

  it.each(['?protocol=1', '?protocol=2', ''])('%j is served', (query) => {
    expect(setUp({ url: `http://sync.invalid/sync${query}` }).ws.closed).toBeUndefined()
  })
})

describe('a socket', () => {
  it('[R10] that does not authenticate in time is closed, and cut if it does not answer', () => {
    const { ws } = setUp()
    vi.advanceTimersByTime(LIMITS.authenticateWithinMs - 1)
    expect(ws.closed).toBeUndefined()
    vi.advanceTimersByTime(1)
    expect(ws.closed).toEqual({ code: 4408, reason: 'retry:unauthenticated' })
    expect(ws.terminated).toBe(false)
    vi.advanceTimersByTime(1_000)
    expect(ws.terminated).toBe(true)
  })

  it('that has authenticated stays', () => {
    const { ws, authenticate } = setUp()
    authenticate()
    vi.advanceTimersByTime(LIMITS.authenticateWithinMs * 2)
    expect(ws.closed).toBeUndefined()
  })

  it('that answers no ping is cut; one that answers, or sends anything, lives', () => {
    const [silent, answering, sending] = [setUp(), setUp(), setUp()]
    for (const { authenticate } of [silent, answering, sending]) authenticate()
    for (let beat = 0; beat < 4; beat += 1) {
      vi.advanceTimersByTime(25_000)
      answering.ws.emit('pong')
      sending.ws.emit('message', ping)
    }
    expect([silent, answering, sending].map(({ ws }) => ws.terminated)).toEqual([true, false, false])
    expect(answering.ws.pings).toBe(4)
  })

  it('[R10] that sends more frames than any client needs is closed, and heard again no more', () => {
    const { ws, handled } = setUp()
    for (let sent = 0; sent < 2_000; sent += 1) ws.emit('message', ping)
    expect(handled).toHaveLength(2_000)
    expect(ws.closed).toBeUndefined()
    ws.emit('message', ping)
    expect(ws.closed).toEqual({ code: 4429, reason: 'retry:rate_limited' })
    expect(handled).toHaveLength(2_000)
  })

  it('that keeps to 200 frames a second may go on for ever', () => {
    const { ws, handled } = setUp()
    for (let step = 0; step < 3_000; step += 1) {
      vi.advanceTimersByTime(5)
      ws.emit('message', ping)
    }
    expect(handled).toHaveLength(3_000)
  })

  it('that types too fast is not shown typing, but not closed', () => {
    const { ws, handled } = setUp()
    for (let sent = 0; sent < 100; sent += 1) ws.emit('message', awareness)
    expect(handled).toHaveLength(LIMITS.awarenessPerSecond * 4)
    vi.advanceTimersByTime(1_000)
    for (let sent = 0; sent < 100; sent += 1) ws.emit('message', awareness)
    expect(handled).toHaveLength(LIMITS.awarenessPerSecond * 5)
    expect(ws.closed).toBeUndefined()
  })

  it('[R9] that sends what no honest client sends is closed, and what it sent goes nowhere', () => {
    const { ws, handled, log } = setUp({ rateLimits: false })
    ws.emit('message', new Uint8Array([255, 255]))
    expect(ws.closed).toEqual({ code: 1008, reason: 'refused:update_refused' })
    expect(handled).toEqual([])
    // Neither bytes nor names of documents are logged.
    expect(Object.keys(log.warn.mock.calls[0]?.[0] ?? {})).toEqual(['socket'])
  })

  it('that lets everything pile up is cut', () => {
    const { ws, send } = setUp()
    send(new Uint8Array(3))
    expect(ws.sent).toHaveLength(1)
    ws.bufferedAmount = 33 * 1_048_576
    send(new Uint8Array(3))
    expect(ws.sent).toHaveLength(1)
    expect(ws.terminated).toBe(true)
  })

  it('that has closed leaves nothing behind: no record, no timer', () => {
    const { ws, sockets, ended } = setUp()
    ws.emit('close', 1001, new Uint8Array())
    expect(sockets.sockets()).toEqual([])
    expect(ended).toEqual([{ code: 1001, reason: '' }])
    expect(vi.getTimerCount()).toBe(0)
  })
})
