import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { CookieSerializeOptions } from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { User } from './users.ts'

export interface DeviceCookie {
  /** The id of the device if `user` has signed in on it before, with the password the account has now. */
  knownTo(request: FastifyRequest, user: User): string | undefined
  /** Makes the device known to `user` from now on, besides those that it is known to already. */
  remember(reply: FastifyReply, user: User): void
}

/** Accounts that one device is known to; the oldest gives way. */
const MOST_ACCOUNTS = 8
/** As long as browsers keep a cookie. */
const DAYS = 400
const VALUE = /^([\w-]{22})((?:\.[\w-]{22}){0,8})$/

/**
 * The cookie of a known device (OWASP "device cookies"): whoever has signed in from here before is not shut out by the wrong passwords of others.
 * It lets nobody in and names nobody: a random id of the device, and for each account a signature over the id, the account and the hash of its
 * password, so that a new password makes all other devices strangers again.
 */
export function createDeviceCookie(publicUrl: string, secret: string): DeviceCookie {
  const secure = new URL(publicUrl).protocol === 'https:'
  const name = secure ? '__Host-chatflow_device' : 'chatflow_device'
  const options: CookieSerializeOptions = { httpOnly: true, sameSite: 'strict', secure, path: secure ? '/' : '/api/auth', maxAge: DAYS * 24 * 3_600 }
  const signature = (device: string, user: User): string => {
    const signed = createHmac('sha256', secret).update(`${device}\0${user.id}\0${user.password_hash ?? ''}`)
    return signed.digest().subarray(0, 16).toString('base64url')
  }

  function read(request: FastifyRequest): { device: string; signatures: string[] } | undefined {
    const [, device, list] = VALUE.exec(request.cookies[name] ?? '') ?? []
    return device === undefined ? undefined : { device, signatures: (list ?? '').split('.').filter(Boolean) }
  }

  return {
    knownTo(request, user) {
      const cookie = read(request)
      if (!cookie) return undefined
      const expected = Buffer.from(signature(cookie.device, user))
      return cookie.signatures.some((one) => timingSafeEqual(Buffer.from(one), expected)) ? cookie.device : undefined
    },
    remember(reply, user) {
      const { device, signatures } = read(reply.request) ?? { device: randomBytes(16).toString('base64url'), signatures: [] }
      const own = signature(device, user)
      const others = signatures.filter((one) => one !== own).slice(0, MOST_ACCOUNTS - 1)
      void reply.setCookie(name, [device, own, ...others].join('.'), options)
    },
  }
}
