import { refusals, type App } from '@chatflow/server-kit/openapi'
import { addressKey } from '@chatflow/server-kit/rate-limiter'
import { signedSchema } from '@chatflow/shared/api/account'
import { ceremonyOptionsSchema } from '@chatflow/shared/api/second-factor'
import { CodedError } from '@chatflow/shared/errors'
import { text } from '@chatflow/shared/text'
import { z } from 'zod'
import type { AuthContext } from '../context.ts'
import { completeSignIn, countSignIn, recordingFailure } from '../finish-login.ts'
import { authenticationOptions, verifyAuthentication } from '../second-factors/ceremonies.ts'
import { countTry, readTicket, spendTicket } from '../second-factors/login-tickets.ts'
import { findPasskey, recordUse } from '../second-factors/passkeys.ts'
import { assertionInput } from '../second-factors/webauthn-input.ts'
import { findUser } from '../users.ts'

const ticket = text(1, 100).optional()
const config = { access: { who: 'anyone' } } as const

/** `POST /api/auth/login/passkey/options { ticket? }`, then `POST /api/auth/login/passkey { ticket?, response }` -> `Signed`. Without a ticket the passkey alone signs in. */
export function loginPasskeyRoutes(app: App, context: AuthContext): void {
  const { db, relyingParty, limits, clock } = context

  const options = {
    summary: 'What a passkey has to sign for a sign-in.',
    body: z.strictObject({ ticket }),
    response: { 200: ceremonyOptionsSchema, ...refusals('ticket_invalid', 'account_disabled', 'rate_limited') },
  }
  app.post('/api/auth/login/passkey/options', { config, schema: options }, async (request) => {
    await limits.passkeyOfAddress.take(addressKey(request.ip))
    const found = request.body.ticket === undefined ? undefined : await readTicket(db, request.body.ticket, clock())
    return authenticationOptions(db, relyingParty, { user: found?.user.id }, clock(), found === undefined ? {} : { ticket: found.hash })
  })

  const passkey = {
    summary: 'Signs in with a passkey, alone or as the second step.',
    body: z.strictObject({ ticket, response: assertionInput }),
    response: { 200: signedSchema, ...refusals('passkey_refused', 'ticket_invalid', 'account_disabled', 'rate_limited') },
  }
  app.post('/api/auth/login/passkey', { config, schema: passkey }, async (request, reply) => {
    await limits.passkeyOfAddress.take(addressKey(request.ip))
    const found = request.body.ticket === undefined ? undefined : await countTry(db, request.body.ticket, clock())
    const { response } = request.body
    const whose = async () => found?.user.id ?? (await findPasskey(db, response.id))?.user_id
    return recordingFailure(context, request, { during: 'sign_in', factor: 'passkey', user: whose }, async () => {
      const verified = await verifyAuthentication(db, relyingParty, response, found === undefined ? {} : { ticket: found.hash }, clock())
      const user = await findUser(db, verified.passkey.user_id)
      if (user.disabled_at !== null) throw new CodedError('account_disabled')
      // As the second step it belongs to a sign-in that was counted with its password.
      if (found === undefined) await countSignIn(context, request, user)
      return completeSignIn(context, reply, user, found === undefined ? ['passkey'] : ['password', 'passkey'], async (q) => {
        if (found !== undefined && found.user.id !== user.id) throw new CodedError('passkey_refused')
        await recordUse(q, verified.passkey, verified.counter, clock())
        if (found !== undefined) await spendTicket(q, found)
      })
    })
  })
}
