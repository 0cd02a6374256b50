import { Agent as HttpAgent, type IncomingMessage, request as httpRequest } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { isIP } from 'node:net'
import { bareHost } from './guard.ts'
import { NoPreview } from './no-preview.ts'

/** Until there is a connection, TLS included, ms. */
const CONNECT_MS = 2_000
const HEADER_BYTES = 16_384
const USER_AGENT = 'ChatFlow/1.0 (link previews)'

export interface Question {
  /** Checked by the guard. */
  url: URL
  /** One of its addresses, checked by the guard: what is connected to. The name is not looked up again. */
  address: string
  /** What is asked for, as in `Accept`. */
  accept: string
  signal: AbortSignal
}

/**
 * Asks once and answers as soon as the headers are there; the caller reads the body or destroys the answer. No cookies, no `Referer`, no proxy of the environment (agents that are not the
 * global one know none), a connection of its own. Throws `NoPreview`.
 */
export function exchange({ url, address, accept, signal }: Question): Promise<IncomingMessage> {
  const secure = url.protocol === 'https:'
  const host = bareHost(url)
  const options = {
    method: 'GET',
    // An address is connected to as it is: nothing here resolves a name.
    host: address,
    port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
    path: `${url.pathname}${url.search}`,
    headers: { host: url.host, 'user-agent': USER_AGENT, accept, 'accept-encoding': 'gzip, deflate, br', connection: 'close' },
    maxHeaderSize: HEADER_BYTES,
    signal,
  }
  return new Promise((resolve, reject) => {
    const asked = secure
      ? // The certificate must be that of the name, not of the address.
        httpsRequest({ ...options, servername: isIP(host) === 0 ? host : '', agent: new HttpsAgent({ keepAlive: false }) })
      : httpRequest({ ...options, agent: new HttpAgent({ keepAlive: false }) })
    const tooLong = setTimeout(() => asked.destroy(new NoPreview('connect_timeout')), CONNECT_MS)
    asked.once('socket', (socket) => socket.once(secure ? 'secureConnect' : 'connect', () => clearTimeout(tooLong)))
    asked.once('close', () => clearTimeout(tooLong))
    asked.once('response', resolve)
    asked.on('error', (error) => reject(error instanceof NoPreview ? error : new NoPreview(signal.aborted ? 'timeout' : 'broken')))
    asked.end()
  })
}
