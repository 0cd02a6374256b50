import { createLogger } from '@chatflow/server-kit/logger'
import type { Database } from '@chatflow/database'
import type { Signed } from '@chatflow/shared/api/account'
import { createAuthServer, type AuthOptions } from '../create-auth-server.ts'

export const PASSWORD = 'correct horse battery'

interface Request {
  body?: unknown
  cookie?: string | undefined
  bearer?: string
  headers?: Record<string, string>
  address?: string
}

export interface Answer {
  status: number
  body: Record<string, unknown>
  headers: Record<string, unknown>
  /** The refresh token that the answer sets, '' if it clears it, undefined if it does neither. */
  token: string | undefined
  /** The whole `Set-Cookie`. */
  cookie: string | undefined
}

/** An auth-server over `db` that is spoken to as by a browser, with a clock that is moved by hand and cheap hashes. */
export async function authFixture(db: Database, changes: Partial<AuthOptions> = {}) {
  let ahead = 0
  const lines: string[] = []
  const app = await createAuthServer({
    db,
    publicUrl: 'http://localhost:3000',
    rateLimits: false,
    bcryptCost: 4,
    clock: () => Date.now() + ahead,
    log: createLogger('trace', { write: (line: string) => void lines.push(line) }),
    ...changes,
  })
  const name = (changes.publicUrl ?? '').startsWith('https:') ? '__Host-chatflow_session' : 'chatflow_session'

  async function send(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, request: Request = {}): Promise<Answer> {
    const response = await app.inject({
      method,
      url,
      ...(request.body === undefined ? {} : { payload: request.body as object }),
      ...(request.address === undefined ? {} : { remoteAddress: request.address }),
      headers: {
        ...(request.cookie === undefined ? {} : { cookie: `${name}=${request.cookie}` }),
        ...(request.bearer === undefined ? {} : { authorization: `Bearer ${request.bearer}` }),
        ...request.headers,
      },
    })
    const cookie = [response.headers['set-cookie'] ?? []].flat()[0]
    return {
      status: response.statusCode,
      body: response.body ? response.json<Record<string, unknown>>() : {},
      headers: response.headers,
      cookie,
      token: cookie === undefined ? undefined : decodeURIComponent(/=([^;]*)/.exec(cookie)?.[1] ?? ''),
    }
  }

  return {
    app,
    lines,
    /** ms. */
    pass: (ms: number) => void (ahead += ms),
    send,
    post: (route: string, request?: Request) => send('POST', `/api/auth/${route}`, request),
    register: (username: string, changes: Record<string, unknown> = {}, request: Request = {}) =>
      send('POST', '/api/auth/register', {
        body: { email: `${username}@example.org`, username, displayName: username, password: PASSWORD, ...changes },
        ...request,
      }),
    login: (login: string, password = PASSWORD, request: Request = {}) => send('POST', '/api/auth/login', { body: { login, password }, ...request }),
    refresh: (cookie: string | undefined, request: Request = {}) => send('POST', '/api/auth/refresh', { cookie, ...request }),
    me: (answer: Answer) => send('GET', '/api/auth/me', { bearer: (answer.body as unknown as Signed).accessToken }),
    close: () => app.close(),
  }
}

export type AuthFixture = Awaited<ReturnType<typeof authFixture>>
