import { Agent as HttpAgent, type IncomingMessage, request as httpRequest } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { isIP, isIPv6 } from 'node:net'
import { addressesOf, bareHost, type Guard } from './guard.ts'
import { NoAnswer } from './no-answer.ts'

const HEADER_BYTES = 16_384

export interface Question {
  /** Checked by the guard. */
  url: URL
  method: 'GET' | 'POST'
  /** Besides `Host` and `Connection`. */
  headers: Readonly<Record<string, string>>
  body?: Buffer
  /** Until there is a connection, TLS included, ms. */
  connectMs: number
  signal: AbortSignal
}

/**
 * Asks a checked address once, of the first of its addresses that can be connected to (one IPv4 and one IPv6 at most), and answers as soon as the headers are there; the caller reads the
 * body or destroys the answer. No redirect is followed. Throws `NoAnswer`.
 */
export async function askGuarded(question: Question, guard: Guard): Promise<IncomingMessage> {
  const addresses = await orTimeout(addressesOf(question.url, guard), question.signal)
  const [first, other] = [addresses.find((address) => !isIPv6(address)), addresses.find((address) => isIPv6(address))].filter((address) => address !== undefined)
  if (first === undefined) throw new NoAnswer('unresolved')
  try {
    return await exchange(question, first)
  } catch (error) {
    if (other === undefined || question.signal.aborted) throw error
    return exchange(question, other)
  }
}

/**
 * `address`: one of the URL's, checked by the guard: what is connected to. The name is not looked up again. No cookies, no `Referer`, no proxy of the environment (agents that are not the
 * global one know none), a connection of its own.
 */
function exchange({ url, method, headers, body, connectMs, signal }: Question, address: string): Promise<IncomingMessage> {
  const secure = url.protocol === 'https:'
  const host = bareHost(url)
  const options = {
    method,
    // An address is connected to as it is: nothing here resolves a name.
    host: address,
    port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
    path: `${url.pathname}${url.search}`,
    headers: { host: url.host, ...headers, connection: 'close' },
    maxHeaderSize: HEADER_BYTES,
    signal,
  }
  return new Promise((resolve, reject) => {
    const asked = secure
      ? // The certificate must be that of the name, not of the address.
        httpsRequest({ ...options, servername: isIP(host) === 0 ? host : '', agent: new HttpsAgent({ keepAlive: false }) })
      : httpRequest({ ...options, agent: new HttpAgent({ keepAlive: false }) })
    const tooLong = setTimeout(() => asked.destroy(new NoAnswer('connect_timeout')), connectMs)
    asked.once('socket', (socket) => socket.once(secure ? 'secureConnect' : 'connect', () => clearTimeout(tooLong)))
    asked.once('close', () => clearTimeout(tooLong))
    asked.once('response', resolve)
    asked.on('error', (error) => reject(error instanceof NoAnswer ? error : new NoAnswer(signal.aborted ? 'timeout' : 'broken')))
    asked.end(body)
  })
}

/** A resolver cannot be stopped, but it need not be waited for. */
async function orTimeout<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) throw new NoAnswer('timeout')
  const { promise, reject } = Promise.withResolvers<never>()
  const stop = (): void => reject(new NoAnswer('timeout'))
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await Promise.race([work, promise])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
