import type { App } from '@chatflow/server-kit/openapi'
import type { AuthContext } from '../../context.ts'
import { auditRoute } from './audit.ts'
import { invitationRoutes } from './invitations.ts'
import { settingsRoutes } from './settings.ts'
import { userRoutes } from './users.ts'

/** All under `/api/auth/admin`, and what strangers may ask about registration and invitations. */
export function adminRoutes(app: App, context: AuthContext): void {
  userRoutes(app, context)
  settingsRoutes(app, context)
  invitationRoutes(app, context)
  auditRoute(app, context)
}
