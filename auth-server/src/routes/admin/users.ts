import { callerOf, type Access } from '@chatflow/server-kit/access'
import { audit } from '@chatflow/server-kit/audit'
import { NO_CONTENT, refusals, type App } from '@chatflow/server-kit/openapi'
import { adminUserSchema, adminUsersSchema, endedSessionsSchema, resetLinkSchema } from '@chatflow/shared/api/admin'
import { CodedError } from '@chatflow/shared/errors'
import { GLOBAL_ROLES } from '@chatflow/shared/roles'
import { text } from '@chatflow/shared/text'
import { z } from 'zod'
import { changeUser, endSessions, getUser, listUsers } from '../../admin-users.ts'
import type { AuthContext } from '../../context.ts'
import { GOOD_FOR, issueToken } from '../../email-tokens.ts'
import { endSessionsOfAll } from '../../user-sessions.ts'
import { id, idParams, limit } from './paging.ts'

const access: Access = { who: 'signed-in', can: 'admin.people' }
const confirmed: Access = { ...access, recent: true }
const usersQuery = z.strictObject({ q: text(0, 100).default(''), before: id.optional(), limit })
const change = z.strictObject({ role: z.enum(GLOBAL_ROLES).optional(), disabled: z.boolean().optional() }).refine((value) => Object.keys(value).length > 0, 'nothing to change')
const noInput = z.strictObject({}).nullish()

/** People as administrators see them, and what may be done about their accounts. */
export function userRoutes(app: App, context: AuthContext): void {
  const { db, clock, publicUrl } = context

  const list = { summary: 'Accounts by name or address, newest first.', querystring: usersQuery, response: { 200: adminUsersSchema, ...refusals('forbidden') } }
  app.get('/api/auth/admin/users', { config: { access }, schema: list }, async (request) => {
    const { q: query, before, limit: size } = request.query
    return listUsers(db, { query, before, limit: size, now: clock() })
  })

  const patch = {
    summary: 'Changes the role of an account, deactivates or reactivates it. Deactivating ends its sessions.',
    params: idParams,
    body: change,
    response: { 200: adminUserSchema, ...refusals('forbidden', 'user_not_found', 'last_admin', 'confirmation_required') },
  }
  app.patch('/api/auth/admin/users/:id', { config: { access: confirmed }, schema: patch }, async (request) =>
    db.tx(async (q) => {
      await changeUser(q, callerOf(request).user, request.params.id, request.body, clock())
      return { user: await getUser(q, request.params.id, clock()) }
    }),
  )

  const end = { summary: 'Ends all sessions of an account.', params: idParams, body: noInput, response: { ...NO_CONTENT, ...refusals('forbidden', 'user_not_found', 'confirmation_required') } }
  app.post('/api/auth/admin/users/:id/end-sessions', { config: { access: confirmed }, schema: end }, async (request, reply) => {
    await db.tx(async (q) => {
      const target = await getUser(q, request.params.id, clock())
      const sessions = await endSessions(q, target.id, clock())
      await audit(q, { actor: callerOf(request).user, action: 'admin.sessions_ended', target: { kind: 'user', id: target.id }, details: { sessions } }, clock())
    })
    return reply.status(204).send()
  })

  const endAll = { summary: 'Ends the sessions of everybody but the caller.', body: noInput, response: { 200: endedSessionsSchema, ...refusals('forbidden', 'confirmation_required') } }
  app.post('/api/auth/admin/end-sessions', { config: { access: confirmed }, schema: endAll }, async (request) => {
    const { user } = callerOf(request)
    return db.tx(async (q) => {
      const sessions = await endSessionsOfAll(q, user, clock())
      await audit(q, { actor: user, action: 'admin.all_sessions_ended', details: { sessions } }, clock())
      return { sessions }
    })
  })

  const link = {
    summary: 'A link with which the person sets a new password, to be handed over; works once, for 30 minutes.',
    params: idParams,
    body: noInput,
    response: { 200: resetLinkSchema, ...refusals('forbidden', 'user_not_found', 'account_disabled', 'confirmation_required') },
  }
  app.post('/api/auth/admin/users/:id/reset-link', { config: { access: confirmed }, schema: link }, async (request) => {
    const now = clock()
    const token = await db.tx(async (q) => {
      const target = await getUser(q, request.params.id, now)
      // Without an address there is no password that could be set.
      if (target.disabled || target.email === '') throw new CodedError('account_disabled')
      await audit(q, { actor: callerOf(request).user, action: 'admin.reset_link', target: { kind: 'user', id: target.id } }, now)
      return issueToken(q, { user: target.id, kind: 'reset_password', email: target.email, now })
    })
    return { url: `${publicUrl}/#/reset/${token}`, expiresAt: now + GOOD_FOR.reset_password }
  })
}
