import type { FastifyRequest } from 'fastify'
import { CodedError } from '@chatflow/shared/errors'
import type { Id } from '@chatflow/shared/ids'
import type { Action } from '@chatflow/shared/permissions'
import type { GlobalRole } from '@chatflow/shared/roles'

/**
 * Who may use a route. Every route under `/api` declares it (`config.access`): the guard enforces it, the OpenAPI document shows it
 * as `x-access`, and the table of routes and roles is tested against it.
 */
export type Access =
  /** No credentials are looked at. */
  | { who: 'anyone' }
  /** The session whose refresh cookie comes along, and that session only. */
  | { who: 'cookie' }
  /**
   * A live session. `can`: whose account may do this on the whole server. `own`: of what the path names, only the caller's own; anything else is not found.
   * `recent`: who is behind the session has shown it within the last minutes. `withoutFactor`: also for whom a second factor is required and who has none yet.
   */
  | { who: 'signed-in'; can?: Action; own?: true; recent?: true; withoutFactor?: true }
  /** Members of the path's `:room` who may do this there. To others the room does not exist. */
  | { who: 'member'; can: Action }

/** Who makes a request: as the database knows the account now, not as the token remembers it. */
export interface Caller {
  user: Id
  /** Family of sessions of the access token. */
  session: Id
  role: GlobalRole
  /** The email address has been confirmed. */
  verified: boolean
  /** When all that the account asks for was last shown in this session, ms since the epoch. */
  authenticatedAt: number
}

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access
  }
  interface FastifyRequest {
    /** Set by the guard on routes for `signed-in` and `member`; read through `callerOf`. */
    caller: Caller | null
  }
}

/** The caller of a route that its access lets nobody else into. */
export function callerOf(request: FastifyRequest): Caller {
  if (!request.caller) throw new CodedError('unauthenticated')
  return request.caller
}
