import { refusals, type App } from '@chatflow/server-kit/openapi'
import { auditPageSchema } from '@chatflow/shared/api/admin'
import { AUDIT_ACTIONS } from '@chatflow/shared/audit'
import { text } from '@chatflow/shared/text'
import { z } from 'zod'
import { readAuditLog } from '../../audit-log.ts'
import type { AuthContext } from '../../context.ts'
import { id, limit } from './paging.ts'

const query = z.strictObject({
  before: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
  actor: id.optional(),
  action: z.enum(AUDIT_ACTIONS).optional(),
  target: text(1, 200).optional(),
  limit,
})

/** `GET /api/auth/admin/audit` -> who did what to whom. */
export function auditRoute(app: App, { db }: AuthContext): void {
  const schema = { summary: 'The audit log, newest first.', querystring: query, response: { 200: auditPageSchema, ...refusals('forbidden') } }
  app.get('/api/auth/admin/audit', { config: { access: { who: 'signed-in', can: 'admin.audit' } }, schema }, async (request) => readAuditLog(db, request.query))
}
