import { createHash, randomBytes, X509Certificate } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { PUSH_CERTIFICATE, PUSH_KEY } from './certificate.ts'
import { type Handed, type Login, McsConnection } from './mcs-connection.ts'
import { decode, encode } from './protobuf.ts'
import { vapidFault } from './vapid-check.ts'

/** Where Chromium says that its subscriptions are to be sent to: the second where it is none of Google's own channels, as Debian's. */
const HOSTS = ['fcm.googleapis.com', 'jmt17.google.com']

export const EMPTY_WORKER = '/worker.js'

/** A profile of a browser. */
interface Device extends Login {
  connection?: McsConnection
  /** Came while it was not connected. */
  waiting: Handed[]
}

/** A subscription of a browser, as the push service knows it. */
export interface Subscription extends Pick<Handed, 'app' | 'subtype' | 'sender'> {
  token: string
  device: Device
}

/** A request of a server that sends a push, and what it was answered. */
export interface Try {
  token: string
  status: number
  fault?: string
}

/**
 * The push service of Chromium, on this machine: gives a browser its identity (checkin), subscriptions, and over a connection that the browser keeps open the pushes that servers send for them
 * (RFC 8030). It can read none of them. Chromium has switches that lead there (google_apis/gcm/engine/gservices_switches.cc).
 */
export class ChromiumPushService {
  /** Those that hold, by their token, in the order in which they were made. */
  readonly subscriptions = new Map<string, Subscription>()
  /** Also those that do not any more. */
  readonly made = new Map<string, Subscription>()
  readonly tries: Try[] = []
  readonly #devices = new Map<string, Device>()
  readonly #plain: Server
  readonly #secure: Server
  readonly #mcs: Server
  readonly #sockets = new Set<Socket>()

  static async start(): Promise<ChromiumPushService> {
    const service = new ChromiumPushService()
    for (const server of [service.#plain, service.#secure, service.#mcs]) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return service
  }

  private constructor() {
    const tls = { cert: PUSH_CERTIFICATE, key: PUSH_KEY }
    this.#plain = createServer((request, answer) => void this.#answerBrowser(request, answer))
    this.#secure = createSecureServer(tls, (request, answer) => void this.#answerSender(request, answer)) as Server
    this.#mcs = createTlsServer(tls, (socket) => void new McsConnection(socket, (login, connection) => this.#logIn(login, connection))) as unknown as Server
    for (const server of [this.#plain, this.#secure, this.#mcs]) {
      server.on('connection', (socket: Socket) => {
        this.#sockets.add(socket)
        socket.once('close', () => this.#sockets.delete(socket))
      })
    }
  }

  /** That takes the place of 443 at the hosts that the subscriptions name. */
  get port(): number {
    return portOf(this.#secure)
  }

  /** Of a page with nothing on it. It has a service worker at `EMPTY_WORKER`, which does nothing. */
  get origin(): string {
    return `http://127.0.0.1:${portOf(this.#plain)}`
  }

  /** With which Chromium comes here, and talks to nobody who is not on this machine. */
  get chromiumArgs(): string[] {
    const key = new X509Certificate(PUSH_CERTIFICATE).publicKey.export({ type: 'spki', format: 'der' })
    return [
      `--gcm-checkin-url=${this.origin}/checkin`,
      `--gcm-registration-url=${this.origin}/register`,
      `--gcm-mcs-endpoint=https://127.0.0.1:${portOf(this.#mcs)}`,
      `--ignore-certificate-errors-spki-list=${createHash('sha256').update(key).digest('base64')}`,
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
    ]
  }

  /** Forgets a subscription by itself: the browser is told nothing of it, whoever sends is. */
  forget(token: string): void {
    this.subscriptions.delete(token)
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await Promise.all([this.#plain, this.#secure, this.#mcs].map((server) => new Promise((resolve) => server.close(resolve))))
  }

  #logIn({ device, secret }: Login, connection: McsConnection): (() => void) | undefined {
    const known = this.#devices.get(device)
    if (known?.secret !== secret) return undefined
    return () => {
      known.connection = connection
      for (const push of known.waiting.splice(0)) connection.hand(push)
    }
  }

  async #answerBrowser(request: IncomingMessage, answer: ServerResponse): Promise<void> {
    const body = await read(request)
    if (request.url === EMPTY_WORKER) return void answer.setHeader('content-type', 'text/javascript').end()
    if (request.method === 'GET') return void answer.setHeader('content-type', 'text/html').end('<title>Empty</title>')
    if (request.url === '/checkin') return void answer.end(this.#checkIn(body))
    const form = new URLSearchParams(body.toString())
    const device = this.#devices.get(form.get('device') ?? '')
    const [app, subtype, sender] = ['app', 'X-subtype', 'sender'].map((name) => form.get(name) ?? '') as [string, string, string]
    if (device === undefined || request.headers.authorization !== `AidLogin ${device.device}:${device.secret}`) return void answer.writeHead(401).end('Error=AUTHENTICATION_FAILED')
    if (form.get('delete') === 'true') {
      for (const [token, one] of this.subscriptions) if (one.device === device && one.subtype === subtype) this.subscriptions.delete(token)
      return void answer.end(`token=${subtype}`)
    }
    const token = `${randomBytes(8).toString('base64url')}:${randomBytes(96).toString('base64url')}`
    const subscription = { token, device, app, subtype, sender }
    this.subscriptions.set(token, subscription)
    this.made.set(token, subscription)
    answer.end(`token=${token}`)
  }

  /** A device that has been here stays who it is. */
  #checkIn(body: Buffer): Buffer {
    const asked = decode(body)
    const known = this.#devices.get(String(asked.get(2) ?? 0))
    const device = known ?? { device: String(randomBytes(7).readUIntBE(0, 6) + 1), secret: String(randomBytes(7).readUIntBE(0, 6) + 1), waiting: [] }
    this.#devices.set(device.device, device)
    return encode([[1, 1], [7, BigInt(device.device)], [8, BigInt(device.secret)]])
  }

  async #answerSender(request: IncomingMessage, answer: ServerResponse): Promise<void> {
    const body = await read(request)
    const token = decodeURIComponent(/^\/(?:fcm\/send|wp)\/(.+)$/.exec(request.url ?? '')?.[1] ?? '')
    const subscription = this.subscriptions.get(token)
    const fault = subscription && faultOf(request, body, subscription)
    const status = subscription === undefined ? 410 : fault === undefined ? 201 : 403
    this.tries.push({ token, status, ...(fault !== undefined && { fault }) })
    answer.writeHead(status).end(fault)
    if (subscription === undefined || fault !== undefined) return
    const { device, app, subtype, sender } = subscription
    const push = { app, subtype, sender, id: randomBytes(8).toString('hex'), body }
    if (device.connection?.isOpen === true) device.connection.hand(push)
    else device.waiting.push(push)
  }
}

/** Why a push service would not take this. */
function faultOf({ method, headers }: IncomingMessage, body: Buffer, { sender }: Subscription): string | undefined {
  if (method !== 'POST' || !HOSTS.includes(headers.host ?? '')) return 'not a push'
  if (headers['content-encoding'] !== 'aes128gcm' || body.length > 4_096) return 'not encrypted, or too long'
  if (!/^\d+$/.test(headers['ttl']?.toString() ?? '')) return 'without a time to live'
  return vapidFault(headers.authorization, `https://${headers.host}`, sender)
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks)
}
