import type { Database } from '@chatflow/database'
import { callerOf } from '@chatflow/server-kit/access'
import { type App, refusals } from '@chatflow/server-kit/openapi'
import { bansPageSchema, reportedMessageSchema, reportsPageSchema } from '@chatflow/shared/api/moderation'
import { isId } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'
import { z } from 'zod'
import { bansPage } from './bans.ts'
import { reportsPage, viewReported } from './reports.ts'

const id = z.string().refine(isId, 'not a UUID in lower case')
const limit = z.coerce.number().int().min(1).max(LIMITS.pageEntries).default(50)
const bansQuery = z.strictObject({ offset: z.coerce.number().int().min(0).max(1_000_000).default(0), limit })
const reportsQuery = z.strictObject({ state: z.enum(['open', 'resolved']).default('open'), before: id.optional(), limit })

/** What moderators read: who is banned, and what was reported. What they do about it are commands. */
export function addModerationRoutes(app: App, db: Database): void {
  const bans = {
    summary: 'Who is banned from the room, the newest first; for those who may lift a ban.',
    params: z.object({ room: id }),
    querystring: bansQuery,
    response: { 200: bansPageSchema, ...refusals('room_not_found', 'forbidden') },
  }
  app.get('/api/rooms/:room/bans', { config: { access: { who: 'member', can: 'bans.list' } }, schema: bans }, async (request) =>
    bansPage(db, request.params.room, request.query.offset, request.query.limit),
  )

  const reports = {
    summary: 'Reports that the caller may settle, the newest first: of rooms where they moderate, for administrators all. `before`: the last id of the page before.',
    querystring: reportsQuery,
    response: { 200: reportsPageSchema },
  }
  app.get('/api/reports', { config: { access: { who: 'signed-in' } }, schema: reports }, async (request) => {
    const { user, role } = callerOf(request)
    return reportsPage(db, { user, isAdmin: role === 'admin' }, request.query)
  })

  const message = {
    summary: 'The message that an open report is about, for administrators. Of a room that they could not read otherwise, the audit log notes it.',
    params: z.object({ report: id }),
    response: { 200: reportedMessageSchema, ...refusals('forbidden', 'report_not_found', 'report_resolved', 'message_deleted') },
  }
  app.post('/api/reports/:report/message', { config: { access: { who: 'signed-in', can: 'report.resolve' } }, schema: message }, async (request) =>
    viewReported(db, callerOf(request).user, request.params.report, Date.now()),
  )
}
