import type { Database } from '@chatflow/database'
import type { Verifier } from '@chatflow/server-kit/access-tokens'
import type { RateLimiter } from '@chatflow/server-kit/rate-limiter'
import type { Signed } from '@chatflow/shared/api/account'
import type { FastifyReply } from 'fastify'
import type { Passwords } from './passwords.ts'
import type { SessionCookie } from './session-cookie.ts'
import type { Session, Sessions } from './sessions.ts'
import type { SigningKeys } from './signing-keys.ts'
import type { Tokens } from './tokens.ts'
import { meOf, type User } from './users.ts'

/** What the routes share. */
export interface AuthContext {
  db: Database
  publicUrl: string
  clock: () => number
  passwords: Passwords
  sessions: Sessions
  signingKeys: SigningKeys
  tokens: Tokens
  verifier: Verifier
  cookie: SessionCookie
  limits: { register: RateLimiter; loginOfAddress: RateLimiter; loginOfAccount: RateLimiter; profile: RateLimiter }
}

/** Answers with a fresh access token, and puts the refresh token into the cookie. */
export async function signIn(context: AuthContext, reply: FastifyReply, user: User, session: Session): Promise<Signed> {
  const token = await context.tokens.issue(user, session.family)
  context.cookie.write(reply, session.token)
  return { user: meOf(user), ...token }
}
