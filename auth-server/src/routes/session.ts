import { CodedError } from '@chatflow/shared/errors'
import type { FastifyInstance } from 'fastify'
import { signIn, type AuthContext } from '../context.ts'
import { findBySession } from '../users.ts'

/** `POST /api/auth/refresh` -> `Signed` and the next cookie; `POST /api/auth/logout` -> 204. Both know the session by its cookie alone. */
export function sessionRoutes(app: FastifyInstance, context: AuthContext): void {
  const { db, sessions, cookie } = context

  app.post('/api/auth/refresh', async (request, reply) => {
    const token = cookie.read(request)
    if (!token) throw new CodedError('unauthenticated')
    const refreshed = await sessions.refresh(token)
    if (refreshed.outcome !== 'refreshed') {
      cookie.clear(reply)
      if (refreshed.outcome === 'reused') request.log.warn({ user: refreshed.user, session: refreshed.family }, 'a spent refresh token was used: its session has been ended')
      throw new CodedError(refreshed.outcome === 'reused' ? 'refresh_reused' : 'session_ended')
    }
    const user = await findBySession(db, refreshed.session.user, refreshed.session.family)
    if (!user) throw new CodedError('session_ended')
    if (user.disabled_at !== null) throw new CodedError('account_disabled')
    return signIn(context, reply, user, refreshed.session)
  })

  app.post('/api/auth/logout', async (request, reply) => {
    await sessions.end(cookie.read(request))
    cookie.clear(reply)
    return reply.status(204).send()
  })
}
