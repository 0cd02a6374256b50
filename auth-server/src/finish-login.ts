import { audit } from '@chatflow/server-kit/audit'
import { enqueue } from '@chatflow/server-kit/jobs/enqueue'
import type { Queryable } from '@chatflow/database'
import type { Signed } from '@chatflow/shared/api/account'
import { CodedError, ExtendedError } from '@chatflow/shared/errors'
import { addressKey } from '@chatflow/server-kit/rate-limiter'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { signIn, type AuthContext } from './context.ts'
import { issueTicket } from './second-factors/login-tickets.ts'
import { methodsOf } from './second-factors/second-factors.ts'
import type { Session } from './sessions.ts'
import type { User } from './users.ts'

/** What was shown to be who one is. A passkey alone is two factors in one. */
type Factors = readonly ('password' | 'totp' | 'passkey' | 'recovery')[]

/** After the right password: signs in, or throws `second_factor_required` with a ticket for the second step. Nothing but that is given then. */
export async function afterPassword(context: AuthContext, reply: FastifyReply, user: User): Promise<Signed> {
  const { db, clock } = context
  await countSignIn(context, reply.request, user)
  const methods = await methodsOf(db, user.id)
  if (methods.length > 0) throw new ExtendedError('second_factor_required', { ticket: await issueTicket(db, user, clock()), methods })
  return signIn(context, reply, user, await db.tx((q) => beginSession(context, q, reply, user, ['password'])))
}

/** Counts a sign-in that has shown what it needs to, before anything is written for it. Throws `rate_limited`. */
export async function countSignIn({ limits }: AuthContext, request: FastifyRequest, user: User): Promise<void> {
  const address = addressKey(request.ip)
  await limits.signInOfAddress.take(address)
  await limits.signInOfAccountAtAddress.take(`${address} ${user.id}`)
  await limits.signInOfAccount.take(user.id)
}

/** Begins the session of a completed sign-in, within the transaction that used its factors up. */
export async function beginSession({ sessions, clock }: AuthContext, q: Queryable, reply: FastifyReply, user: User, factors: Factors): Promise<Session> {
  const session = await sessions.begin(q, user.id, reply.request.headers['user-agent'])
  await audit(q, { actor: user.id, action: 'account.signed_in', target: { kind: 'session', id: session.family }, details: { factors: factors.join('+') } }, clock())
  return session
}

/** Runs a try of a second factor; one that failed is recorded. */
export async function recordingFailure<T>({ db, clock }: AuthContext, user: User, factor: Factors[number], attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt()
  } catch (error) {
    if (error instanceof CodedError && (error.code === 'second_factor_wrong' || error.code === 'passkey_refused')) {
      await audit(db, { actor: user.id, action: 'account.sign_in_failed', target: { kind: 'user', id: user.id }, details: { factor } }, clock())
    }
    throw error
  }
}

/** Tells the person of a change to how one signs in, as part of the transaction that makes it. `what`: the end of "..., this was changed: ". */
export async function tellOfChange(q: Queryable, user: User, what: string, now: number): Promise<void> {
  await enqueue(q, 'mail', { user: user.id, template: 'security_changed', facts: { what } }, { now })
}
