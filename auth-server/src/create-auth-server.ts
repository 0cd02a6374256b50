import { randomBytes } from 'node:crypto'
import cookies from '@fastify/cookie'
import { migrate, type Database } from '@chatflow/database'
import { createVerifier } from '@chatflow/server-kit/access-tokens'
import type { TrustProxy } from '@chatflow/server-kit/config'
import { createFastify } from '@chatflow/server-kit/create-fastify'
import { type FileScanner, noScanner } from '@chatflow/server-kit/file-scanner'
import { addGuard } from '@chatflow/server-kit/guard'
import { createJobWorker, type JobWorker } from '@chatflow/server-kit/jobs/job-worker'
import { migrateKit } from '@chatflow/server-kit/migrate-kit'
import type { App } from '@chatflow/server-kit/openapi'
import { createNotFoundHandler, sendProblem } from '@chatflow/server-kit/problems'
import { createMemoryLimits } from '@chatflow/server-kit/memory-limits'
import { noLimits, type RateLimits } from '@chatflow/server-kit/rate-limiter'
import type { FastifyInstance, FastifyPluginAsync } from 'fastify'
import type { JWTVerifyGetKey } from 'jose'
import type { Logger } from 'pino'
import type { AuthContext } from './context.ts'
import { createDeviceCookie } from './device-cookie.ts'
import { sweepTokens } from './email-tokens.ts'
import { settle } from './facts.ts'
import { createAuthLimits } from './limits.ts'
import { createMailJobs } from './mail/mail-jobs.ts'
import { openMail } from './mail/open-sender.ts'
import { sweepOutbox } from './mail/outbox-sender.ts'
import { createPasswords } from './passwords.ts'
import { renewSigningKeys } from './renew-signing-keys.ts'
import { devMailRoute } from './routes/dev-mail.ts'
import { emailRoutes } from './routes/email.ts'
import { adminRoutes } from './routes/admin/admin-routes.ts'
import { confirmRoutes } from './routes/confirm.ts'
import { jwksRoute } from './routes/jwks.ts'
import { loginCodeRoutes } from './routes/login-codes.ts'
import { loginPasskeyRoutes } from './routes/login-passkey.ts'
import { loginRoute } from './routes/login.ts'
import { meRoute } from './routes/me.ts'
import { passkeyRoutes } from './routes/passkeys.ts'
import { passwordRoutes } from './routes/password.ts'
import { profileRoutes } from './routes/profile.ts'
import { registerRoute } from './routes/register.ts'
import { secondFactorRoutes } from './routes/second-factors.ts'
import { sessionRoutes } from './routes/session.ts'
import { sessionsRoutes } from './routes/sessions.ts'
import { totpRoutes } from './routes/totp.ts'
import { refuseCrossSite } from './same-origin.ts'
import { relyingPartyOf } from './second-factors/ceremonies.ts'
import { sweepSecondFactors } from './second-factors/second-factors.ts'
import { createSecretBox } from './secret-box.ts'
import { createSessionCookie } from './session-cookie.ts'
import { createSessions } from './sessions.ts'
import { openSigningKeys } from './signing-keys.ts'
import { sweepForgotten } from './sweep-forgotten.ts'
import { createTokens } from './tokens.ts'

export interface AuthOptions {
  db: Database
  /** The address people open: issuer of the tokens; https makes the cookie `Secure`. */
  publicUrl: string
  rateLimits: boolean
  /** Where limits count: in memory unless something else is given (Redis). Of no effect without `rateLimits`. */
  limits?: RateLimits
  /** For `createAuthServer`; a server that takes the plugin sets its own. */
  trustProxy?: TrustProxy
  /** Server for mails; undefined: they are kept in the outbox. */
  smtpUrl?: string | undefined
  mailFrom?: string | undefined
  /** Looks at pictures before anything else does; undefined: nobody does. */
  scanner?: FileScanner | undefined
  /** Hears one sentence for each mail of the outbox: the operator's console. */
  onOutbox?: ((sentence: string) => void) | undefined
  log: Logger
  /** ms since the epoch. */
  clock?: () => number
  /** Exponent of bcrypt's rounds, 12 unless tests are in a hurry. */
  bcryptCost?: number | undefined
}

export interface Auth {
  /** The routes `/api/auth/*` and `/.well-known/jwks.json`. */
  plugin: FastifyPluginAsync
  /** The public keys, for a verifier in the same process. */
  keys: JWTVerifyGetKey
  /** Its worker: mails leave through it. */
  jobs: JobWorker
  /** Ends what runs by itself; the database stays open. */
  close(): Promise<void>
}

const SWEEP_MS = 3_600_000
/** At a stop, mails under way have this long; those that need longer are sent after the next start. */
const MAILS_WITHIN_MS = 2_000

/** Accounts and sessions, to be put into a server. Migrates the database first. */
export async function createAuth(options: AuthOptions): Promise<Auth> {
  const { db, publicUrl, log, clock = Date.now } = options
  await migrateKit(db)
  await migrate(db, 'auth', new URL('./migrations/', import.meta.url))
  const signingKeys = await openSigningKeys(db, clock)
  const sessions = createSessions(db, await settle(db, 'refresh-secret', randomBytes(32).toString('hex')), clock)
  const mail = openMail({ db, publicUrl, smtpUrl: options.smtpUrl, mailFrom: options.mailFrom, clock, say: options.onOutbox ?? (() => {}) })
  if (mail.reach === 'nowhere') log.warn('SMTP_URL is not set: no mail can leave, so accounts are not asked to confirm their address')
  const jobs = createJobWorker({ db, handlers: createMailJobs({ db, sender: mail.sender, publicUrl, clock }), log, clock })
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
    device: createDeviceCookie(publicUrl, await settle(db, 'device-secret', randomBytes(32).toString('hex'))),
    limits: createAuthLimits(options.rateLimits ? (options.limits ?? createMemoryLimits(clock)) : noLimits),
    scanner: options.scanner ?? noScanner,
    mailReach: mail.reach,
    mailed: (reply) => void reply.raw.once('finish', () => jobs.kick()),
    box: createSecretBox(await settle(db, 'totp-key', randomBytes(32).toString('hex'))),
    relyingParty: relyingPartyOf(publicUrl),
  }

  let sweeping = Promise.resolve()
  const timer = setInterval(() => {
    const now = clock()
    const tasks = [sessions.sweep(), sweepTokens(db, now), sweepOutbox(db, now), sweepSecondFactors(db, now), sweepForgotten(db, now), renewSigningKeys(db, now)]
    sweeping = Promise.allSettled(tasks).then((outcomes) => {
      for (const outcome of outcomes) if (outcome.status === 'rejected') log.warn({ err: outcome.reason as unknown }, 'what has expired was not removed; it is tried again in an hour')
    })
  }, SWEEP_MS)
  timer.unref()

  return {
    plugin: (app) => routes(app.withTypeProvider(), context),
    keys: signingKeys.keys,
    jobs,
    async close() {
      clearInterval(timer)
      const hurry = setTimeout(() => mail.sender.close(), MAILS_WITHIN_MS)
      await Promise.all([sweeping, jobs.close()])
      clearTimeout(hurry)
      mail.sender.close()
    },
  }
}

/** The auth-server by itself, not listening. Closing it leaves the database open. */
export async function createAuthServer(options: AuthOptions): Promise<FastifyInstance> {
  return serveAuth(await createAuth(options), options)
}

/** The same for what has been created already. */
export async function serveAuth(auth: Auth, options: AuthOptions): Promise<FastifyInstance> {
  const app = createFastify({ log: options.log, publicUrl: options.publicUrl, trustProxy: options.trustProxy ?? false })
  app.setNotFoundHandler(createNotFoundHandler(app))
  app.addHook('onClose', () => auth.close())
  await app.register(auth.plugin)
  return app
}

async function routes(app: App, context: AuthContext): Promise<void> {
  app.setErrorHandler(sendProblem)
  await app.register(cookies)
  addGuard(app, context)
  await app.register(async (scope: App) => {
    scope.addHook('onRequest', refuseCrossSite(context.publicUrl))
    registerRoute(scope, context)
    loginRoute(scope, context)
    loginCodeRoutes(scope, context)
    loginPasskeyRoutes(scope, context)
    sessionRoutes(scope, context)
    confirmRoutes(scope, context)
    emailRoutes(scope, context)
    passwordRoutes(scope, context)
  })
  meRoute(app, context)
  sessionsRoutes(app, context)
  secondFactorRoutes(app, context)
  totpRoutes(app, context)
  passkeyRoutes(app, context)
  adminRoutes(app, context)
  await profileRoutes(app, context)
  jwksRoute(app, context)
  devMailRoute(app, context)
}
