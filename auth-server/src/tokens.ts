import { SignJWT } from 'jose'
import { ACCESS_TOKEN_TYPE, AUDIENCE } from '@chatflow/server-kit/access-tokens'
import type { Id } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'
import type { GlobalRole } from '@chatflow/shared/roles'
import type { SigningKeys } from './signing-keys.ts'

interface AccessToken {
  accessToken: string
  /** ms since the epoch. */
  expiresAt: number
}

export interface Tokens {
  /** An access token of the session family `session`. */
  issue(user: { id: Id; role: GlobalRole }, session: Id): Promise<AccessToken>
}

export function createTokens(keys: SigningKeys, issuer: string, clock: () => number): Tokens {
  return {
    async issue(user, session) {
      const { kid, alg, key } = await keys.signer()
      const issuedAt = Math.floor(clock() / 1000)
      const expires = issuedAt + LIMITS.accessTokenSeconds
      const accessToken = await new SignJWT({ sid: session, role: user.role })
        .setProtectedHeader({ alg, kid, typ: ACCESS_TOKEN_TYPE })
        .setIssuer(issuer)
        .setAudience(AUDIENCE)
        .setSubject(user.id)
        .setIssuedAt(issuedAt)
        .setExpirationTime(expires)
        .sign(key)
      return { accessToken, expiresAt: expires * 1000 }
    },
  }
}
