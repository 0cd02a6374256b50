import { openDatabase, secretOf } from '@chatflow/database'
import { createFastify } from '@chatflow/server-kit/create-fastify'
import { createLogger } from '@chatflow/server-kit/logger'
import { openLimits } from '@chatflow/server-kit/open-limits'
import { quietConsole } from '@chatflow/server-kit/quiet-console'
import { createNotFoundHandler } from '@chatflow/server-kit/problems'
import { explainAndExit, portOrProblem } from '@chatflow/server-kit/start-problem'
import { createRemoteJWKSet } from 'jose'
import { readSyncConfig } from './config.ts'
import { createSync } from './create-sync-server.ts'

/** A stop that has not ended by itself within this time ends anyway, ms. */
const STOP_MS = 9_000

await main().catch(explainAndExit)

async function main(): Promise<void> {
  const config = readSyncConfig(process.env)
  const log = createLogger(config.LOG_LEVEL)
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'a rejection that nobody handled'))
  const publicUrl = config.PUBLIC_URL ?? `http://localhost:${config.PORT}`
  const db = await openDatabase({ url: config.DATABASE_URL, dataDir: config.DATA_DIR, onLog: (message) => log.info(message) })
  const { limits, close } = openLimits({ url: config.REDIS_URL, secret: () => secretOf(db, 'rate-limits'), log })
  try {
    const keys = createRemoteJWKSet(new URL('/.well-known/jwks.json', config.AUTH_URL ?? publicUrl))
    const sync = await createSync({ db, publicUrl, keys, rateLimits: config.RATE_LIMITS, trustProxy: config.TRUST_PROXY, limits, log })
    const app = createFastify({ log, publicUrl, trustProxy: config.TRUST_PROXY })
    app.setNotFoundHandler(createNotFoundHandler(app))
    await app.register(sync.plugin)
    sync.attach(app.server)
    const address = await portOrProblem(app.listen({ port: config.PORT, host: '0.0.0.0' }), config.PORT)
    quietConsole(log)
    log.info({ port: Number(new URL(address).port) }, 'sync-server listens')
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.once(signal, () => {
        setTimeout(() => process.exit(1), STOP_MS).unref()
        void Promise.all([app.close(), sync.close()])
          .then(() => close())
          .then(() => db.close())
          .then(() => process.exit(0))
      })
    }
  } catch (error) {
    close()
    await db.close()
    throw error
  }
}
