import { parseDocName } from '@chatflow/shared/doc-names'
import { newId, type Id } from '@chatflow/shared/ids'
import { LIMITS, PROTOCOL_OLDEST } from '@chatflow/shared/limits'
import type { Hocuspocus } from '@hocuspocus/server'
import type { ConnectionContext } from '../documents/context.ts'
import { inspectFrame, isAwareness } from './inspect-frame.ts'
import { CLOSE, type SocketRecord, type SocketRegistry } from './socket-record.ts'
import { TokenBucket } from '@chatflow/server-kit/token-bucket'

/** The part of a `ws` WebSocket that is used, so that a simulated network can stand in for it. */
export interface ServerSocket {
  readonly readyState: number
  readonly bufferedAmount: number
  send(data: Uint8Array): void
  close(code?: number, reason?: string): void
  terminate(): void
  ping(): void
  on(event: 'message', listener: (data: Uint8Array) => void): unknown
  on(event: 'close', listener: (code: number, reason: Uint8Array) => void): unknown
  on(event: 'pong' | 'error', listener: () => void): unknown
}

export interface AcceptOptions {
  hocuspocus: Hocuspocus<ConnectionContext>
  sockets: SocketRegistry
  /** Whether a person does not show their presence. */
  hides: (user: Id) => boolean
  rateLimits: boolean
  /** Told once the socket is authenticated or closed, possibly twice. */
  settled?: () => void
  log: { warn(fields: object, message: string): void; info(fields: object, message: string): void }
}

const OPEN = 1
const PING_MS = 25_000
/** A reader that lets this much pile up does not read. */
const MAX_BUFFERED = 32 * 1_048_576
const FRAMES_PER_SECOND = 200
const FRAMES_AT_ONCE = 2_000

/**
 * Takes a WebSocket that has been upgraded on `/sync` into service: everything that must be decided before Hocuspocus or Yjs see a byte
 * is decided here. `request` carries the URL with the protocol version and nothing of the peer's address.
 */
export function acceptSocket(ws: ServerSocket, request: Request, { hocuspocus, sockets, hides, rateLimits, settled = () => undefined, log }: AcceptOptions): void {
  const protocol = Number(new URL(request.url).searchParams.get('protocol') ?? PROTOCOL_OLDEST)
  if (!Number.isInteger(protocol) || protocol < PROTOCOL_OLDEST) {
    settled()
    ws.close(CLOSE.protocolUnsupported, 'refused:protocol_unsupported')
    return
  }
  const record: SocketRecord = {
    id: newId(),
    expiresAt: 0,
    verified: new Map(),
    documents: new Map(),
    attaching: new Set(),
    settled,
    close: (code, reason) => {
      ws.close(code, reason)
      // A peer that does not answer the close frame is not waited for.
      setTimeout(() => ws.terminate(), 1_000).unref()
    },
  }
  sockets.add(record)
  const outgoing = {
    get readyState() {
      return ws.readyState
    },
    send: (data: Uint8Array) => {
      // Who does not show their presence does not see that of others.
      if (record.identity !== undefined && hides(record.identity.user) && isAwareness(data)) return
      if (ws.bufferedAmount > MAX_BUFFERED) ws.terminate()
      else if (ws.readyState === OPEN) ws.send(data)
    },
    close: (code?: number, reason?: string) => ws.close(code, reason),
  }
  const client = hocuspocus.handleConnection(outgoing as unknown as WebSocket, request, { socket: record })
  const deadline = setTimeout(() => {
    if (record.identity === undefined) record.close(CLOSE.notAuthenticatedInTime, 'retry:unauthenticated')
  }, LIMITS.authenticateWithinMs)
  let alive = true
  const pings = setInterval(() => {
    if (!alive) ws.terminate()
    alive = false
    if (ws.readyState === OPEN) ws.ping()
  }, PING_MS)
  const frames = new TokenBucket(FRAMES_AT_ONCE, FRAMES_PER_SECOND)
  const awareness = new TokenBucket(LIMITS.awarenessPerSecond * 4, LIMITS.awarenessPerSecond)

  ws.on('pong', () => {
    alive = true
  })
  ws.on('error', () => undefined)
  ws.on('message', (data) => {
    alive = true
    if (rateLimits && !frames.take()) {
      record.close(CLOSE.tooMany, 'retry:rate_limited')
      return
    }
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    const verdict = inspectFrame(bytes, parseDocName)
    if (verdict === 'drop' || (verdict === 'awareness' && rateLimits && !awareness.take())) return
    if (verdict === 'refuse') {
      log.warn({ socket: record.id }, 'a frame that no honest client sends: closing the connection')
      record.close(1008, 'refused:update_refused')
      return
    }
    client.handleMessage(bytes)
  })
  ws.on('close', (code) => {
    clearTimeout(deadline)
    clearInterval(pings)
    sockets.remove(record)
    settled()
    client.handleClose({ code, reason: '' })
  })
}
