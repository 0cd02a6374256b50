import { existsSync, renameSync, rmSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { PGLiteSocketServer } from '@electric-sql/pglite-socket'
import { flushFolder } from './flush-folder.ts'
import type { WorkerInput, WorkerMessage, WorkerRequest } from './worker-messages.ts'

// PGlite runs its SQL on the calling thread: in a worker it does not hold up the sockets of the server.
const { folder, socket } = workerData as WorkerInput
const tell = (message: WorkerMessage) => parentPort?.postMessage(message)

try {
  await initialise()
  const pglite = await PGlite.create({ dataDir: folder })
  endThreadOnCrash(pglite)
  // More than one, so that a new connection does not meet the end of the one it replaces.
  const server = new PGLiteSocketServer({ db: pglite, path: socket, maxConnections: 4 })
  await server.start()
  parentPort?.on('message', (request: WorkerRequest) => {
    if (request.type === 'close') void close(pglite, server)
  })
  tell({ type: 'ready' })
} catch (error) {
  tell({ type: 'failed', problem: 'corrupt', message: messageOf(error) })
}

/** A new database is made beside its place and moved there when it is whole, so that a start that was interrupted leaves nothing half made. */
async function initialise(): Promise<void> {
  if (existsSync(folder)) return
  tell({ type: 'log', message: 'Creating the database (the first start takes a few seconds longer).' })
  const draft = `${folder}.new`
  rmSync(draft, { recursive: true, force: true })
  const pglite = await PGlite.create({ dataDir: draft })
  await pglite.close()
  renameSync(draft, folder)
}

async function close(pglite: PGlite, server: PGLiteSocketServer): Promise<void> {
  await server.stop()
  await pglite.close()
  flushFolder(folder)
  tell({ type: 'closed' })
  parentPort?.close()
}

/**
 * PGlite swallows every exception of its main loop and enters it again: after a crash inside it would spin for ever, with
 * queries unanswered. Errors of SQL leave the loop by one known status; anything else ends this thread, which the server sees.
 */
function endThreadOnCrash(pglite: PGlite): void {
  interface Internals {
    mod?: { _PostgresMainLoopOnce?: () => void }
    POSTGRES_MAIN_LONGJMP?: number
  }
  const { mod, POSTGRES_MAIN_LONGJMP: sqlError } = pglite as unknown as Internals
  const once = mod?._PostgresMainLoopOnce
  if (!mod || !once || sqlError === undefined) throw new Error('this version of PGlite is not the expected one')
  mod._PostgresMainLoopOnce = () => {
    try {
      once()
    } catch (error) {
      if ((error as { status?: unknown } | null)?.status !== sqlError) {
        tell({ type: 'failed', problem: 'crashed', message: messageOf(error) })
        process.exit(1)
      }
      throw error
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
