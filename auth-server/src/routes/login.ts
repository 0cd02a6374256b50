import type { App } from '@chatflow/server-kit/openapi'
import { refusals } from '@chatflow/server-kit/openapi'
import { signedSchema } from '@chatflow/shared/api/account'
import { CodedError } from '@chatflow/shared/errors'
import type { Id } from '@chatflow/shared/ids'
import { text } from '@chatflow/shared/text'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { AuthContext } from '../context.ts'
import { recordFailure } from '../failed-attempts.ts'
import { afterPassword } from '../finish-login.ts'
import { limitedPassword } from '../login-limits.ts'
import { rehash } from '../rehash.ts'
import { findByLogin } from '../users.ts'

const input = z.strictObject({ login: text(1, 1_000), password: text(1, 1_000) })

/** `POST /api/auth/login` -> `Signed` and the session cookie. Whether the name or the password was wrong is not told, nor to be measured. */
export function loginRoute(app: App, context: AuthContext): void {
  const { db, passwords } = context
  const failed = new WeakMap<FastifyRequest, { user: Id | undefined }>()
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
        const one = failed.get(request)
        if (one !== undefined) await recordFailure(context, request, { during: 'sign_in', factor: 'password', ...one })
      },
    },
    async (request, reply) => {
      const { login, password } = request.body
      const name = login.trim()
      const user = await findByLogin(db, name)
      const check = async () => {
        if (await passwords.matches(password, user?.password_hash)) return
        failed.set(request, { user: user?.id })
        throw new CodedError('wrong_credentials')
      }
      await limitedPassword(context, request, user, name, check)
      if (!user) throw new CodedError('wrong_credentials')
      if (user.disabled_at !== null) throw new CodedError('account_disabled')
      return afterPassword(context, reply, await rehash(context, user, password))
    },
  )
}
