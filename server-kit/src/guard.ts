import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Database } from '@chatflow/database'
import { CodedError } from '@chatflow/shared/errors'
import { isId, type Id } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'
import { refusal, type Target } from '@chatflow/shared/permissions'
import type { GlobalRole, RoomRole } from '@chatflow/shared/roles'
import { callerOf, type Access, type Caller } from './access.ts'
import type { Verifier } from './access-tokens.ts'

/** A room as far as `can()` needs it, with the role of the person in question if a member. */
export interface RoomOf {
  room: NonNullable<Target['room']>
  role: RoomRole | undefined
}

export interface GuardOptions {
  db: Database
  verifier: Verifier
  /** Answers undefined for a room that does not exist. Needed where routes are for members. */
  roomOf?: (user: Id, room: Id) => Promise<RoomOf | undefined>
  /** ms since the epoch. */
  clock?: () => number
}

/**
 * Enforces the declared access of all routes that are added to `app` after it: 401 before the body is read, 403 and 404 after it was checked.
 * An access token outlives its session by minutes, so the session is looked up for each request, and with it the account's present role.
 * What needs a recent confirmation is refused last: nobody is asked for a password to be told then that they may not.
 */
export function addGuard(app: FastifyInstance, { db, verifier, roomOf, clock = Date.now }: GuardOptions): void {
  if (!app.hasRequestDecorator('caller')) app.decorateRequest('caller', null)
  app.addHook('onRequest', async (request) => {
    const { access } = request.routeOptions.config
    if (access?.who === 'signed-in' || access?.who === 'member') request.caller = await authenticate(request, access, db, verifier)
  })
  app.addHook('preHandler', async (request) => {
    const { access } = request.routeOptions.config
    if (access?.who === 'signed-in' && access.can !== undefined) refuseUnless(access, callerOf(request))
    if (access?.who === 'member') {
      const { room } = request.params as { room?: unknown }
      const found = isId(room) ? await roomOf?.(callerOf(request).user, room) : undefined
      if (found?.role === undefined) throw new CodedError('room_not_found')
      refuseUnless(access, callerOf(request), found)
    }
    if (access?.who === 'signed-in' && access.recent === true && clock() - callerOf(request).authenticatedAt > LIMITS.confirmedForMs) throw new CodedError('confirmation_required')
  })
}

function refuseUnless(access: Access & { can?: Parameters<typeof refusal>[1] }, { user: id, role, verified }: Caller, found?: RoomOf): void {
  const refused = access.can && refusal({ id, role, verified, roomRole: found?.role }, access.can, { room: found?.room })
  if (refused) throw new CodedError(refused)
}

async function authenticate(request: FastifyRequest, access: Access, db: Database, verifier: Verifier): Promise<Caller> {
  const token = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (token === undefined) throw new CodedError('unauthenticated')
  const { user, session } = await verifier.verify(token)
  const { rows } = await db.query<{ role: GlobalRole; email_verified_at: number | null; disabled_at: number | null; authenticated_at: number; missing: boolean }>(
    `SELECT role, email_verified_at, disabled_at, s.authenticated_at, EXISTS (SELECT FROM second_factor_missing m WHERE m.user_id = users.id) AS missing FROM users
     JOIN session_families s ON s.user_id = users.id WHERE users.id = $1 AND s.id = $2 AND s.ended_at IS NULL`,
    [user, session],
  )
  const row = rows[0]
  if (!row) throw new CodedError('session_ended')
  if (row.disabled_at !== null) throw new CodedError('account_disabled')
  if (row.missing && !('withoutFactor' in access)) throw new CodedError('second_factor_missing')
  return { user, session, role: row.role, verified: row.email_verified_at !== null, authenticatedAt: row.authenticated_at }
}
