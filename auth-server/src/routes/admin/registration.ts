import { callerOf, type Access } from '@chatflow/server-kit/access'
import { audit } from '@chatflow/server-kit/audit'
import { refusals, type App } from '@chatflow/server-kit/openapi'
import { adminSettingsSchema, registrationSchema, REGISTRATION_MODES } from '@chatflow/shared/api/admin'
import { z } from 'zod'
import type { AuthContext } from '../../context.ts'
import { publicRegistrationMode, registrationMode, setRegistrationMode } from '../../registration.ts'

const access: Access = { who: 'signed-in', can: 'admin.settings' }
const settings = z.strictObject({ registration: z.enum(REGISTRATION_MODES) })

/** Who may open an account: set by administrators, read by anybody. */
export function registrationRoutes(app: App, { db, clock }: AuthContext): void {
  const read = { summary: 'Settings of the server.', response: { 200: adminSettingsSchema, ...refusals('forbidden') } }
  app.get('/api/auth/admin/settings', { config: { access }, schema: read }, async () => ({ registration: await registrationMode(db) }))

  const write = { summary: 'Sets who may open an account.', body: settings, response: { 200: adminSettingsSchema, ...refusals('forbidden') } }
  app.put('/api/auth/admin/settings', { config: { access }, schema: write }, async (request) => {
    const { registration } = request.body
    await db.tx(async (q) => {
      const before = await setRegistrationMode(q, registration)
      if (before !== registration) await audit(q, { actor: callerOf(request).user, action: 'admin.registration_changed', details: { from: before, to: registration } }, clock())
    })
    return { registration }
  })

  const open = { summary: 'Who may open an account: everybody, those with an invitation, or nobody.', response: { 200: registrationSchema } }
  app.get('/api/auth/registration', { config: { access: { who: 'anyone' } }, schema: open }, async () => ({ mode: await publicRegistrationMode(db) }))
}
