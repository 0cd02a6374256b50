import { callerOf } from '@chatflow/server-kit/access'
import { audit } from '@chatflow/server-kit/audit'
import { refusals, type App } from '@chatflow/server-kit/openapi'
import { recoveryCodesSchema, secondFactorsSchema } from '@chatflow/shared/api/second-factor'
import { CodedError } from '@chatflow/shared/errors'
import { text } from '@chatflow/shared/text'
import { z } from 'zod'
import { confirmPassword } from '../confirm-password.ts'
import type { AuthContext } from '../context.ts'
import { tellOfChange } from '../finish-login.ts'
import { infoOf, passkeysOf } from '../second-factors/passkeys.ts'
import { countRecoveryCodes, renewRecoveryCodes } from '../second-factors/recovery-codes.ts'
import { methodsOf } from '../second-factors/second-factors.ts'
import { hasTotp } from '../second-factors/totp.ts'
import { findUser } from '../users.ts'

/** `GET /api/auth/second-factors` -> `SecondFactors`; `POST /api/auth/recovery-codes { password }` -> ten new ones, which void the old. */
export function secondFactorRoutes(app: App, context: AuthContext): void {
  const { db, clock } = context

  app.get(
    '/api/auth/second-factors',
    { config: { access: { who: 'signed-in', withoutFactor: true } }, schema: { summary: "The caller's second factors.", response: { 200: secondFactorsSchema } } },
    async (request) => {
      const { user } = callerOf(request)
      return { totp: await hasTotp(db, user), passkeys: (await passkeysOf(db, user)).map(infoOf), recoveryCodes: await countRecoveryCodes(db, user) }
    },
  )

  const renew = {
    summary: 'Ten new recovery codes, shown this once; the old ones are void.',
    body: z.strictObject({ password: text(1, 1_000) }),
    response: { 200: recoveryCodesSchema, ...refusals('wrong_credentials', 'no_second_factor', 'rate_limited', 'confirmation_required') },
  }
  app.post('/api/auth/recovery-codes', { config: { access: { who: 'signed-in', recent: true } }, schema: renew }, async (request) => {
    const user = await findUser(db, callerOf(request).user)
    await confirmPassword(context, user, request.body.password)
    return db.tx(async (q) => {
      if ((await methodsOf(q, user.id)).length === 0) throw new CodedError('no_second_factor')
      const recoveryCodes = await renewRecoveryCodes(q, user.id)
      await audit(q, { actor: user.id, action: 'two_factor.recovery_renewed', target: { kind: 'user', id: user.id } }, clock())
      await tellOfChange(q, user, 'codes_made', clock())
      return { recoveryCodes }
    })
  })
}
