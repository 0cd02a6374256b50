import type { FastifyReply, FastifyRequest } from 'fastify'
import type { CookieSerializeOptions } from '@fastify/cookie'
import { SESSION_DAYS } from './sessions.ts'

export interface SessionCookie {
  read(request: FastifyRequest): string | undefined
  write(reply: FastifyReply, token: string): void
  clear(reply: FastifyReply): void
}

/**
 * The cookie of the refresh token: out of reach of scripts and of other sites. Under https its name makes browsers insist that this very host
 * set it, for the path `/` as that name demands; under http, where that is not to be had, it goes to the auth routes only.
 */
export function createSessionCookie(publicUrl: string): SessionCookie {
  const secure = new URL(publicUrl).protocol === 'https:'
  const name = secure ? '__Host-chatflow_session' : 'chatflow_session'
  const options: CookieSerializeOptions = { httpOnly: true, sameSite: 'strict', secure, path: secure ? '/' : '/api/auth' }
  return {
    read: (request) => request.cookies[name],
    write: (reply, token) => void reply.setCookie(name, token, { ...options, maxAge: SESSION_DAYS * 24 * 3600 }),
    clear: (reply) => void reply.setCookie(name, '', { ...options, maxAge: 0 }),
  }
}
