import type { Database } from '@chatflow/database'
import { callerOf } from '@chatflow/server-kit/access'
import { audit } from '@chatflow/server-kit/audit'
import { type App, refusals } from '@chatflow/server-kit/openapi'
import { CodedError } from '@chatflow/shared/errors'
import type { Id } from '@chatflow/shared/ids'
import { z } from 'zod'
import { exportArchive } from './archive.ts'

const A_DAY = 3
const DAY_MS = 24 * 3_600_000

/** `GET /api/me/export` -> a zip of all that is kept about the caller. */
export function exportRoute(app: App, { db, rateLimits, now = Date.now }: { db: Database; rateLimits: boolean; now?: () => number }): void {
  const schema = {
    summary: "All that is kept about the caller, as a zip of JSON files and the picture; others' messages are not in it. Three a day.",
    response: { 200: z.any().describe('application/zip'), ...refusals('rate_limited', 'confirmation_required') },
  }
  app.get('/api/me/export', { config: { access: { who: 'signed-in', recent: true } }, schema }, async (request, reply) => {
    const { user } = callerOf(request)
    await record(db, user, rateLimits ? A_DAY : Infinity, now())
    const date = new Date(now())
    return reply
      .headers({ 'content-disposition': `attachment; filename="chatflow-${date.toISOString().slice(0, 10)}.zip"` })
      .type('application/zip')
      .send(await exportArchive(db, user, date))
  })
}

/** Puts the download into the audit log, which is what counts them too: over restarts and all instances. Throws `rate_limited`. */
async function record(db: Database, user: Id, limit: number, now: number): Promise<void> {
  await db.tx(async (q) => {
    // Of those who come at once each sees the ones before.
    await q.query('select 1 from users where id = $1 for update', [user])
    const { rows } = await q.query<{ at: number }>("select at from audit_log where actor = $1 and action = 'account.exported' and at > $2 order by at", [user, now - DAY_MS])
    const oldest = rows.at(-limit)?.at
    if (rows.length >= limit && oldest !== undefined) throw new CodedError('rate_limited', undefined, Math.max(1, Math.ceil((oldest + DAY_MS - now) / 1_000)))
    await audit(q, { actor: user, action: 'account.exported', target: { kind: 'user', id: user } }, now)
  })
}
