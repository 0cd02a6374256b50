import { randomInt } from 'node:crypto'
import { callerOf } from '@chatflow/server-kit/access'
import { enqueue } from '@chatflow/server-kit/jobs/enqueue'
import { ACCEPTED, NO_CONTENT, refusals, type App } from '@chatflow/server-kit/openapi'
import { addressKey } from '@chatflow/server-kit/rate-limiter'
import { CodedError } from '@chatflow/shared/errors'
import { text } from '@chatflow/shared/text'
import { z } from 'zod'
import { confirmPassword } from '../confirm-password.ts'
import type { AuthContext } from '../context.ts'
import { isEmailAddress } from '../email-address.ts'
import { findToken, useToken } from '../email-tokens.ts'
import { replacePassword } from '../replace-password.ts'
import { passwordProblem, samePassword, type PasswordOwner } from '../passwords.ts'
import { findUser, type User } from '../users.ts'
import { wrongFields } from '../wrong-fields.ts'

/** The work for a forgotten password begins within this time, ms: whoever measures the next request does not see whether there was any. */
const SOON_MS = 2_000

/** `POST /api/auth/password/forgot`, `/password/reset` and `/password/change`. */
export function passwordRoutes(app: App, context: AuthContext): void {
  const { db, limits, clock, passwords, publicUrl, mailed } = context
  const body = text(1, 1_000)

  const forgot = {
    summary: 'Sends a link for a new password, if the address is that of an account. The answer and its time tell nothing about that.',
    body: z.strictObject({ email: body }),
    response: { ...ACCEPTED, ...refusals('email_invalid', 'rate_limited') },
  }
  app.post('/api/auth/password/forgot', { config: { access: { who: 'anyone' } }, schema: forgot }, async (request, reply) => {
    const email = request.body.email.trim()
    if (!isEmailAddress(email)) throw wrongFields({ email: 'email_invalid' })
    await limits.linksOfAddress.take(addressKey(request.ip))
    await limits.mailsOfAccount.take(`reset ${email.toLowerCase()}`)
    const now = clock()
    await enqueue(db, 'password.forgot', { email }, { now, runAt: now + randomInt(SOON_MS) })
    return reply.status(202).send()
  })

  const reset = {
    summary: 'Sets a new password by the link of a mail, which works once, and ends all sessions.',
    body: z.strictObject({ token: text(1, 200), password: text(0, 1_000) }),
    response: { ...NO_CONTENT, ...refusals('token_invalid', 'password_too_short', 'password_too_long', 'password_common', 'password_personal', 'rate_limited') },
  }
  app.post('/api/auth/password/reset', { config: { access: { who: 'anyone' } }, schema: reset }, async (request, reply) => {
    const { token, password } = request.body
    await limits.linksOfAddress.take(addressKey(request.ip))
    const link = await findToken(db, token, ['reset_password'], clock())
    if (!link) throw new CodedError('token_invalid')
    // Only after the look: what is wrong with a password does not use up the link, and nobody without one makes this server hash.
    const problem = passwordProblem(password, ownerOf(await findUser(db, link.user), publicUrl))
    if (problem) throw wrongFields({ password: problem })
    const hash = await passwords.hash(password)
    const now = clock()
    await db.tx(async (q) => {
      const used = await useToken(q, token, ['reset_password'], now)
      if (!used || !(await replacePassword(q, { user: used.user, hash, now, by: { link: used } }))) throw new CodedError('token_invalid')
    })
    mailed(reply)
    return reply.status(204).send()
  })

  const change = {
    summary: 'Sets another password, and ends all other sessions of the account.',
    body: z.strictObject({ current: body, next: text(0, 1_000) }),
    response: { ...NO_CONTENT, ...refusals('wrong_credentials', 'password_too_short', 'password_too_long', 'password_common', 'password_personal', 'password_unchanged', 'rate_limited', 'confirmation_required') },
  }
  app.post('/api/auth/password/change', { config: { access: { who: 'signed-in', recent: true } }, schema: change }, async (request, reply) => {
    const { current, next } = request.body
    const { user: id, session } = callerOf(request)
    const user = await findUser(db, id)
    await confirmPassword(context, user, current)
    const problem = samePassword(current, next) ? 'password_unchanged' : passwordProblem(next, ownerOf(user, publicUrl))
    if (problem) throw wrongFields({ next: problem })
    const hash = await passwords.hash(next)
    await db.tx((q) => replacePassword(q, { user: id, hash, now: clock(), by: { session } }))
    mailed(reply)
    return reply.status(204).send()
  })
}

function ownerOf({ email, username, display_name: displayName }: User, publicUrl: string): PasswordOwner {
  return { email, username, displayName, publicUrl }
}
