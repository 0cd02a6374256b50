import type { Queryable } from '@chatflow/database'
import { callerOf } from '@chatflow/server-kit/access'
import { audit } from '@chatflow/server-kit/audit'
import { refusals, type App } from '@chatflow/server-kit/openapi'
import { addressKey } from '@chatflow/server-kit/rate-limiter'
import { signedSchema, type Signed } from '@chatflow/shared/api/account'
import { ceremonyOptionsSchema } from '@chatflow/shared/api/second-factor'
import type { Factor } from '@chatflow/shared/audit'
import { CodedError } from '@chatflow/shared/errors'
import { text } from '@chatflow/shared/text'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { confirmPassword } from '../confirm-password.ts'
import { signIn, type AuthContext } from '../context.ts'
import { askForSecond, recordingFailure, tellOfChange } from '../finish-login.ts'
import { limitedPassword } from '../login-limits.ts'
import { authenticationOptions, verifyAuthentication } from '../second-factors/ceremonies.ts'
import { countTry, readTicket, spendTicket, type Ticket } from '../second-factors/login-tickets.ts'
import { recordUse } from '../second-factors/passkeys.ts'
import { takeRecoveryCode } from '../second-factors/recovery-codes.ts'
import { takeTotp } from '../second-factors/totp.ts'
import { assertionInput } from '../second-factors/webauthn-input.ts'
import { findUser, type User } from '../users.ts'
import { isWrongCode } from './login-codes.ts'

const ticket = text(1, 100)
const body = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('password'), password: text(1, 1_000) }),
  z.strictObject({ by: z.literal('totp'), ticket, code: text(1, 100) }),
  z.strictObject({ by: z.literal('recovery'), ticket, code: text(1, 100) }),
  z.strictObject({ by: z.literal('passkey'), ticket: ticket.optional(), response: assertionInput }),
])
type Shown = z.output<typeof body>
const config = { access: { who: 'signed-in', withoutFactor: true } } as const

/**
 * `POST /api/auth/confirm { by, ... }` -> `Signed` and the next session cookie: whoever is signed in shows once more who they are, by all that a sign-in would ask for.
 * `POST /api/auth/confirm/passkey/options { ticket? }` -> options for the browser.
 */
export function confirmRoutes(app: App, context: AuthContext): void {
  const { db, relyingParty, limits, sessions, cookie, clock } = context

  const options = {
    summary: 'What a passkey has to sign to confirm that it is the caller.',
    body: z.strictObject({ ticket: ticket.optional() }),
    response: { 200: ceremonyOptionsSchema, ...refusals('ticket_invalid', 'rate_limited') },
  }
  app.post('/api/auth/confirm/passkey/options', { config, schema: options }, async (request) => {
    await limits.passkeyOfAddress.take(addressKey(request.ip))
    const { user } = callerOf(request)
    if (request.body.ticket === undefined) return authenticationOptions(db, relyingParty, { user }, clock(), { user })
    const found = ownTicket(await readTicket(db, request.body.ticket, clock()), user)
    return authenticationOptions(db, relyingParty, { user }, clock(), { ticket: found.hash })
  })

  const confirm = {
    summary: 'Confirms that it is the caller: with the password and, where the account has one, a second factor, or with a passkey. Rotates the session cookie.',
    body,
    response: {
      200: signedSchema,
      ...refusals('wrong_credentials', 'second_factor_required', 'second_factor_wrong', 'passkey_refused', 'ticket_invalid', 'session_ended', 'refresh_reused', 'rate_limited'),
    },
  }
  app.post('/api/auth/confirm', { config, schema: confirm }, async (request, reply) => {
    const caller = callerOf(request)
    // Nobody confirms a session whose cookie they do not hold.
    if (!(await sessions.isOf(cookie.read(request), caller.session))) throw new CodedError('session_ended')
    const user = await findUser(db, caller.user)
    return recordingFailure(context, request, { during: 'confirmation', factor: request.body.by, user: user.id }, () => show(request, reply, user, request.body))
  })

  async function show(request: FastifyRequest, reply: FastifyReply, user: User, shown: Shown): Promise<Signed> {
    switch (shown.by) {
      case 'password':
        await limitedPassword(context, request, user, '', () => confirmPassword(context, user, shown.password))
        await askForSecond(context, user)
        return complete(request, reply, user, ['password'])
      case 'totp':
      case 'recovery': {
        const { by } = shown
        const found = ownTicket(await readTicket(db, shown.ticket, clock()), user.id)
        const attempt = async () => {
          await countTry(db, shown.ticket, clock())
          return complete(request, reply, user, ['password', by], async (q) => {
            if (by === 'totp') await takeTotp(q, context.box, user.id, shown.code, clock())
            else await takeRecovery(q, user, shown.code)
            await spendTicket(q, found)
          })
        }
        // As at a sign-in: only codes that can be guessed are counted for the account.
        return by === 'totp' ? limits.secondFactor.attempt(user.id, attempt, isWrongCode) : attempt()
      }
      case 'passkey': {
        await limits.passkeyOfAddress.take(addressKey(request.ip))
        const found = shown.ticket === undefined ? undefined : ownTicket(await countTry(db, shown.ticket, clock()), user.id)
        const { passkey, counter } = await verifyAuthentication(db, relyingParty, shown.response, found === undefined ? { user: user.id } : { ticket: found.hash }, clock())
        if (passkey.user_id !== user.id) throw new CodedError('passkey_refused')
        return complete(request, reply, user, found === undefined ? ['passkey'] : ['password', 'passkey'], async (q) => {
          await recordUse(q, passkey, counter, clock())
          if (found !== undefined) await spendTicket(q, found)
        })
      }
    }
  }

  async function takeRecovery(q: Queryable, user: User, code: string): Promise<void> {
    await takeRecoveryCode(q, user.id, code)
    await audit(q, { actor: user.id, action: 'two_factor.recovery_used', target: { kind: 'user', id: user.id } }, clock())
    await tellOfChange(q, user, 'code_used_to_confirm', clock())
  }

  /** The session is confirmed in the transaction that uses the factors up. */
  async function complete(request: FastifyRequest, reply: FastifyReply, user: User, factors: readonly Factor[], use: (q: Queryable) => Promise<void> = async () => {}): Promise<Signed> {
    const token = cookie.read(request) ?? ''
    const refreshed = await db.tx(async (q) => {
      await use(q)
      const outcome = await sessions.confirm(q, token)
      if (outcome.outcome === 'refreshed') {
        await audit(q, { actor: user.id, action: 'account.confirmed', target: { kind: 'session', id: outcome.session.family }, details: { factors: factors.join('+') } }, clock())
      }
      return outcome
    })
    if (refreshed.outcome !== 'refreshed') {
      cookie.clear(reply)
      throw new CodedError(refreshed.outcome === 'reused' ? 'refresh_reused' : 'session_ended')
    }
    request.log.info({ user: user.id, session: refreshed.session.family, factors: factors.join('+') }, 'confirmed')
    return signIn(context, reply, user, refreshed.session)
  }
}

/** A ticket of somebody else confirms nobody here. */
function ownTicket(found: Ticket, user: string): Ticket {
  if (found.user.id !== user) throw new CodedError('ticket_invalid')
  return found
}
