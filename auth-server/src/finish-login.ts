import { audit } from '@chatflow/server-kit/audit'
import { enqueue } from '@chatflow/server-kit/jobs/enqueue'
import type { SecurityChange } from '@chatflow/server-kit/jobs/job-types'
import type { Queryable } from '@chatflow/database'
import type { Signed } from '@chatflow/shared/api/account'
import type { Factor } from '@chatflow/shared/audit'
import { CodedError, ExtendedError } from '@chatflow/shared/errors'
import { addressKey } from '@chatflow/server-kit/rate-limiter'
import type { Id } from '@chatflow/shared/ids'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { signIn, type AuthContext } from './context.ts'
import { recordFailure, type FailedAttempt } from './failed-attempts.ts'
import { issueTicket } from './second-factors/login-tickets.ts'
import { methodsOf } from './second-factors/second-factors.ts'
import type { User } from './users.ts'

/** After the right password: signs in, or throws `second_factor_required` with a ticket for the second step. Nothing but that is given then. */
export async function afterPassword(context: AuthContext, reply: FastifyReply, user: User): Promise<Signed> {
  await countSignIn(context, reply.request, user)
  await askForSecond(context, user)
  return completeSignIn(context, reply, user, ['password'])
}

/** Throws `second_factor_required` with a ticket, if the account has a second factor. */
export async function askForSecond({ db, clock }: AuthContext, user: User): Promise<void> {
  const methods = await methodsOf(db, user.id)
  if (methods.length > 0) throw new ExtendedError('second_factor_required', { ticket: await issueTicket(db, user, clock()), methods })
}

/** Counts a sign-in that has shown what it needs to, before anything is written for it. Throws `rate_limited`. */
export async function countSignIn({ limits }: AuthContext, request: FastifyRequest, user: User): Promise<void> {
  const address = addressKey(request.ip)
  await limits.signInOfAddress.take(address)
  await limits.signInOfAccountAtAddress.take(`${address} ${user.id}`)
  await limits.signInOfAccount.take(user.id)
}

/** Begins the session of a completed sign-in, in the transaction in which `use` uses its factors up. */
export async function completeSignIn(context: AuthContext, reply: FastifyReply, user: User, factors: readonly Factor[], use: (q: Queryable) => Promise<void> = async () => {}): Promise<Signed> {
  const { db, sessions, clock } = context
  const session = await db.tx(async (q) => {
    await use(q)
    const begun = await sessions.begin(q, user.id, reply.request.headers['user-agent'])
    await audit(q, { actor: user.id, action: 'account.signed_in', target: { kind: 'session', id: begun.family }, details: { factors: factors.join('+') } }, clock())
    return begun
  })
  await sessions.trim(user.id)
  reply.request.log.info({ user: user.id, session: session.family, factors: factors.join('+') }, 'signed in')
  return signIn(context, reply, user, session)
}

/** Runs a try of a factor; one that failed is recorded, for whoever it was of. */
export async function recordingFailure<T>(
  context: AuthContext,
  request: FastifyRequest,
  failed: Omit<FailedAttempt, 'user'> & { user: Id | (() => Promise<Id | undefined>) },
  attempt: () => Promise<T>,
): Promise<T> {
  try {
    return await attempt()
  } catch (error) {
    if (isWrong(error)) await recordFailure(context, request, { ...failed, user: typeof failed.user === 'string' ? failed.user : await failed.user() })
    throw error
  }
}

function isWrong(error: unknown): boolean {
  return error instanceof CodedError && (error.code === 'wrong_credentials' || error.code === 'second_factor_wrong' || error.code === 'passkey_refused')
}

/** Tells the person of a change to how one signs in, as part of the transaction that makes it. `name`: of the passkey. */
export async function tellOfChange(q: Queryable, user: User, what: SecurityChange, now: number, name?: string): Promise<void> {
  await enqueue(q, 'mail', { user: user.id, template: 'security_changed', facts: { what, ...(name === undefined ? {} : { name }) } }, { now })
}
