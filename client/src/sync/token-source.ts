import type { Me } from '@chatflow/shared/api/account'

/** Who is signed in, and fresh access tokens for it. */
export interface TokenSource {
  readonly user: Me
  /** An access token that is good for a while. Rejects with `SessionEnded`, or with anything else while there is no network. */
  token(): Promise<string>
  /** The server did not take the token: the next `token()` gets a new one. */
  refuse(): void
  /** Tells of each new token: one on any document extends the whole socket. */
  onFresh(listener: () => void): () => void
}

/** The session is over: only signing in again helps, and where the account has been deactivated, not even that. */
export class SessionEnded extends Error {
  readonly code: 'session_ended' | 'account_disabled'
  constructor(code: 'session_ended' | 'account_disabled' = 'session_ended') {
    super('the session has ended')
    this.name = 'SessionEnded'
    this.code = code
  }
}
