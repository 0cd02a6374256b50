import { callerOf } from '@chatflow/server-kit/access'
import type { App } from '@chatflow/server-kit/openapi'
import { meSchema } from '@chatflow/shared/api/account'
import type { AuthContext } from '../context.ts'
import { findUser, meOf } from '../users.ts'

/** `GET /api/auth/me` -> `Me`. */
export function meRoute(app: App, { db }: AuthContext): void {
  app.get(
    '/api/auth/me',
    { config: { access: { who: 'signed-in', withoutFactor: true } }, schema: { summary: "The caller's own account.", response: { 200: meSchema } } },
    async (request) => meOf(await findUser(db, callerOf(request).user)),
  )
}
