import type { Database } from '@chatflow/database'
import { NO_CONTENT, refusals, type App } from '@chatflow/server-kit/openapi'
import { signedSchema } from '@chatflow/shared/api/account'
import { CodedError } from '@chatflow/shared/errors'
import type { Id } from '@chatflow/shared/ids'
import { z } from 'zod'
import { signIn, type AuthContext } from '../context.ts'
import { findUser, type User } from '../users.ts'

/** Nothing is asked for in the body, which may be missing. */
const noInput = z.strictObject({}).nullish()

/** `POST /api/auth/refresh` -> `Signed` and the next cookie; `POST /api/auth/logout` -> 204. Both know the session by its cookie alone. */
export function sessionRoutes(app: App, context: AuthContext): void {
  const { db, sessions, cookie } = context

  const refresh = {
    summary: 'Rotates the session cookie and gives the next access token.',
    body: noInput,
    response: { 200: signedSchema, ...refusals('unauthenticated', 'session_ended', 'refresh_reused', 'account_disabled') },
  }
  app.post('/api/auth/refresh', { config: { access: { who: 'cookie' } }, schema: refresh }, async (request, reply) => {
    const token = cookie.read(request)
    if (!token) throw new CodedError('unauthenticated')
    const refreshed = await sessions.refresh(token)
    if (refreshed.outcome === 'ended' && refreshed.user !== undefined) await refuseDisabled(db, refreshed.user)
    if (refreshed.outcome !== 'refreshed') {
      cookie.clear(reply)
      if (refreshed.outcome === 'reused') request.log.warn({ user: refreshed.user, session: refreshed.family }, 'a spent refresh token was used: its session has been ended')
      throw new CodedError(refreshed.outcome === 'reused' ? 'refresh_reused' : 'session_ended')
    }
    const user = await refuseDisabled(db, refreshed.session.user)
    return signIn(context, reply, user, refreshed.session)
  })

  const logout = { summary: 'Ends the session and its live connections.', body: noInput, response: NO_CONTENT }
  app.post('/api/auth/logout', { config: { access: { who: 'cookie' } }, schema: logout }, async (request, reply) => {
    await sessions.end(cookie.read(request))
    cookie.clear(reply)
    return reply.status(204).send()
  })
}

/** The deactivation of an account has ended its sessions: whoever comes with one of them is told the reason. */
async function refuseDisabled(db: Database, id: Id): Promise<User> {
  const user = await findUser(db, id)
  if (user.disabled_at !== null) throw new CodedError('account_disabled')
  return user
}
