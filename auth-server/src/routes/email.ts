import { callerOf } from '@chatflow/server-kit/access'
import { audit } from '@chatflow/server-kit/audit'
import { enqueue } from '@chatflow/server-kit/jobs/enqueue'
import { ACCEPTED, refusals, type App } from '@chatflow/server-kit/openapi'
import { addressKey } from '@chatflow/server-kit/rate-limiter'
import { confirmedEmailSchema } from '@chatflow/shared/api/account'
import { CodedError } from '@chatflow/shared/errors'
import { text } from '@chatflow/shared/text'
import { z } from 'zod'
import { confirmPassword } from '../confirm-password.ts'
import type { AuthContext } from '../context.ts'
import { isEmailAddress } from '../email-address.ts'
import { useToken } from '../email-tokens.ts'
import { confirmEmail, proposeEmail } from '../emails.ts'
import { findUser, takenBy } from '../users.ts'
import { wrongFields } from '../wrong-fields.ts'

/** `POST /api/auth/email/verify`, `/email/resend` and `/email/change`: showing that an address is one's own. */
export function emailRoutes(app: App, context: AuthContext): void {
  const { db, limits, clock, mailed } = context

  const verify = {
    summary: 'Uses the link of a mail: confirms the address of a new account, or the new address of an old one. Works once.',
    body: z.strictObject({ token: text(1, 200) }),
    response: { 200: confirmedEmailSchema, ...refusals('token_invalid', 'email_taken', 'rate_limited') },
  }
  app.post('/api/auth/email/verify', { config: { access: { who: 'anyone' } }, schema: verify }, async (request, reply) => {
    await limits.linksOfAddress.take(addressKey(request.ip))
    const now = clock()
    const email = await db
      .tx(async (q) => {
        const token = await useToken(q, request.body.token, ['verify_email', 'change_email'], now)
        const confirmed = token && (await confirmEmail(q, token, now))
        if (!confirmed) throw new CodedError('token_invalid')
        return confirmed
      })
      .catch((error: unknown) => {
        // Somebody else got the address while the link was under way.
        if (takenBy(error)) throw wrongFields({ email: 'email_taken' })
        throw error
      })
    mailed(reply)
    return { email }
  })

  const resend = {
    summary: 'Sends the mail with the link for confirming the address again; nothing if it has been confirmed.',
    body: z.strictObject({}).nullish(),
    response: { ...ACCEPTED, ...refusals('rate_limited') },
  }
  app.post('/api/auth/email/resend', { config: { access: { who: 'signed-in' } }, schema: resend }, async (request, reply) => {
    const { user, verified } = callerOf(request)
    if (!verified) {
      await limits.mailsOfAccount.take(`verify ${user}`)
      await enqueue(db, 'mail', { user, template: 'email_verify' }, { now: clock() })
      mailed(reply)
    }
    return reply.status(202).send()
  })

  const change = {
    summary: 'Asks for another address, which takes effect when the link sent there is used. The answer is the same for an address that is taken.',
    body: z.strictObject({ email: text(1, 1_000), password: text(1, 1_000) }),
    response: { ...ACCEPTED, ...refusals('email_invalid', 'wrong_credentials', 'rate_limited', 'confirmation_required') },
  }
  app.post('/api/auth/email/change', { config: { access: { who: 'signed-in', recent: true } }, schema: change }, async (request, reply) => {
    const email = request.body.email.trim()
    if (!isEmailAddress(email)) throw wrongFields({ email: 'email_invalid' })
    const user = await findUser(db, callerOf(request).user)
    await confirmPassword(context, user, request.body.password)
    await limits.mailsOfAccount.take(`change ${user.id}`)
    const now = clock()
    await db.tx(async (q) => {
      await proposeEmail(q, user.id, email)
      await audit(q, { actor: user.id, action: 'account.email_change_asked', target: { kind: 'user', id: user.id } }, now)
      await enqueue(q, 'mail', { user: user.id, template: 'email_change' }, { now })
    })
    mailed(reply)
    return reply.status(202).send()
  })
}
