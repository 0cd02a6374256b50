import { callerOf } from '@chatflow/server-kit/access'
import { audit } from '@chatflow/server-kit/audit'
import { NO_CONTENT, refusals, type App } from '@chatflow/server-kit/openapi'
import { recoveryCodesSchema, totpSetupSchema } from '@chatflow/shared/api/second-factor'
import { CodedError } from '@chatflow/shared/errors'
import { text } from '@chatflow/shared/text'
import { z } from 'zod'
import { confirmPassword } from '../confirm-password.ts'
import type { AuthContext } from '../context.ts'
import { tellOfChange } from '../finish-login.ts'
import { renewRecoveryCodes } from '../second-factors/recovery-codes.ts'
import { removing } from '../second-factors/second-factors.ts'
import { beginTotp, confirmTotp, removeTotp } from '../second-factors/totp.ts'
import { unconfirmOthers } from '../user-sessions.ts'
import { findUser } from '../users.ts'
import { isWrongCode } from './login-codes.ts'

const password = z.strictObject({ password: text(1, 1_000) })
const adding = { access: { who: 'signed-in', recent: true, withoutFactor: true } } as const

/**
 * An authenticator app: `POST /api/auth/totp { password }` -> `TotpSetup`, `POST /api/auth/totp/confirm { code }` -> `RecoveryCodes`,
 * `POST /api/auth/totp/disable { password }` -> 204.
 */
export function totpRoutes(app: App, context: AuthContext): void {
  const { db, box, limits, relyingParty, clock } = context

  const begin = {
    summary: 'A new secret for an authenticator app; it counts once its first code was confirmed.',
    body: password,
    response: { 200: totpSetupSchema, ...refusals('wrong_credentials', 'totp_enabled', 'rate_limited', 'confirmation_required') },
  }
  app.post('/api/auth/totp', { config: adding, schema: begin }, async (request) => {
    const user = await findUser(db, callerOf(request).user)
    await confirmPassword(context, user, request.body.password)
    return beginTotp(db, box, user, `ChatFlow (${relyingParty.id})`, clock())
  })

  const confirm = {
    summary: 'Takes the first code of the app: from now on a sign-in asks for one. Answers new recovery codes.',
    body: z.strictObject({ code: text(1, 100) }),
    response: { 200: recoveryCodesSchema, ...refusals('second_factor_wrong', 'totp_enabled', 'totp_not_enabled', 'rate_limited', 'confirmation_required') },
  }
  app.post('/api/auth/totp/confirm', { config: adding, schema: confirm }, async (request) => {
    const { user: caller, session } = callerOf(request)
    const user = await findUser(db, caller)
    const attempt = () =>
      db.tx(async (q) => {
        await confirmTotp(q, box, user.id, request.body.code, clock())
        await audit(q, { actor: user.id, action: 'two_factor.enabled', target: { kind: 'user', id: user.id } }, clock())
        await tellOfChange(q, user, 'app_set_up', clock())
        await unconfirmOthers(q, user.id, session)
        return { recoveryCodes: await renewRecoveryCodes(q, user.id) }
      })
    return limits.secondFactor.attempt(user.id, attempt, isWrongCode)
  })

  const disable = {
    summary: 'Removes the authenticator app.',
    body: password,
    response: { ...NO_CONTENT, ...refusals('wrong_credentials', 'totp_not_enabled', 'last_second_factor', 'rate_limited', 'confirmation_required') },
  }
  app.post('/api/auth/totp/disable', { config: { access: { who: 'signed-in', recent: true } }, schema: disable }, async (request, reply) => {
    const user = await findUser(db, callerOf(request).user)
    await confirmPassword(context, user, request.body.password)
    await db.tx(async (q) => {
      if (!(await removing(q, user.id, () => removeTotp(q, user.id)))) throw new CodedError('totp_not_enabled')
      await audit(q, { actor: user.id, action: 'two_factor.disabled', target: { kind: 'user', id: user.id } }, clock())
      await tellOfChange(q, user, 'app_removed', clock())
    })
    return reply.status(204).send()
  })
}
