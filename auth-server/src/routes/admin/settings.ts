import { callerOf, type Access } from '@chatflow/server-kit/access'
import { audit } from '@chatflow/server-kit/audit'
import { refusals, type App } from '@chatflow/server-kit/openapi'
import { adminSettingsSchema, registrationSchema, REGISTRATION_MODES, SECOND_FACTOR_RULES } from '@chatflow/shared/api/admin'
import type { Queryable } from '@chatflow/database'
import { z } from 'zod'
import type { AuthContext } from '../../context.ts'
import { publicRegistrationMode, registrationMode, setRegistrationMode } from '../../registration.ts'
import { secondFactorRule, setSecondFactorRule } from '../../second-factors/second-factor-rule.ts'

const access: Access = { who: 'signed-in', can: 'admin.settings' }
const settings = z
  .strictObject({ registration: z.enum(REGISTRATION_MODES).optional(), secondFactor: z.enum(SECOND_FACTOR_RULES).optional() })
  .refine((value) => Object.keys(value).length > 0, 'nothing to change')

/** Who may open an account, and who must have a second factor: set by administrators; the first is read by anybody. */
export function settingsRoutes(app: App, { db, clock }: AuthContext): void {
  const all = async (q: Queryable) => ({ registration: await registrationMode(q), secondFactor: await secondFactorRule(q) })

  const read = { summary: 'Settings of the server.', response: { 200: adminSettingsSchema, ...refusals('forbidden') } }
  app.get('/api/auth/admin/settings', { config: { access }, schema: read }, async () => all(db))

  const write = {
    summary: 'Sets who may open an account, and who must have a second factor. The second asks the administrator to have one.',
    body: settings,
    response: { 200: adminSettingsSchema, ...refusals('forbidden', 'second_factor_missing', 'confirmation_required') },
  }
  app.put('/api/auth/admin/settings', { config: { access: { ...access, recent: true } }, schema: write }, async (request) => {
    const { registration, secondFactor } = request.body
    const { user: actor } = callerOf(request)
    return db.tx(async (q) => {
      if (secondFactor !== undefined) {
        const before = await setSecondFactorRule(q, secondFactor, actor)
        if (before !== secondFactor) await audit(q, { actor, action: 'admin.second_factor_changed', details: { from: before, to: secondFactor } }, clock())
      }
      if (registration !== undefined) {
        const before = await setRegistrationMode(q, registration)
        if (before !== registration) await audit(q, { actor, action: 'admin.registration_changed', details: { from: before, to: registration } }, clock())
      }
      return all(q)
    })
  })

  const open = { summary: 'Who may open an account: everybody, those with an invitation, or nobody.', response: { 200: registrationSchema } }
  app.get('/api/auth/registration', { config: { access: { who: 'anyone' } }, schema: open }, async () => ({ mode: await publicRegistrationMode(db) }))
}
