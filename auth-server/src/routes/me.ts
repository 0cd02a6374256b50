import { bearer, identityOf } from '@chatflow/server-kit/bearer'
import type { Me } from '@chatflow/shared/api'
import { CodedError } from '@chatflow/shared/errors'
import type { FastifyInstance } from 'fastify'
import type { AuthContext } from '../context.ts'
import { findBySession, meOf } from '../users.ts'

/** `GET /api/auth/me` -> `Me`. */
export function meRoute(app: FastifyInstance, { db, verifier }: AuthContext): void {
  app.get('/api/auth/me', { preHandler: bearer(app, verifier) }, async (request): Promise<Me> => {
    const { user: id, session } = identityOf(request)
    const user = await findBySession(db, id, session)
    if (!user) throw new CodedError('session_ended')
    if (user.disabled_at !== null) throw new CodedError('account_disabled')
    return meOf(user)
  })
}
