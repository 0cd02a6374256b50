/** Environment to configuration, configuration to a running server: everything in one process on one port. */
import { type Database, DatabaseError, openDatabase } from '@chatflow/database'
import { existsSync } from 'node:fs'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { type Config, readConfig } from './config.ts'
import { createStandalone } from './create-standalone.ts'
import { listenProblem, portProblem } from './port.ts'
import { onStop } from './stop.ts'

const CLIENT_FOLDER = fileURLToPath(new URL('../../client/dist', import.meta.url))

const read = readConfig(process.env)
if ('problems' in read) fail(...read.problems)
await start(read.config)

async function start(config: Config): Promise<void> {
  const taken = await portProblem(config.port, config.host)
  if (taken !== undefined) fail(taken)
  const log = pino({ level: config.logLevel, base: null }, pino.destination({ dest: 2, sync: true }))
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'A promise was rejected and nobody looked.'))

  const db = await open(config)
  const standalone = await createStandalone({
    db,
    publicUrl: config.publicUrl,
    rateLimits: config.rateLimits,
    trustProxy: config.trustProxy,
    clientFolder: existsSync(CLIENT_FOLDER) ? CLIENT_FOLDER : undefined,
    log,
  }).catch(explainAndFail)
  onStop(async () => {
    await standalone.close()
    await db.close()
  }, log)
  try {
    await standalone.listen({ port: config.port, host: config.host })
  } catch (error) {
    await db.close()
    fail(listenProblem(error, config.port))
  }
  console.log(`ChatFlow is ready at ${config.publicUrl}`)
}

function open(config: Config): Promise<Database> {
  const embedded = config.databaseUrl === undefined
  const shown = relative('.', config.dataDir)
  console.log(embedded ? `Opening the embedded database in ${shown.startsWith('..') ? config.dataDir : `./${shown}`} ...` : 'Connecting to Postgres ...')
  const options = { url: config.databaseUrl, dataDir: config.dataDir, onLog: (message: string) => console.log(message) }
  return openDatabase(options).catch(explainAndFail)
}

/** A problem of the operator's is one sentence; anything else is ours and keeps its stack. */
function explainAndFail(error: unknown): never {
  if (error instanceof DatabaseError) return fail(error.message)
  throw error
}

function fail(...sentences: string[]): never {
  for (const sentence of sentences) console.error(sentence)
  process.exit(1)
}
