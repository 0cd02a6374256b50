import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Problem } from '@chatflow/shared/errors'

/** Answers a bare socket, one that no HTTP response belongs to, with a problem document, and ends it. */
export function answerRaw(socket: Duplex, problem: Problem, headers: Record<string, string>): void {
  const body = JSON.stringify(problem)
  const all = { connection: 'close', ...headers, 'content-type': 'application/problem+json', 'content-length': String(Buffer.byteLength(body)) }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}\r\n${lines.join('')}\r\n${body}`)
}
