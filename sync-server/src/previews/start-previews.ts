import type { Database } from '@chatflow/database'
import { createJobWorker } from '@chatflow/server-kit/jobs/job-worker'
import type { RateLimits } from '@chatflow/server-kit/rate-limiter'
import type { Effects } from '../sequencer/effects.ts'
import type { Guard } from '../outgoing/guard.ts'
import { createPageFetcher } from './page-fetcher.ts'
import { previewJobs } from './preview-jobs.ts'
import { forgetOldPages } from './preview-rows.ts'

export interface PreviewsOptions {
  db: Database
  guard: Guard
  limits: RateLimits | undefined
  follow(effects: Effects): void
  log: { warn(fields: object, message: string): void; error(fields: object, message: string): void }
}

/** How often it is looked whether pages are to be forgotten, ms. */
const FORGET_EVERY_MS = 600_000

/** Begins to make previews. Slow pages keep no other job waiting: they have a worker of their own. The answer ends it, giving up what is under way. */
export function startPreviews({ db, guard, limits, follow, log }: PreviewsOptions): () => Promise<void> {
  const pages = createPageFetcher({ guard, limits, log })
  const worker = createJobWorker({ db, handlers: previewJobs({ db, pages, follow, limits, now: Date.now }), log })
  let forgetting: Promise<void> | undefined
  const timer = setInterval(() => {
    forgetting ??= forget(db)
      .catch((error: unknown) => log.warn({ err: error }, 'old previews could not be forgotten; it is tried again soon'))
      .finally(() => {
        forgetting = undefined
      })
  }, FORGET_EVERY_MS)
  timer.unref()
  return async () => {
    clearInterval(timer)
    pages.stop()
    await worker.close()
    await forgetting
  }
}

async function forget(db: Database): Promise<void> {
  while (await db.tx((q) => forgetOldPages(q, Date.now()))) {
    // Until nothing old is left.
  }
}
