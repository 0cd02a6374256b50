import { Worker } from 'node:worker_threads'
import { DatabaseError } from '../database-error.ts'
import type { WorkerInput, WorkerMessage, WorkerRequest } from './worker-messages.ts'

const START_MS = 120_000
const STOP_MS = 8_000
/** The end of the thread is told a little after the end of its sockets. */
const FATE_MS = 1_000

export interface PgliteThread {
  /** Set once the thread has ended without being asked to: no query can be answered any more. */
  readonly failure: DatabaseError | undefined
  /** To be awaited when its socket has closed, before looking at `failure`. */
  fate(): Promise<void>
  /** Lets PGlite close its files, and ends the thread. True if everything is on the disk now. */
  stop(): Promise<boolean>
}

/** Starts PGlite on `input.folder`, listening on `input.socket`. Throws `corrupt` if the data cannot be opened. */
export async function startPglite(input: WorkerInput, log: (message: string) => void): Promise<PgliteThread> {
  const worker = new Worker(new URL('./pglite-worker.ts', import.meta.url), { workerData: input, execArgv: [] })
  let failure: DatabaseError | undefined
  let stopping = false
  let closed = false
  let reason = ''
  const ended = Promise.withResolvers<void>()
  const ready = Promise.withResolvers<void>()
  const deadline = setTimeout(() => ready.reject(corrupt(input, 'it did not answer in time')), START_MS)

  worker.on('message', (message: WorkerMessage) => {
    if (message.type === 'ready') ready.resolve()
    else if (message.type === 'log') log(message.message)
    else if (message.type === 'closed') closed = true
    // Anything else is not ours: under `node --watch` a thread also tells which modules it loads.
    else if (message.type === 'failed') {
      reason = message.message
      ready.reject(corrupt(input, reason))
    }
  })
  worker.on('error', (error) => {
    reason = error instanceof Error ? error.message : String(error)
    ready.reject(corrupt(input, reason))
  })
  worker.on('exit', () => {
    if (!stopping) {
      failure = new DatabaseError('crashed', `The embedded database has crashed${reason && ` (${reason})`}. Start ChatFlow again.`)
      log(failure.message)
    }
    ready.reject(corrupt(input, reason || 'its thread ended'))
    ended.resolve()
  })

  async function stop(): Promise<boolean> {
    stopping = true
    worker.postMessage({ type: 'close' } satisfies WorkerRequest)
    const timer = setTimeout(() => void worker.terminate(), STOP_MS)
    await ended.promise
    clearTimeout(timer)
    return closed
  }

  try {
    await ready.promise
  } catch (error) {
    stopping = true
    await worker.terminate()
    throw error
  } finally {
    clearTimeout(deadline)
  }
  return {
    get failure() {
      return failure
    },
    async fate() {
      const waited = Promise.withResolvers<void>()
      const timer = setTimeout(waited.resolve, FATE_MS)
      await Promise.race([ended.promise, waited.promise])
      clearTimeout(timer)
    },
    stop,
  }
}

function corrupt({ folder }: WorkerInput, why: string): DatabaseError {
  return new DatabaseError('corrupt', `The database in ${folder} cannot be opened and may be damaged (${why}). Restore a backup, or set DATA_DIR to another folder.`)
}
