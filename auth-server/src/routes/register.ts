import { acceptedLanguages } from '@chatflow/server-kit/accepted-languages'
import { audit } from '@chatflow/server-kit/audit'
import { enqueue } from '@chatflow/server-kit/jobs/enqueue'
import { refusals, type App } from '@chatflow/server-kit/openapi'
import { addressKey } from '@chatflow/server-kit/rate-limiter'
import { signedSchema } from '@chatflow/shared/api/account'
import type { ErrorCode } from '@chatflow/shared/errors'
import { newId } from '@chatflow/shared/ids'
import { languageAmong, LANGUAGES } from '@chatflow/shared/languages'
import { text } from '@chatflow/shared/text'
import { z } from 'zod'
import { signIn, type AuthContext } from '../context.ts'
import { isEmailAddress } from '../email-address.ts'
import { displayNameProblem, tidyDisplayName, usernameProblem } from '../names.ts'
import { passwordProblem } from '../passwords.ts'
import { admit, refuseHopeless } from '../registration.ts'
import { createUser, takenBy } from '../users.ts'
import { wrongFields } from '../wrong-fields.ts'

const input = z.strictObject({ email: text(0, 1_000), username: text(0, 1_000), displayName: text(0, 1_000), password: text(0, 1_000), invitation: text(1, 200).optional(), language: z.enum(LANGUAGES).optional() })
type Registration = z.infer<typeof input>


/** `POST /api/auth/register` -> 201 `Signed` and the session cookie. */
export function registerRoute(app: App, context: AuthContext): void {
  const { db, passwords, publicUrl, sessions, limits, clock, mailReach, mailed } = context
  const schema = {
    summary: 'Opens an account and signs it in; the first one becomes administrator. `invitation`: the code of an invitation link. `language`: of mails; without it that of `Accept-Language`.',
    body: input,
    response: {
      201: signedSchema,
      ...refusals(
        'email_taken', 'username_taken', 'email_invalid', 'username_invalid', 'display_name_invalid', 'password_too_short', 'password_too_long', 'password_common', 'password_personal', 'rate_limited',
        'registration_closed', 'invitation_required', 'invitation_invalid',
      ),
    },
  }
  app.post('/api/auth/register', { config: { access: { who: 'anyone' } }, schema }, async (request, reply) => {
    const raw = request.body
    const form = { ...raw, email: raw.email.trim(), username: raw.username.trim(), displayName: tidyDisplayName(raw.displayName) }
    refuseWrong(form, publicUrl)
    await limits.register.take(addressKey(request.ip))
    const { password, invitation, language = languageAmong(acceptedLanguages(request.headers['accept-language'])), ...rest } = form
    await refuseHopeless(db, invitation, clock())
    const passwordHash = await passwords.hash(password)
    const [user, session] = await db
      .tx(async (q) => {
        const id = newId()
        const admission = await admit(q, id, invitation, clock())
        // Where no mail can leave, nobody is asked for what only a mail could tell.
        const created = await createUser(q, { ...rest, id, role: admission.role, passwordHash, language, verifiedAt: mailReach === 'nowhere' ? clock() : undefined }, clock())
        await audit(q, { actor: id, action: 'account.registered', target: { kind: 'user', id }, details: { role: admission.role } }, clock())
        if (admission.invitation !== undefined) await audit(q, { actor: id, action: 'invitation.used', target: { kind: 'invitation', id: admission.invitation } }, clock())
        if (created.email_verified_at === null) await enqueue(q, 'mail', { user: created.id, template: 'email_verify' }, { now: clock() })
        return [created, await sessions.begin(q, created.id, request.headers['user-agent'])] as const
      })
      .catch((error: unknown) => {
        const taken = takenBy(error)
        if (taken) throw wrongFields({ [taken === 'email_taken' ? 'email' : 'username']: taken })
        throw error
      })
    mailed(reply)
    request.log.info({ user: user.id, session: session.family, factors: 'password' }, 'registered')
    reply.status(201)
    return signIn(context, reply, user, session)
  })
}

function refuseWrong(form: Registration, publicUrl: string): void {
  const problems: Partial<Record<keyof Registration, ErrorCode>> = {}
  if (!isEmailAddress(form.email)) problems.email = 'email_invalid'
  const ofUsername = usernameProblem(form.username)
  if (ofUsername) problems.username = ofUsername
  const ofDisplayName = displayNameProblem(form.displayName)
  if (ofDisplayName) problems.displayName = ofDisplayName
  const ofPassword = passwordProblem(form.password, { ...form, publicUrl })
  if (ofPassword) problems.password = ofPassword
  if (Object.keys(problems).length > 0) throw wrongFields(problems)
}
