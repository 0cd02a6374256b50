import type { FastifyInstance, FastifyRequest, preHandlerAsyncHookHandler } from 'fastify'
import { CodedError } from '@chatflow/shared/errors'
import type { Identity, Verifier } from './access-tokens.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; set by `bearer`, read through `identityOf`. */
    identity: Identity | null
  }
}

/** A preHandler for routes that need an access token (`Authorization: Bearer ...`). Refuses with what `Verifier.verify` throws. */
export function bearer(app: FastifyInstance, verifier: Verifier): preHandlerAsyncHookHandler {
  if (!app.hasRequestDecorator('identity')) app.decorateRequest('identity', null)
  return async (request) => {
    const token = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
    if (token === undefined) throw new CodedError('unauthenticated')
    request.identity = await verifier.verify(token)
  }
}

/** The verified caller of a route behind `bearer`. */
export function identityOf(request: FastifyRequest): Identity {
  if (!request.identity) throw new CodedError('unauthenticated')
  return request.identity
}
