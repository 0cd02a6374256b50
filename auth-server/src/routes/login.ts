import { audit } from '@chatflow/server-kit/audit'
import type { App } from '@chatflow/server-kit/openapi'
import { refusals } from '@chatflow/server-kit/openapi'
import { addressKey } from '@chatflow/server-kit/rate-limiter'
import { signedSchema } from '@chatflow/shared/api/account'
import { CodedError } from '@chatflow/shared/errors'
import type { Id } from '@chatflow/shared/ids'
import { text } from '@chatflow/shared/text'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { AuthContext } from '../context.ts'
import { afterPassword } from '../finish-login.ts'
import { rehash } from '../rehash.ts'
import { findByLogin, type User } from '../users.ts'

const input = z.strictObject({ login: text(1, 1_000), password: text(1, 1_000) })

/** `POST /api/auth/login` -> `Signed` and the session cookie. Whether the name or the password was wrong is not told, nor to be measured. */
export function loginRoute(app: App, context: AuthContext): void {
  const { db, passwords, clock } = context
  const failed = new WeakMap<FastifyRequest, Id>()
  app.post(
    '/api/auth/login',
    {
      config: { access: { who: 'anyone' } },
      schema: {
        summary: 'Sign in with a username or an email address; sets the session cookie.',
        body: input,
        response: { 200: signedSchema, ...refusals('wrong_credentials', 'second_factor_required', 'account_disabled', 'rate_limited') },
      },
      // Only names that exist have an entry: it is written once the answer is out, so that its time does not tell which do.
      onResponse: async (request) => {
        const user = failed.get(request)
        if (user !== undefined) await audit(db, { action: 'account.sign_in_failed', target: { kind: 'user', id: user } }, clock())
      },
    },
    async (request, reply) => {
      const { login, password } = request.body
      const name = login.trim()
      const user = await findByLogin(db, name)
      const check = async () => {
        if (await passwords.matches(password, user?.password_hash)) return
        if (user) failed.set(request, user.id)
        throw new CodedError('wrong_credentials')
      }
      await limited(context, request, user, name, check)
      if (!user) throw new CodedError('wrong_credentials')
      if (user.disabled_at !== null) throw new CodedError('account_disabled')
      return afterPassword(context, reply, await rehash(context, user, password))
    },
  )
}

/**
 * Runs `check` within the limits (docs/decisions/login-limits.md). Throws `rate_limited`. A device that the account knows has a count of its own,
 * so that others cannot shut it out; strangers share those of their address, of the account there, and of the account.
 */
async function limited({ limits, device }: AuthContext, request: FastifyRequest, user: User | undefined, name: string, check: () => Promise<void>): Promise<void> {
  const known = user && device.knownTo(request, user)
  if (user && known !== undefined) return limits.loginOfDevice.attempt(`${known} ${user.id}`, check, isWrong)
  // A name without an account is limited like one with: its account's two names count as one.
  const account = user?.id ?? `unknown ${name.toLowerCase()}`
  const address = addressKey(request.ip)
  const atAddress = () => limits.loginOfAccountAtAddress.attempt(`${address} ${account}`, check, isWrong)
  return limits.loginOfAddress.attempt(address, () => limits.loginOfAccount.attempt(account, atAddress, isWrong), isWrong)
}

function isWrong(error: unknown): boolean {
  return error instanceof CodedError && error.code === 'wrong_credentials'
}
