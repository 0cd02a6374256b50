import { randomBytes } from 'node:crypto'
import cookies from '@fastify/cookie'
import { migrate, type Database } from '@chatflow/database'
import { createVerifier } from '@chatflow/server-kit/access-tokens'
import type { TrustProxy } from '@chatflow/server-kit/config'
import { createFastify } from '@chatflow/server-kit/create-fastify'
import { addGuard } from '@chatflow/server-kit/guard'
import { migrateKit } from '@chatflow/server-kit/migrate-kit'
import type { App } from '@chatflow/server-kit/openapi'
import { createNotFoundHandler, sendProblem } from '@chatflow/server-kit/problems'
import { createRateLimiter, noLimit, type Limit, type RateLimiter } from '@chatflow/server-kit/rate-limiter'
import type { FastifyInstance, FastifyPluginAsync } from 'fastify'
import type { JWTVerifyGetKey } from 'jose'
import type { Logger } from 'pino'
import type { AuthContext } from './context.ts'
import { settle } from './facts.ts'
import { createPasswords } from './passwords.ts'
import { jwksRoute } from './routes/jwks.ts'
import { loginRoute } from './routes/login.ts'
import { meRoute } from './routes/me.ts'
import { profileRoutes } from './routes/profile.ts'
import { registerRoute } from './routes/register.ts'
import { sessionRoutes } from './routes/session.ts'
import { refuseCrossSite } from './same-origin.ts'
import { createSessionCookie } from './session-cookie.ts'
import { createSessions } from './sessions.ts'
import { openSigningKeys } from './signing-keys.ts'
import { createTokens } from './tokens.ts'

export interface AuthOptions {
  db: Database
  /** The address people open: issuer of the tokens; https makes the cookie `Secure`. */
  publicUrl: string
  rateLimits: boolean
  /** For `createAuthServer`; a server that takes the plugin sets its own. */
  trustProxy?: TrustProxy
  log: Logger
  /** ms since the epoch. */
  clock?: () => number
  /** Exponent of bcrypt's rounds, 12 unless tests are in a hurry. */
  bcryptCost?: number
}

export interface Auth {
  /** The routes `/api/auth/*` and `/.well-known/jwks.json`. */
  plugin: FastifyPluginAsync
  /** The public keys, for a verifier in the same process. */
  keys: JWTVerifyGetKey
  /** Ends what runs by itself; the database stays open. */
  close(): Promise<void>
}

const MINUTE = 60_000
const LOGIN_OF_ACCOUNT: Limit = { limit: 5, windowMs: 15 * MINUTE }
const LOGIN_OF_ADDRESS: Limit = { limit: 20, windowMs: MINUTE }
const REGISTER: Limit = { limit: 5, windowMs: 60 * MINUTE }
/** Everyone who knows the person is told of each. */
const PROFILE_CHANGES: Limit = { limit: 30, windowMs: 60 * MINUTE }
const SWEEP_MS = 60 * MINUTE

/** Accounts and sessions, to be put into a server. Migrates the database first. */
export async function createAuth(options: AuthOptions): Promise<Auth> {
  const { db, publicUrl, log, clock = Date.now } = options
  await migrateKit(db)
  await migrate(db, 'auth', new URL('./migrations/', import.meta.url))
  const signingKeys = await openSigningKeys(db, clock)
  const sessions = createSessions(db, await settle(db, 'refresh-secret', randomBytes(32).toString('hex')), clock)
  const limiter = (limit: Limit): RateLimiter => (options.rateLimits ? createRateLimiter(limit, clock) : noLimit)
  const context: AuthContext = {
    db,
    publicUrl,
    clock,
    passwords: await createPasswords(options.bcryptCost ?? 12),
    sessions,
    signingKeys,
    tokens: createTokens(signingKeys, publicUrl, clock),
    verifier: createVerifier(signingKeys.keys, { issuer: publicUrl, clock }),
    cookie: createSessionCookie(publicUrl),
    limits: { register: limiter(REGISTER), loginOfAddress: limiter(LOGIN_OF_ADDRESS), loginOfAccount: limiter(LOGIN_OF_ACCOUNT), profile: limiter(PROFILE_CHANGES) },
  }

  let sweeping = Promise.resolve()
  const timer = setInterval(() => {
    sweeping = sessions.sweep().catch((error: unknown) => log.warn({ err: error }, 'old sessions were not removed'))
  }, SWEEP_MS)
  timer.unref()

  return {
    plugin: (app) => routes(app.withTypeProvider(), context),
    keys: signingKeys.keys,
    async close() {
      clearInterval(timer)
      await sweeping
    },
  }
}

/** The auth-server by itself, not listening. Closing it leaves the database open. */
export async function createAuthServer(options: AuthOptions): Promise<FastifyInstance> {
  const auth = await createAuth(options)
  const app = createFastify({ log: options.log, trustProxy: options.trustProxy ?? false })
  app.setNotFoundHandler(createNotFoundHandler(app))
  app.addHook('onClose', () => auth.close())
  await app.register(auth.plugin)
  return app
}

async function routes(app: App, context: AuthContext): Promise<void> {
  app.setErrorHandler(sendProblem)
  await app.register(cookies)
  app.addHook('onSend', async (_request, reply) => {
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
  })
  addGuard(app, context)
  await app.register(async (scope: App) => {
    scope.addHook('onRequest', refuseCrossSite(context.publicUrl))
    registerRoute(scope, context)
    loginRoute(scope, context)
    sessionRoutes(scope, context)
  })
  meRoute(app, context)
  await profileRoutes(app, context)
  jwksRoute(app, context)
}
