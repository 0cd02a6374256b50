import { createLogger } from '@chatflow/server-kit/logger'
import type { Database } from '@chatflow/database'
import type { Signed } from '@chatflow/shared/api/account'
import type { InjectOptions } from 'fastify'
import { createAuth, serveAuth, type AuthOptions } from '../create-auth-server.ts'

export const PASSWORD = 'correct horse battery'

interface Request {
  body?: unknown
  cookie?: string | undefined
  /** The device cookie, as an answer's `device` gave it. */
  device?: string | undefined
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
  /** The device cookie that the answer sets. */
  device: string | undefined
  /** The whole `Set-Cookie` of the session. */
  cookie: string | undefined
}

interface OutboxMail {
  to: string
  subject: string
  text: string
  html: string
  /** Of its link, '' without one. */
  token: string
}

/** An auth-server over `db` that is spoken to as by a browser, with a clock that is moved by hand and cheap hashes. */
export async function authFixture(db: Database, changes: Partial<AuthOptions> = {}) {
  let ahead = 0
  const lines: string[] = []
  const publicUrl = changes.publicUrl ?? 'http://localhost:3000'
  const options: AuthOptions = {
    db,
    publicUrl,
    rateLimits: false,
    bcryptCost: 4,
    clock: () => Date.now() + ahead,
    log: createLogger('trace', { write: (line: string) => void lines.push(line) }),
    ...changes,
  }
  const auth = await createAuth(options)
  const app = await serveAuth(auth, options)
  // A browser asks for the host that it was told.
  const inject = app.inject.bind(app)
  app.inject = ((request: InjectOptions) => inject({ authority: new URL(publicUrl).host, ...request })) as typeof app.inject
  const prefix = publicUrl.startsWith('https:') ? '__Host-chatflow' : 'chatflow'

  async function send(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, request: Request = {}): Promise<Answer> {
    const sent = { session: request.cookie, device: request.device }
    const cookies = Object.entries(sent).flatMap(([name, value]) => (value === undefined ? [] : [`${prefix}_${name}=${value}`]))
    const response = await app.inject({
      method,
      url,
      ...(request.body === undefined ? {} : { payload: request.body as object }),
      ...(request.address === undefined ? {} : { remoteAddress: request.address }),
      headers: {
        ...(cookies.length === 0 ? {} : { cookie: cookies.join('; ') }),
        ...(request.bearer === undefined ? {} : { authorization: `Bearer ${request.bearer}` }),
        ...request.headers,
      },
    })
    const set = (name: string) => [response.headers['set-cookie'] ?? []].flat().find((one) => one.startsWith(`${prefix}_${name}=`))
    const cookie = set('session')
    return {
      status: response.statusCode,
      body: response.body ? response.json<Record<string, unknown>>() : {},
      headers: response.headers,
      cookie,
      token: valueOf(cookie),
      device: valueOf(set('device')),
    }
  }

  return {
    app,
    lines,
    /** ms. */
    pass: (ms: number) => void (ahead += ms),
    /** The server's time, ms since the epoch. */
    now: () => Date.now() + ahead,
    send,
    post: (route: string, request?: Request) => send('POST', `/api/auth/${route}`, request),
    register: (username: string, changes: Record<string, unknown> = {}, request: Request = {}) =>
      send('POST', '/api/auth/register', {
        body: { email: `${username}@example.org`, username, displayName: username, password: PASSWORD, ...changes },
        ...request,
      }),
    login: (login: string, password = PASSWORD, request: Request = {}) => send('POST', '/api/auth/login', { body: { login, password }, ...request }),
    refresh: (cookie: string | undefined, request: Request = {}) => send('POST', '/api/auth/refresh', { cookie, ...request }),
    /** Does the work that is due, `ms` from now; without a mail server the mails are in the outbox then. */
    async work(ms = 0) {
      ahead += ms
      await auth.jobs.drain()
    },
    /** The mails of the outbox, oldest first. */
    async mails(): Promise<OutboxMail[]> {
      const { rows } = await db.query<Omit<OutboxMail, 'token'>>('SELECT recipient AS "to", subject, body AS text, html FROM mail_outbox ORDER BY sent_at, id')
      return rows.map((mail) => ({ ...mail, token: /#\/(?:verify|reset)\/([\w-]+)/.exec(mail.text)?.[1] ?? '' }))
    },
    /** As whoever `answer` signed in. */
    as: (answer: Answer, method: 'GET' | 'POST' | 'PATCH' | 'DELETE', route: string, body?: unknown) =>
      send(method, `/api/auth/${route}`, { bearer: (answer.body as unknown as Signed).accessToken, ...(body === undefined ? {} : { body }) }),
    me: (answer: Answer) => send('GET', '/api/auth/me', { bearer: (answer.body as unknown as Signed).accessToken }),
    close: () => app.close(),
  }
}

function valueOf(cookie: string | undefined): string | undefined {
  return cookie === undefined ? undefined : decodeURIComponent(/=([^;]*)/.exec(cookie)?.[1] ?? '')
}

export type AuthFixture = Awaited<ReturnType<typeof authFixture>>
