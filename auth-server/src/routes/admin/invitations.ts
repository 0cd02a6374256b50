import { callerOf, type Access } from '@chatflow/server-kit/access'
import { audit } from '@chatflow/server-kit/audit'
import { NO_CONTENT, refusals, type App } from '@chatflow/server-kit/openapi'
import { addressKey } from '@chatflow/server-kit/rate-limiter'
import { INVITED_ROLES, invitationsSchema, newInvitationSchema, openInvitationSchema } from '@chatflow/shared/api/admin'
import { CodedError } from '@chatflow/shared/errors'
import { text } from '@chatflow/shared/text'
import { z } from 'zod'
import type { AuthContext } from '../../context.ts'
import { createInvitation, findInvitation, listInvitations, revokeInvitation } from '../../invitations.ts'
import { publicRegistrationMode } from '../../registration.ts'
import { id, idParams, limit } from './paging.ts'

const access: Access = { who: 'signed-in', can: 'invitation.create' }
const HOUR = 3_600_000
const terms = z.strictObject({
  role: z.enum(INVITED_ROLES),
  uses: z.int().min(1).max(1_000),
  expiresInHours: z.int().min(1).max(8_760),
  note: text(0, 200).default(''),
})
const page = z.strictObject({ before: id.optional(), limit })

/** Links that let people open an account, and what the holder of one may know of it. */
export function invitationRoutes(app: App, { db, clock, publicUrl, limits }: AuthContext): void {
  const create = { summary: 'Makes an invitation link; the code is shown this once.', body: terms, response: { 201: newInvitationSchema, ...refusals('forbidden') } }
  app.post('/api/auth/admin/invitations', { config: { access }, schema: create }, async (request, reply) => {
    const { user } = callerOf(request)
    const { role, uses, expiresInHours, note } = request.body
    const now = clock()
    const expiresAt = now + expiresInHours * HOUR
    const made = await db.tx(async (q) => {
      const invitation = await createInvitation(q, user, { role, uses, note: note.trim(), expiresAt }, now)
      await audit(q, { actor: user, action: 'invitation.created', target: { kind: 'invitation', id: invitation.id }, details: { role, uses, expiresInHours } }, now)
      return invitation
    })
    return reply.status(201).send({ ...made, url: `${publicUrl}/#/invite/${made.code}`, expiresAt })
  })

  const list = { summary: 'Invitations that were not revoked, newest first.', querystring: page, response: { 200: invitationsSchema, ...refusals('forbidden') } }
  app.get('/api/auth/admin/invitations', { config: { access }, schema: list }, async (request) => listInvitations(db, request.query.before, request.query.limit))

  const revoke = { summary: 'Revokes an invitation.', params: idParams, response: { ...NO_CONTENT, ...refusals('forbidden', 'not_found') } }
  app.delete('/api/auth/admin/invitations/:id', { config: { access }, schema: revoke }, async (request, reply) => {
    await db.tx(async (q) => {
      if (!(await revokeInvitation(q, request.params.id, clock()))) throw new CodedError('not_found')
      await audit(q, { actor: callerOf(request).user, action: 'invitation.revoked', target: { kind: 'invitation', id: request.params.id } }, clock())
    })
    return reply.status(204).send()
  })

  const look = {
    summary: 'Who invites with this code, and as what.',
    body: z.strictObject({ code: text(1, 200) }),
    response: { 200: openInvitationSchema, ...refusals('invitation_invalid', 'registration_closed', 'rate_limited') },
  }
  app.post('/api/auth/invitation', { config: { access: { who: 'anyone' } }, schema: look }, async (request) => {
    const find = async () => {
      const invitation = await findInvitation(db, request.body.code, clock())
      if (invitation === undefined) throw new CodedError('invitation_invalid')
      return invitation
    }
    const invitation = await limits.invitationOfAddress.attempt(addressKey(request.ip), find, (error) => error instanceof CodedError && error.code === 'invitation_invalid')
    if ((await publicRegistrationMode(db)) === 'closed') throw new CodedError('registration_closed')
    return invitation
  })
}
