import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { createHostCheck } from '@chatflow/server-kit/host-check'
import { answerRaw } from '@chatflow/server-kit/raw-answer'
import { securityHeaders } from '@chatflow/server-kit/security-headers'
import { type ErrorCode, problem } from '@chatflow/shared/errors'
import { LIMITS } from '@chatflow/shared/limits'
import { WebSocketServer } from 'ws'
import type { ServerSocket } from './accept-socket.ts'
import type { WaitingSockets } from './waiting-sockets.ts'

export interface UpgradeOptions {
  publicUrl: string
  accept: (ws: ServerSocket, request: Request, settled: () => void) => void
  /** Whose sockets are counted until they have authenticated; undefined: they are not. */
  waiting?: { sockets: WaitingSockets; addressOf: (request: IncomingMessage) => string } | undefined
  log: { warn(fields: object, message: string): void }
}

/** By then those that say nothing have been closed, s. */
const RETRY_AFTER_S = String(LIMITS.authenticateWithinMs / 1_000)

/**
 * Answers upgrades on `/sync` of an HTTP server: path, Host and Origin are checked before anything is upgraded, frames are bounded.
 * Upgrades on other paths are refused with 404. Returns a function that detaches and ends what is left.
 */
export function attachUpgrade(server: Server, { publicUrl, accept, waiting, log }: UpgradeOptions): () => void {
  const wss = new WebSocketServer({
    noServer: true,
    maxPayload: LIMITS.frameBytes,
    clientTracking: false,
    // Only what the server sends is worth compressing, and only large frames; each by itself, so that idle sockets hold no window.
    perMessageDeflate: { threshold: LIMITS.compressAboveBytes, serverNoContextTakeover: true, clientNoContextTakeover: true, concurrencyLimit: 2 },
  })
  const hostAllowed = createHostCheck(publicUrl)
  const headers = securityHeaders(publicUrl)
  const refuse = (stream: Duplex, code: ErrorCode, more: Record<string, string> = {}): void => answerRaw(stream, problem(code), { ...headers, ...more })
  // What is no proper handshake: `ws` would answer in words of its own.
  wss.on('wsClientError', (_error, stream) => answerRaw(stream, problem('invalid_input'), { ...headers, 'sec-websocket-version': '13' }))
  const onUpgrade = (request: IncomingMessage, stream: Duplex, head: Buffer): void => {
    stream.on('error', () => stream.destroy())
    const url = URL.canParse(request.url ?? '', publicUrl) ? new URL(request.url ?? '', publicUrl) : undefined
    if (url?.pathname !== '/sync') {
      refuse(stream, 'not_found')
      return
    }
    if (!hostAllowed(request)) {
      log.warn({ path: url.pathname }, 'a connection for another host was refused')
      refuse(stream, 'host_unknown')
      return
    }
    if (!originAllowed(request, publicUrl)) {
      log.warn({ path: url.pathname }, 'a connection from another origin was refused')
      refuse(stream, 'origin_refused')
      return
    }
    const settled = waiting ? waiting.sockets.enter(waiting.addressOf(request)) : () => undefined
    if (settled === undefined) {
      log.warn({ path: url.pathname }, 'too many connections that have not said whose they are: one more was refused')
      refuse(stream, 'too_many_sockets', { 'retry-after': RETRY_AFTER_S })
      return
    }
    // A handshake that is refused, or whose peer is gone, never gets to `accept`.
    stream.once('close', settled)
    wss.handleUpgrade(request, stream, head, (ws) => {
      ws.binaryType = 'nodebuffer'
      accept(ws as unknown as ServerSocket, new Request(new URL(`${url.pathname}${url.search}`, 'http://sync.invalid')), settled)
    })
  }
  server.on('upgrade', onUpgrade)
  return () => {
    server.off('upgrade', onUpgrade)
    wss.close()
  }
}

/** Browsers always say where a page comes from; programs that say nothing bring no cookies that could be abused. */
function originAllowed(request: IncomingMessage, publicUrl: string): boolean {
  const { origin, host } = request.headers
  if (origin === undefined) return true
  const own = new URL(publicUrl)
  // The embedded default is also reached as 127.0.0.1: the same host and port as the page's. The host was checked before.
  return origin === own.origin || origin === `${own.protocol}//${host?.toLowerCase()}`
}
