import type { Socket } from 'node:net'
import type { FastifyHttpOptions, FastifyInstance } from 'fastify'
import type { Server } from 'node:http'
import { problem, type ErrorCode } from '@chatflow/shared/errors'
import { answerRaw } from './raw-answer.ts'

/** How long a connection may take for what, ms, and how much it may say (docs/PROTOCOL.md "Numbers"). */
export const CONNECTIONS = {
  /** From the first byte, or from connecting, to the end of the headers. */
  headersMs: 10_000,
  /** To the end of the body: the largest part of a file over a slow line. */
  requestMs: 60_000,
  /** Between two requests. Above the 60 s of common balancers: who closes first must be they, or they send into a closed connection. */
  idleMs: 72_000,
  /** Without a byte in either direction while something is asked or answered: a reader that does not read. */
  silentMs: 120_000,
  /** How often these are looked at. */
  checkMs: 2_000,
  headerBytes: 16_384,
  headers: 100,
}
export type Connections = typeof CONNECTIONS

/**
 * What Fastify is told about it. A missing host is for `host-check.ts` to refuse: Node would do so without our headers.
 * There is no limit of requests on a connection: it would only make honest clients connect anew.
 */
export function connectionOptions(numbers: Connections, headers: Record<string, string>): FastifyHttpOptions<Server> {
  return {
    requestTimeout: numbers.requestMs,
    keepAliveTimeout: numbers.idleMs,
    connectionTimeout: numbers.silentMs,
    http: { headersTimeout: numbers.headersMs, connectionsCheckingInterval: numbers.checkMs, maxHeaderSize: numbers.headerBytes, requireHostHeader: false },
    clientErrorHandler: (error, socket) => refuse(error, socket, headers),
  }
}

/** What can only be said to the server itself. */
export function limitHeaders(app: FastifyInstance, numbers: Connections): void {
  app.server.maxHeadersCount = numbers.headers
}

const CODES: Record<string, ErrorCode> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'request_timeout',
  HPE_HEADER_OVERFLOW: 'headers_too_large',
}

/** Node could make nothing of what came, or waited for it in vain. */
function refuse(error: NodeJS.ErrnoException, socket: Socket, headers: Record<string, string>): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  answerRaw(socket, problem(CODES[error.code ?? ''] ?? 'invalid_input'), headers)
  // Whoever does not even take the answer is not waited for.
  socket.setTimeout(1_000, () => socket.destroy())
}
