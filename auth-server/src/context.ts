import type { Database } from '@chatflow/database'
import type { Verifier } from '@chatflow/server-kit/access-tokens'
import type { FileScanner } from '@chatflow/server-kit/file-scanner'
import type { Signed } from '@chatflow/shared/api/account'
import type { FastifyReply } from 'fastify'
import type { DeviceCookie } from './device-cookie.ts'
import type { AuthLimits } from './limits.ts'
import type { OpenMail } from './mail/open-sender.ts'
import type { Passwords } from './passwords.ts'
import type { RelyingParty } from './second-factors/ceremonies.ts'
import type { SecretBox } from './secret-box.ts'
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
  device: DeviceCookie
  limits: AuthLimits
  scanner: FileScanner
  mailReach: OpenMail['reach']
  /** To be called for an answer that put a mail into the queue: the worker looks once the answer has left. */
  mailed: (reply: FastifyReply) => void
  /** For secrets of authenticator apps. */
  box: SecretBox
  relyingParty: RelyingParty
}

/** Answers with a fresh access token, puts the refresh token into its cookie, and remembers the device. */
export async function signIn(context: AuthContext, reply: FastifyReply, user: User, session: Session): Promise<Signed> {
  const token = await context.tokens.issue(user, session.family)
  context.cookie.write(reply, session.token)
  context.device.remember(reply, user)
  return { user: meOf(user), ...token }
}
