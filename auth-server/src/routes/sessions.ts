import { callerOf } from '@chatflow/server-kit/access'
import { NO_CONTENT, refusals, type App } from '@chatflow/server-kit/openapi'
import { sessionsSchema } from '@chatflow/shared/api/sessions'
import { CodedError } from '@chatflow/shared/errors'
import { isId } from '@chatflow/shared/ids'
import { text } from '@chatflow/shared/text'
import { z } from 'zod'
import type { AuthContext } from '../context.ts'
import { endSessions, endSession, listSessions } from '../user-sessions.ts'

/** `GET /api/auth/sessions` -> `SessionList`; `DELETE /api/auth/sessions/:id` ends one, `DELETE /api/auth/sessions` all but the caller's: 204. */
export function sessionsRoutes(app: App, { db, clock }: AuthContext): void {
  app.get(
    '/api/auth/sessions',
    { config: { access: { who: 'signed-in' } }, schema: { summary: "The caller's sessions on all devices.", response: { 200: sessionsSchema } } },
    async (request) => {
      const { user, session } = callerOf(request)
      return { sessions: await listSessions(db, user, session, clock()) }
    },
  )

  app.delete(
    '/api/auth/sessions/:id',
    {
      config: { access: { who: 'signed-in', own: true, recent: true } },
      schema: { summary: "Ends one of the caller's sessions and its live connections.", params: z.strictObject({ id: text(1, 100) }), response: { ...NO_CONTENT, ...refusals('not_found', 'confirmation_required') } },
    },
    async (request, reply) => {
      const { id } = request.params
      const ended = isId(id) && (await db.tx((q) => endSession(q, callerOf(request).user, id, clock())))
      if (!ended) throw new CodedError('not_found')
      return reply.status(204).send()
    },
  )

  app.delete(
    '/api/auth/sessions',
    {
      config: { access: { who: 'signed-in', recent: true } },
      schema: { summary: "Ends all of the caller's sessions but the one that asks.", response: { ...NO_CONTENT, ...refusals('confirmation_required') } },
    },
    async (request, reply) => {
      const { user, session } = callerOf(request)
      await db.tx((q) => endSessions(q, user, clock(), session))
      return reply.status(204).send()
    },
  )
}
