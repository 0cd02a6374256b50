import type { IncomingMessage } from 'node:http'
import { askGuarded } from '../outgoing/exchange.ts'
import { bareHost, checkedUrl, type Guard } from '../outgoing/guard.ts'
import { NoPreview } from './no-preview.ts'
import { readBody } from './read-body.ts'

const MOST_REDIRECTS = 3
const CONNECT_MS = 2_000
const USER_AGENT = 'ChatFlow/1.0 (link previews)'
const REDIRECTS = new Set([301, 302, 303, 307, 308])

/** Lets a number of requests at a time through, and refuses hosts that have been asked too often. */
export interface Turnstile {
  /** Resolves when it is this request's turn, with what is to be called when it is over. Throws `rate_limited` where the host has been asked too often. */
  enter(host: string): Promise<() => void>
}

export interface GuardedRequest {
  address: string
  /** Of the page that named this one, for a relative address; then an insecure one is refused if the page was secure. */
  base?: URL | undefined
  accept: string
  /** Of `Content-Type`, without parameters. */
  allowsType(type: string): boolean
  mostBytes: number
  /** For all of it, redirects included, ms. */
  withinMs: number
}

export interface Guarded {
  guard: Guard
  turnstile: Turnstile
  /** Ends everything that is under way. */
  signal: AbortSignal
}

/** Where the answer came from in the end, and its `Content-Type`. */
export interface Origin {
  url: URL
  contentType: string
}

/**
 * Fetches one address, following at most three redirects, each of them checked like the first and none from https to http. `reader` gets the origin and gives what takes the body;
 * see `readBody`. Throws `NoAnswer`, and `rate_limited`.
 */
export async function fetchGuarded(request: GuardedRequest, { guard, turnstile, signal }: Guarded, reader: (origin: Origin) => (chunk: Buffer) => boolean): Promise<{ origin: Origin; end: 'whole' | 'enough' | 'cut' }> {
  let url = checkedUrl(request.address, guard, request.base)
  if (request.base !== undefined) refuseDowngrade(request.base, url)
  let leave = await turnstile.enter(bareHost(url))
  const timer = AbortSignal.any([signal, AbortSignal.timeout(request.withinMs)])
  try {
    for (let redirects = 0; ; redirects += 1) {
      const answer = await ask(url, request.accept, guard, timer)
      const next = redirectOf(answer)
      if (next === undefined) {
        const contentType = answer.headers['content-type'] ?? ''
        const refused = refusalOf(answer.statusCode ?? 0, contentType, request)
        if (refused !== undefined) {
          answer.destroy()
          throw new NoPreview(refused)
        }
        const origin = { url, contentType }
        return { origin, end: await readBody(answer, request.mostBytes, timer, reader(origin)) }
      }
      answer.destroy()
      if (redirects === MOST_REDIRECTS) throw new NoPreview('redirects')
      const target = checkedUrl(next, guard, url)
      refuseDowngrade(url, target)
      url = target
      leave()
      leave = () => undefined
      leave = await turnstile.enter(bareHost(url))
    }
  } finally {
    leave()
  }
}

function ask(url: URL, accept: string, guard: Guard, signal: AbortSignal): Promise<IncomingMessage> {
  return askGuarded({ url, method: 'GET', headers: { 'user-agent': USER_AGENT, accept, 'accept-encoding': 'gzip, deflate, br' }, connectMs: CONNECT_MS, signal }, guard)
}

function redirectOf({ statusCode = 0, headers }: IncomingMessage): string | undefined {
  return REDIRECTS.has(statusCode) ? (headers.location ?? '') : undefined
}

function refusalOf(status: number, contentType: string, { allowsType }: GuardedRequest): 'status' | 'type' | undefined {
  if (status < 200 || status > 299) return 'status'
  return allowsType(contentType.split(';')[0]?.trim().toLowerCase() ?? '') ? undefined : 'type'
}

function refuseDowngrade(from: URL, to: URL): void {
  if (from.protocol === 'https:' && to.protocol === 'http:') throw new NoPreview('downgrade')
}
