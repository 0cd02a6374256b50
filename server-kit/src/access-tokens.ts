import { errors, jwtVerify, type JWTVerifyGetKey } from 'jose'
import { z } from 'zod'
import { CodedError, type ErrorCode } from '@chatflow/shared/errors'
import { isId, type Id } from '@chatflow/shared/ids'
import { GLOBAL_ROLES, type GlobalRole } from '@chatflow/shared/roles'

/** `aud` of every access token. */
export const AUDIENCE = 'chatflow'
/** `typ` of every access token (RFC 9068): nothing else that the same keys may come to sign is taken for one. */
export const ACCESS_TOKEN_TYPE = 'at+jwt'
/** The signature algorithms that are accepted; new keys use the first. */
const ALGORITHMS = ['EdDSA', 'ES256']
const LONGEST = 4_096

/** Who a request or a socket acts for. */
interface Identity {
  user: Id
  /** Family of sessions that the token belongs to (`session_families.id`). */
  session: Id
  role: GlobalRole
  /** When the token ends, ms since the epoch. */
  expiresAt: number
}

export interface Verifier {
  /** Throws `token_expired`, or `unauthenticated` for everything else that is wrong, or `unavailable` if the keys cannot be read. */
  verify(token: string): Promise<Identity>
}

const id = z.string().refine(isId)
const claims = z.object({ sub: id, sid: id, role: z.enum(GLOBAL_ROLES), exp: z.number(), iat: z.number() })

/** Checks access tokens against `keys` (jose's `createLocalJWKSet`, `createRemoteJWKSet`, or the one of `createAuth`). `clock` gives ms. */
export function createVerifier(keys: JWTVerifyGetKey, options: { issuer: string; audience?: string; clock?: () => number }): Verifier {
  const { issuer, audience = AUDIENCE, clock = Date.now } = options
  return {
    async verify(token) {
      if (token.length > LONGEST) throw new CodedError('unauthenticated')
      try {
        const { payload } = await jwtVerify(token, keys, { issuer, audience, typ: ACCESS_TOKEN_TYPE, algorithms: ALGORITHMS, currentDate: new Date(clock()) })
        const { sub, sid, role, exp } = claims.parse(payload)
        return { user: sub, session: sid, role, expiresAt: exp * 1000 }
      } catch (error) {
        throw new CodedError(codeOf(error))
      }
    },
  }
}

function codeOf(error: unknown): ErrorCode {
  // The keys themselves say that they have no such key.
  if (error instanceof CodedError) return error.code
  if (error instanceof errors.JWTExpired) return 'token_expired'
  if (error instanceof errors.JWKSTimeout) return 'unavailable'
  if (error instanceof errors.JOSEError || error instanceof z.ZodError) return error.constructor === errors.JOSEError ? 'unavailable' : 'unauthenticated'
  // Not about the token: the key set could not be fetched or read.
  return 'unavailable'
}
