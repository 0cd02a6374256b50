import type { Queryable } from '@chatflow/database'
import { audit } from '@chatflow/server-kit/audit'
import { refusals, type App } from '@chatflow/server-kit/openapi'
import { signedSchema, type Signed } from '@chatflow/shared/api/account'
import { CodedError } from '@chatflow/shared/errors'
import { text } from '@chatflow/shared/text'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import type { AuthContext } from '../context.ts'
import { completeSignIn, recordingFailure, tellOfChange } from '../finish-login.ts'
import { countTry, readTicket, spendTicket } from '../second-factors/login-tickets.ts'
import { takeRecoveryCode } from '../second-factors/recovery-codes.ts'
import { takeTotp } from '../second-factors/totp.ts'
import type { User } from '../users.ts'

const body = z.strictObject({ ticket: text(1, 100), code: text(1, 100) })
const config = { access: { who: 'anyone' } } as const
const response = { 200: signedSchema, ...refusals('second_factor_wrong', 'ticket_invalid', 'account_disabled', 'rate_limited') }

/** `POST /api/auth/login/{totp,recovery} { ticket, code }` -> `Signed` and the session cookie: the second step after the right password. */
export function loginCodeRoutes(app: App, context: AuthContext): void {
  const { db, box, limits, clock } = context

  /** One try of a ticket: counted first, then `use` within the transaction that begins the session. */
  async function complete(reply: FastifyReply, ticket: string, factor: 'totp' | 'recovery', use: (q: Queryable, user: User) => Promise<void>): Promise<Signed> {
    const found = await countTry(db, ticket, clock())
    return recordingFailure(context, reply.request, { during: 'sign_in', factor, user: found.user.id }, () =>
      completeSignIn(context, reply, found.user, ['password', factor], async (q) => {
        await use(q, found.user)
        await spendTicket(q, found)
      }),
    )
  }

  const totp = { summary: 'Completes a sign-in with a code of an authenticator app.', body, response }
  app.post('/api/auth/login/totp', { config, schema: totp }, async (request, reply) => {
    const { ticket, code } = request.body
    const { user } = await readTicket(db, ticket, clock())
    const attempt = () => complete(reply, ticket, 'totp', (q) => takeTotp(q, box, user.id, code, clock()))
    return limits.secondFactor.attempt(user.id, attempt, isWrongCode)
  })

  // Not counted for the account: these codes are beyond guessing, and who guesses at the others does not shut the owner out of these.
  const recovery = { summary: 'Completes a sign-in with a recovery code, which is used up.', body, response }
  app.post('/api/auth/login/recovery', { config, schema: recovery }, async (request, reply) =>
    complete(reply, request.body.ticket, 'recovery', async (q, user) => {
      await takeRecoveryCode(q, user.id, request.body.code)
      await audit(q, { actor: user.id, action: 'two_factor.recovery_used', target: { kind: 'user', id: user.id } }, clock())
      await tellOfChange(q, user, 'code_used_to_sign_in', clock())
    }),
  )
}

/** For the limiter of second factors: only wrong codes count. */
export function isWrongCode(error: unknown): boolean {
  return error instanceof CodedError && error.code === 'second_factor_wrong'
}
