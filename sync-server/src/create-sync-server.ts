import type { Server } from 'node:http'
import type { Database } from '@chatflow/database'
import { createVerifier } from '@chatflow/server-kit/access-tokens'
import type { TrustProxy } from '@chatflow/server-kit/config'
import { createMemoryLimits } from '@chatflow/server-kit/memory-limits'
import { createPeerAddress } from '@chatflow/server-kit/peer-address'
import type { RateLimits } from '@chatflow/server-kit/rate-limiter'
import { problem } from '@chatflow/shared/errors'
import type { FastifyPluginAsync } from 'fastify'
import type { JWTVerifyGetKey } from 'jose'
import { createJobWorker } from '@chatflow/server-kit/jobs/job-worker'
import { addRoutes } from './http/routes.ts'
import { migrateSync } from './migrate-sync.ts'
import { peopleJobs } from './people/people-jobs.ts'
import { type Guard, strictGuard } from './outgoing/guard.ts'
import { startPreviews } from './previews/start-previews.ts'
import { startPush } from './push/start-push.ts'
import { vapidKeysOf } from './push/vapid.ts'
import { startIndexer } from './search/indexer.ts'
import { attachUpgrade } from './socket/upgrade.ts'
import { WaitingSockets } from './socket/waiting-sockets.ts'
import { SyncCore, type SyncLog } from './sync-core.ts'

export interface SyncOptions {
  db: Database
  /** The address that people open: issuer of access tokens, and the origin that sockets may come from. */
  publicUrl: string
  /** Keys of access tokens: auth-server's own in the same process, or its JWKS. */
  keys: JWTVerifyGetKey
  rateLimits: boolean
  /** Proxies that are believed about whom sockets come from. */
  trustProxy?: TrustProxy
  /** Where limits count that hold over several instances: in memory unless something else is given (Redis). Of no effect without `rateLimits`. */
  limits?: RateLimits
  /** What addresses that people give may lead to; the strict guard unless a test has a web server on this machine. */
  outgoingGuard?: Guard | undefined
  log: SyncLog
}

export interface Sync {
  /** The routes of this server, health checks included. */
  plugin: FastifyPluginAsync
  /** Answers WebSocket upgrades of the HTTP server on `/sync`. */
  attach(server: Server): void
  /** True while the database answers. */
  ready(): Promise<boolean>
  /** Takes nothing new, finishes commits in flight, stores documents, closes sockets with 1012. */
  close(): Promise<void>
}

/** A new name is to be seen everywhere within two seconds, and other instances look once a second. */
const JOBS_EVERY_MS = 400

/** One instance of the sync-server, not listening: runs its migrations, then serves. The tables of auth-server must exist before requests come. */
export async function createSync({ db, publicUrl, keys, rateLimits, trustProxy = false, limits, outgoingGuard = strictGuard(publicUrl), log }: SyncOptions): Promise<Sync> {
  await migrateSync(db)
  const verifier = createVerifier(keys, { issuer: publicUrl })
  const core = await SyncCore.start({ db, verifier, rateLimits, log })
  const pushKeys = await vapidKeysOf(db)
  const push = startPush({ db, guard: outgoingGuard, keys: pushKeys, publicUrl, sockets: core.sockets, log })
  core.onCommitted = (effects) => push.committed(effects)
  let stopping = false
  const jobs = createJobWorker({ db, handlers: peopleJobs(db, core, () => stopping), log, pollMs: JOBS_EVERY_MS })
  const waiting = rateLimits ? { sockets: new WaitingSockets(), addressOf: createPeerAddress(trustProxy) } : undefined
  const used = rateLimits ? (limits ?? createMemoryLimits()) : undefined
  const endPreviews = startPreviews({ db, guard: outgoingGuard, limits: used, follow: (effects) => core.follow(effects), log })
  const indexer = startIndexer(db, log)
  const detachers: (() => void)[] = []
  const ready = async (): Promise<boolean> => {
    try {
      await db.query('select 1 from rooms, users limit 1')
      return true
    } catch {
      return false
    }
  }
  return {
    plugin: async (app) => {
      addRoutes(app.withTypeProvider(), { db, core, verifier, limits: used, guard: outgoingGuard, pushKey: pushKeys.publicKey })
      app.get('/healthz', async () => ({ status: 'ok' }))
      app.get('/readyz', async (_request, reply) => {
        if (await ready()) return { status: 'ok' }
        return reply.status(503).type('application/problem+json').send(problem('unavailable'))
      })
    },
    attach: (server) => detachers.push(attachUpgrade(server, { publicUrl, accept: (ws, request, settled) => core.accept(ws, request, settled), waiting, log })),
    ready,
    close: async () => {
      stopping = true
      await Promise.all([jobs.close(), endPreviews(), indexer.close()])
      await core.close()
      await push.close()
      for (const detach of detachers) detach()
    },
  }
}
