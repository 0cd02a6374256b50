import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Guard } from '../outgoing/guard.ts'
import { isPublicAddress } from '../outgoing/public-address.ts'
import { TEST_CERTIFICATE, TEST_KEY } from './test-certificate.ts'

type Page = (answer: ServerResponse, request: IncomingMessage) => void

/** Somebody else's web server, on this machine. */
export class WebServer {
  /** Requests that came, as they came. */
  readonly asked: IncomingMessage[] = []
  readonly port: number
  private readonly pages = new Map<string, Page>()
  private readonly server: Server

  static async start({ secure = false } = {}): Promise<WebServer> {
    let listener: RequestListener = () => undefined
    const server = secure ? createSecureServer({ cert: TEST_CERTIFICATE, key: TEST_KEY }, (request, answer) => listener(request, answer)) : createServer((request, answer) => listener(request, answer))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const web = new WebServer(server)
    listener = (request, answer) => web.answer(request, answer)
    return web
  }

  private constructor(server: Server) {
    this.server = server
    this.port = (server.address() as AddressInfo).port
  }

  /** What it answers at `path`. A string is a page of HTML. */
  at(path: string, page: Page | string): void {
    this.pages.set(path, typeof page === 'string' ? (answer) => void answer.setHeader('content-type', 'text/html; charset=utf-8').end(page) : page)
  }

  get paths(): string[] {
    return this.asked.map(({ url = '' }) => url)
  }

  async close(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
  }

  private answer(request: IncomingMessage, answer: ServerResponse): void {
    this.asked.push(request)
    const page = this.pages.get((request.url ?? '').split('?')[0] ?? '')
    if (page === undefined) answer.writeHead(404, { 'content-type': 'text/html' }).end('<title>Not here</title>')
    else page(answer, request)
  }
}

/** A guard that knows names of tests as addresses of this machine, and besides that lets nothing through that the strict one would not. */
export function testGuard(ports: readonly number[], resolve: Guard['resolve'] = async () => ['127.0.0.1']): Guard {
  return { resolve, ownHost: 'chat.example.org', allowsAddress: (address) => address === '127.0.0.1' || isPublicAddress(address), allowsPort: (port) => port === '' || ports.includes(Number(port)) }
}
