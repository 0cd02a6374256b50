import { openDatabase, secretOf } from '@chatflow/database'
import { createLogger } from '@chatflow/server-kit/logger'
import { openScanner } from '@chatflow/server-kit/open-scanner'
import { openLimits } from '@chatflow/server-kit/open-limits'
import { quietConsole } from '@chatflow/server-kit/quiet-console'
import { explainAndExit, portOrProblem } from '@chatflow/server-kit/start-problem'
import { readAuthConfig } from './config.ts'
import { createAuthServer } from './create-auth-server.ts'

/** Requests under way have this long to finish, ms. */
const STOP_MS = 8_000

await main().catch(explainAndExit)

async function main(): Promise<void> {
  const config = readAuthConfig(process.env)
  const log = createLogger(config.LOG_LEVEL)
  const db = await openDatabase({ url: config.DATABASE_URL, dataDir: config.DATA_DIR, onLog: (message) => log.info(message) })
  const { limits, close } = openLimits({ url: config.REDIS_URL, secret: () => secretOf(db, 'rate-limits'), log })
  try {
    const app = await createAuthServer({
      db,
      publicUrl: config.PUBLIC_URL,
      rateLimits: config.RATE_LIMITS,
      limits,
      trustProxy: config.TRUST_PROXY,
      scanner: openScanner(config.CLAMAV_URL, log),
      smtpUrl: config.SMTP_URL,
      mailFrom: config.MAIL_FROM,
      onOutbox: (sentence) => console.error(sentence),
      log,
    })
    app.addHook('onClose', async () => close())
    const address = await portOrProblem(app.listen({ port: config.PORT, host: '0.0.0.0' }), config.PORT)
    quietConsole(log)
    log.info({ port: Number(new URL(address).port) }, 'auth-server listens')
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.once(signal, () => {
        setTimeout(() => process.exit(1), STOP_MS).unref()
        void app
          .close()
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
