import { callerOf } from '@chatflow/server-kit/access'
import { audit } from '@chatflow/server-kit/audit'
import { NO_CONTENT, refusals, type App } from '@chatflow/server-kit/openapi'
import { addedPasskeySchema, ceremonyOptionsSchema } from '@chatflow/shared/api/second-factor'
import { CodedError } from '@chatflow/shared/errors'
import { isId, type Id } from '@chatflow/shared/ids'
import { text } from '@chatflow/shared/text'
import { z } from 'zod'
import { confirmPassword } from '../confirm-password.ts'
import type { AuthContext } from '../context.ts'
import { tellOfChange } from '../finish-login.ts'
import { registrationOptions, verifyRegistration } from '../second-factors/ceremonies.ts'
import { addPasskey, infoOf, refuseMore, removePasskey, renamePasskey } from '../second-factors/passkeys.ts'
import { countRecoveryCodes, renewRecoveryCodes } from '../second-factors/recovery-codes.ts'
import { removing } from '../second-factors/second-factors.ts'
import { attestationInput } from '../second-factors/webauthn-input.ts'
import { unconfirmOthers } from '../user-sessions.ts'
import { findUser } from '../users.ts'

const password = z.strictObject({ password: text(1, 1_000) })
const name = text(1, 60).refine((value) => value.trim() !== '', 'empty')
const params = z.strictObject({ id: text(1, 100) })
const adding = { access: { who: 'signed-in', recent: true, withoutFactor: true } } as const

/**
 * Passkeys: `POST /api/auth/passkeys/options { password }` -> options for the browser, `POST /api/auth/passkeys { response, name }` -> `AddedPasskey`,
 * `PATCH /api/auth/passkeys/:id { name }` -> 204, `POST /api/auth/passkeys/:id/remove { password }` -> 204.
 */
export function passkeyRoutes(app: App, context: AuthContext): void {
  const { db, relyingParty, clock } = context

  const options = {
    summary: 'What a device needs to make a passkey for the caller.',
    body: password,
    response: { 200: ceremonyOptionsSchema, ...refusals('wrong_credentials', 'too_many_passkeys', 'rate_limited', 'confirmation_required') },
  }
  app.post('/api/auth/passkeys/options', { config: adding, schema: options }, async (request) => {
    const user = await findUser(db, callerOf(request).user)
    await confirmPassword(context, user, request.body.password)
    await refuseMore(db, user.id)
    return registrationOptions(db, relyingParty, user, clock())
  })

  const add = {
    summary: 'Adds the passkey that a device has made. With the first second factor of all come recovery codes.',
    body: z.strictObject({ response: attestationInput, name }),
    response: { 200: addedPasskeySchema, ...refusals('passkey_refused', 'too_many_passkeys', 'confirmation_required') },
  }
  app.post('/api/auth/passkeys', { config: adding, schema: add }, async (request) => {
    const { user: caller, session } = callerOf(request)
    const user = await findUser(db, caller)
    const made = await verifyRegistration(db, relyingParty, user.id, request.body.response, clock())
    return db.tx(async (q) => {
      const passkey = await addPasskey(q, { ...made, user_id: user.id, name: request.body.name.trim() }, clock())
      await audit(q, { actor: user.id, action: 'passkey.added', target: { kind: 'user', id: user.id }, details: { passkey: passkey.id } }, clock())
      await tellOfChange(q, user, 'passkey_added', clock(), passkey.name)
      await unconfirmOthers(q, user.id, session)
      const codes = (await countRecoveryCodes(q, user.id)) > 0 ? {} : { recoveryCodes: await renewRecoveryCodes(q, user.id) }
      return { passkey: infoOf(passkey), ...codes }
    })
  })

  const rename = { summary: "Renames one of the caller's passkeys.", params, body: z.strictObject({ name }), response: { ...NO_CONTENT, ...refusals('not_found') } }
  app.patch('/api/auth/passkeys/:id', { config: { access: { who: 'signed-in', own: true } }, schema: rename }, async (request, reply) => {
    await renamePasskey(db, callerOf(request).user, idOf(request.params), request.body.name.trim())
    return reply.status(204).send()
  })

  const remove = { summary: "Removes one of the caller's passkeys.", params, body: password, response: { ...NO_CONTENT, ...refusals('wrong_credentials', 'not_found', 'last_second_factor', 'rate_limited', 'confirmation_required') } }
  app.post('/api/auth/passkeys/:id/remove', { config: { access: { who: 'signed-in', own: true, recent: true } }, schema: remove }, async (request, reply) => {
    const id = idOf(request.params)
    const user = await findUser(db, callerOf(request).user)
    await confirmPassword(context, user, request.body.password)
    await db.tx(async (q) => {
      const { name: removed } = await removing(q, user.id, () => removePasskey(q, user.id, id))
      await audit(q, { actor: user.id, action: 'passkey.removed', target: { kind: 'user', id: user.id }, details: { passkey: id } }, clock())
      await tellOfChange(q, user, 'passkey_removed', clock(), removed)
    })
    return reply.status(204).send()
  })
}

function idOf({ id }: { id: string }): Id {
  if (!isId(id)) throw new CodedError('not_found')
  return id
}
