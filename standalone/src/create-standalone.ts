import { createAuth } from '@chatflow/auth-server'
import type { Database } from '@chatflow/database'
import type { TrustProxy } from '@chatflow/server-kit/config'
import { createFastify } from '@chatflow/server-kit/create-fastify'
import type { FileScanner } from '@chatflow/server-kit/file-scanner'
import type { RateLimits } from '@chatflow/server-kit/rate-limiter'
import { createSync, type SyncOptions } from '@chatflow/sync-server'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { serveClient } from './client-files.ts'

export interface StandaloneOptions {
  db: Database
  /** The address that people open. */
  publicUrl: string
  rateLimits: boolean
  limits: RateLimits
  trustProxy: TrustProxy
  /** Server for mails; undefined: they are kept in the outbox, and `onOutbox` hears a sentence for each. */
  smtpUrl: string | undefined
  mailFrom: string | undefined
  /** Looks at what people upload; undefined: nobody does. */
  scanner?: FileScanner | undefined
  onOutbox: (sentence: string) => void
  /** Folder of the built client; undefined: only the servers (`npm run dev`, where Vite serves it). */
  clientFolder: string | undefined
  log: Logger
  /** As `AuthOptions.bcryptCost`: less only where tests are in a hurry. */
  bcryptCost?: number | undefined
  /** As `SyncOptions.outgoingGuard`: only for tests that have a web server on this machine. */
  outgoingGuard?: SyncOptions['outgoingGuard']
  /** Told of every route as it is added, described or not. */
  onRoute?: ((method: string, path: string) => void) | undefined
}

export interface Standalone {
  /** For those that ask without a socket, and for the list of its routes; ready once it listens or `app.ready()` resolves. */
  app: FastifyInstance
  /** Resolves when every part answers. */
  listen(address: { port: number; host: string }): Promise<void>
  /** Takes nothing new, finishes what is under way, then lets go of everything but the database. */
  close(): Promise<void>
}

/** How long requests under way have at a stop, ms. */
const ANSWER_WITHIN_MS = 3_000

/** Both servers and the client in one process behind one port. */
export async function createStandalone(options: StandaloneOptions): Promise<Standalone> {
  const { db, publicUrl, rateLimits, limits, trustProxy, clientFolder, log, smtpUrl, mailFrom, scanner, onOutbox, bcryptCost, outgoingGuard, onRoute } = options
  const app = createFastify({ log, publicUrl, trustProxy })
  if (onRoute) app.addHook('onRoute', ({ method, url }) => [method].flat().forEach((each) => onRoute(each, url)))
  const auth = await createAuth({ db, publicUrl, rateLimits, limits, trustProxy, smtpUrl, mailFrom, scanner, onOutbox, log, bcryptCost })
  const sync = await createSync({ db, publicUrl, keys: auth.keys, rateLimits, trustProxy, limits, outgoingGuard, log })
  await serveClient(app, clientFolder, publicUrl)
  await app.register(auth.plugin)
  await app.register(sync.plugin)
  sync.attach(app.server)
  return {
    app,
    async listen(address) {
      await app.listen(address)
      if (!(await sync.ready())) throw new Error('The servers started but do not answer.')
    },
    async close() {
      // The port closes at once; requests under way are answered while the sync-server commits what it took and closes its sockets.
      // A browser also holds connections on which it has asked nothing yet: these count as busy and would be waited for until the end.
      const cut = setTimeout(() => app.server.closeAllConnections(), ANSWER_WITHIN_MS)
      await Promise.all([app.close(), sync.close()])
      clearTimeout(cut)
      await auth.close()
    },
  }
}
