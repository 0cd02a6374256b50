/** Environment to configuration, configuration to a running server: everything in one process on one port. */
import { type Database, openDatabase, secretOf } from '@chatflow/database'
import { createLogger } from '@chatflow/server-kit/logger'
import { openLimits } from '@chatflow/server-kit/open-limits'
import { openScanner } from '@chatflow/server-kit/open-scanner'
import { quietConsole } from '@chatflow/server-kit/quiet-console'
import { explainAndExit, StartProblem } from '@chatflow/server-kit/start-problem'
import { existsSync } from 'node:fs'
import { isAbsolute, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { hostOf, logLevelOf, publicUrlOf, readStandaloneConfig, type StandaloneConfig } from './config.ts'
import { claimPort, listenProblem } from './port.ts'
import { onStop } from './stop.ts'

const CLIENT_FOLDER = fileURLToPath(new URL('../../client/dist', import.meta.url))

await start().catch(explainAndExit)

async function start(): Promise<void> {
  const config = readStandaloneConfig(process.env)
  const host = hostOf(config)
  const claimed = await claimPort(config.PORT, host)
  if ('problem' in claimed) throw new StartProblem(claimed.problem)
  const { port } = claimed
  const publicUrl = publicUrlOf(config, port)
  const log = createLogger(logLevelOf(config))
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'a promise was rejected and nobody looked'))

  const clientFolder = process.argv.includes('--no-client') ? undefined : builtClient()
  // The database opens in its own thread while this one loads the servers.
  const [db, { createStandalone }] = await Promise.all([open(config), import('./create-standalone.ts')])
  const { limits, close } = openLimits({ url: config.REDIS_URL, secret: () => secretOf(db, 'rate-limits'), log })
  const standalone = await createStandalone({
    db,
    publicUrl,
    rateLimits: config.RATE_LIMITS,
    limits,
    trustProxy: config.TRUST_PROXY,
    scanner: openScanner(config.CLAMAV_URL, log),
    smtpUrl: config.SMTP_URL,
    mailFrom: config.MAIL_FROM,
    onOutbox: (sentence) => console.log(sentence),
    clientFolder,
    log,
  })
  onStop(async () => {
    await standalone.close()
    close()
    await db.close()
  }, log)
  await standalone.listen({ port, host }).catch((error: unknown) => {
    throw new StartProblem(listenProblem(error, port))
  })
  quietConsole(log)
  console.log(`ChatFlow is ready at ${publicUrl}`)
}

function builtClient(): string {
  if (!existsSync(CLIENT_FOLDER)) throw new StartProblem('The client has not been built yet: start with "npm start".')
  return CLIENT_FOLDER
}

function open(config: StandaloneConfig): Promise<Database> {
  const { DATABASE_URL: url, DATA_DIR: dataDir } = config
  console.log(url === undefined ? `Opening the embedded database in ${shown(dataDir)} ...` : 'Connecting to Postgres ...')
  return openDatabase({ url, dataDir, onLog: (message) => console.log(message) })
}

function shown(folder: string): string {
  const path = relative('.', folder)
  return path.startsWith('..') || isAbsolute(path) ? folder : `./${path}`
}
