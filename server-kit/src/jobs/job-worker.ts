import { randomUUID } from 'node:crypto'
import type { Database } from '@chatflow/database'
import type { Id } from '@chatflow/shared/ids'
import { type JobType, type JobTypes, REMOVED_FROM_GIVEN_UP } from './job-types.ts'

interface JobContext {
  /** The job's id: the same in every attempt, so that a receiver can tell a repeat. */
  id: Id
  /** 1 for the first attempt. */
  attempt: number
}

/** Does one job. Throws to have it tried again later, or with an error whose `final` is true to have it given up at once; may run again after a crash, so a repeat must do no harm. */
type JobHandler<T extends JobType> = (payload: JobTypes[T], context: JobContext) => Promise<void>
export type JobHandlers = { [T in JobType]?: JobHandler<T> }

export interface JobWorkerOptions {
  db: Database
  /** This worker takes only the types it has a handler for. */
  handlers: JobHandlers
  log: { warn(fields: object, message: string): void; error(fields: object, message: string): void }
  /** ms since the epoch. */
  clock?: () => number
  /** ms between two looks for work. */
  pollMs?: number
}

export interface JobWorker {
  /** Looks for work now instead of at the next poll: call it after a commit that put a job in. */
  kick(): void
  /** Does everything that is due, and resolves when nothing is left. */
  drain(): Promise<void>
  /** Takes nothing new and waits for what is under way. */
  close(): Promise<void>
}

const POLL_MS = 1_000
const AT_ONCE = 4
/** After this another worker takes a job to be abandoned. Handlers end well before it. */
const LEASE_MS = 120_000
const ATTEMPTS = 12
const FIRST_RETRY_MS = 5_000
const LONGEST_RETRY_MS = 3_600_000

interface JobRow {
  id: Id
  type: JobType
  payload: unknown
  attempts: number
}

/** Takes jobs one by one from the database: any number of workers in any number of processes share the work (see docs/decisions/jobs.md). */
export function createJobWorker({ db, handlers, log, clock = Date.now, pollMs = POLL_MS }: JobWorkerOptions): JobWorker {
  const me = randomUUID()
  const types = Object.keys(handlers)
  const running = new Set<Promise<void>>()
  let looking: Promise<void> | undefined
  let again = false
  let closed = false

  function look(): Promise<void> {
    again = true
    looking ??= (async () => {
      while (again && !closed) {
        again = false
        while (!closed && running.size < AT_ONCE) {
          const job = await take(db, types, me, clock())
          if (!job) break
          const work = perform(job).finally(() => {
            running.delete(work)
            if (!closed) void look()
          })
          running.add(work)
        }
      }
    })()
      .catch((error: unknown) => log.warn({ err: error }, 'the job queue could not be read; it is tried again soon'))
      .finally(() => {
        looking = undefined
      })
    return looking
  }

  async function perform({ id, type, payload, attempts }: JobRow): Promise<void> {
    try {
      // A row of this type was written by `enqueue`, which took the payload of this type.
      await (handlers[type] as JobHandler<JobType>)(payload as JobTypes[JobType], { id, attempt: attempts })
      await db.query('DELETE FROM jobs WHERE id = $1 AND locked_by = $2', [id, me])
    } catch (error) {
      const over = attempts >= ATTEMPTS || (error as { final?: unknown } | null)?.final === true
      log[over ? 'error' : 'warn']({ err: error, job: id, type, attempt: attempts }, over ? 'a job was given up' : 'a job failed and will be tried again')
      await putBack(db, id, me, over ? undefined : clock() + retryAfter(attempts), clock(), error).catch((failure: unknown) =>
        log.warn({ err: failure, job: id }, 'a failed job could not be put back; it is taken up again when its lease ends'),
      )
    }
  }

  const timer = setInterval(() => void look(), pollMs)
  timer.unref()

  return {
    kick: () => void look(),
    async drain() {
      do {
        await look()
        await Promise.all(running)
      } while (looking !== undefined || running.size > 0)
    },
    async close() {
      closed = true
      clearInterval(timer)
      await looking
      await Promise.all(running)
    },
  }
}

/** The job that has waited longest of those that are due, locked for this worker. Others pass over it. */
async function take(db: Database, types: readonly string[], worker: string, now: number): Promise<JobRow | undefined> {
  const { rows } = await db.query<JobRow>(
    `UPDATE jobs SET locked_until = $3, locked_by = $4, attempts = attempts + 1
      WHERE id = (SELECT id FROM jobs
                   WHERE type = ANY($1::text[]) AND failed_at IS NULL AND run_at <= $2 AND (locked_until IS NULL OR locked_until <= $2)
                   ORDER BY run_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING id, type, payload, attempts`,
    [types, now, now + LEASE_MS, worker],
  )
  return rows[0]
}

async function putBack(db: Database, id: Id, worker: string, runAt: number | undefined, now: number, error: unknown): Promise<void> {
  await db.query('UPDATE jobs SET locked_until = NULL, locked_by = NULL, run_at = coalesce($3, run_at), failed_at = $4::bigint, error = $5, payload = CASE WHEN $4::bigint IS NULL THEN payload ELSE payload - $6::text[] END WHERE id = $1 AND locked_by = $2', [
    id,
    worker,
    runAt ?? null,
    runAt === undefined ? now : null,
    nameOf(error),
    REMOVED_FROM_GIVEN_UP,
  ])
}

/** Doubles with each attempt, with a little chance so that a crowd does not come back at once. */
function retryAfter(attempts: number): number {
  const delay = Math.min(FIRST_RETRY_MS * 2 ** (attempts - 1), LONGEST_RETRY_MS)
  return Math.round(delay * (0.75 + Math.random() / 2))
}

/** Kind and code only: messages of errors quote what they are about. */
function nameOf(error: unknown): string {
  const { name, code } = (error ?? {}) as { name?: unknown; code?: unknown }
  return [name, code].filter((part) => typeof part === 'string').join(' ').slice(0, 200) || 'unknown'
}
