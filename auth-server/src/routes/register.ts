import { audit } from '@chatflow/server-kit/audit'
import { InvalidInput } from '@chatflow/server-kit/body'
import { refusals, type App } from '@chatflow/server-kit/openapi'
import { addressKey } from '@chatflow/server-kit/rate-limiter'
import { signedSchema } from '@chatflow/shared/api/account'
import { ERRORS, type ErrorCode } from '@chatflow/shared/errors'
import { text } from '@chatflow/shared/text'
import { z } from 'zod'
import { signIn, type AuthContext } from '../context.ts'
import { displayNameProblem, tidyDisplayName, usernameProblem } from '../names.ts'
import { passwordProblem } from '../passwords.ts'
import { createUser, takenBy } from '../users.ts'

const input = z.strictObject({ email: text(0, 1_000), username: text(0, 1_000), displayName: text(0, 1_000), password: text(0, 1_000) })
type Registration = z.infer<typeof input>

const EMAIL = z.email().max(254)

/** `POST /api/auth/register` -> 201 `Signed` and the session cookie. */
export function registerRoute(app: App, context: AuthContext): void {
  const { db, passwords, sessions, limits, clock } = context
  const schema = {
    summary: 'Opens an account and signs it in; the first one becomes administrator.',
    body: input,
    response: {
      201: signedSchema,
      ...refusals('email_taken', 'username_taken', 'email_invalid', 'username_invalid', 'display_name_invalid', 'password_too_short', 'password_too_long', 'password_common', 'rate_limited'),
    },
  }
  app.post('/api/auth/register', { config: { access: { who: 'anyone' } }, schema }, async (request, reply) => {
    const raw = request.body
    const form = { ...raw, email: raw.email.trim(), username: raw.username.trim(), displayName: tidyDisplayName(raw.displayName) }
    refuseWrong(form)
    await limits.register.take(addressKey(request.ip))
    const { password, ...rest } = form
    const passwordHash = await passwords.hash(password)
    const [user, session] = await db
      .tx(async (q) => {
        const created = await createUser(q, { ...rest, passwordHash }, clock())
        await audit(q, { actor: created.id, action: 'account.registered', target: { kind: 'user', id: created.id } }, clock())
        return [created, await sessions.begin(q, created.id)] as const
      })
      .catch((error: unknown) => {
        const taken = takenBy(error)
        if (taken) throw wrong({ [taken === 'email_taken' ? 'email' : 'username']: taken })
        throw error
      })
    reply.status(201)
    return signIn(context, reply, user, session)
  })
}

function refuseWrong(form: Registration): void {
  const problems: Partial<Record<keyof Registration, ErrorCode>> = {}
  if (!EMAIL.safeParse(form.email).success) problems.email = 'email_invalid'
  const ofUsername = usernameProblem(form.username)
  if (ofUsername) problems.username = ofUsername
  const ofDisplayName = displayNameProblem(form.displayName)
  if (ofDisplayName) problems.displayName = ofDisplayName
  const ofPassword = passwordProblem(form.password)
  if (ofPassword) problems.password = ofPassword
  if (Object.keys(problems).length > 0) throw wrong(problems)
}

/** The answer's code is that of the first wrong field; each field has its sentence. */
function wrong(problems: Record<string, ErrorCode>): InvalidInput {
  const fields = Object.fromEntries(Object.entries(problems).map(([field, code]) => [field, ERRORS[code].title]))
  return new InvalidInput(fields, Object.values(problems)[0])
}
