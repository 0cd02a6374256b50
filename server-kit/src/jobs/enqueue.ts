import type { Queryable } from '@chatflow/database'
import { newId } from '@chatflow/shared/ids'
import type { JobType, JobTypes } from './job-types.ts'

/**
 * Puts a job into the queue as part of the caller's transaction: it is done if and only if that commits, at least once.
 * `runAt`: not before, ms since the epoch.
 */
export async function enqueue<T extends JobType>(q: Queryable, type: T, payload: JobTypes[T], { now, runAt = now }: { now: number; runAt?: number }): Promise<void> {
  await q.query('INSERT INTO jobs (id, type, payload, run_at, created_at) VALUES ($1, $2, $3, $4, $5)', [newId(), type, JSON.stringify(payload), runAt, now])
}
