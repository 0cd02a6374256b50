import type { Me } from '@chatflow/shared/api/account'
import { problem } from '@chatflow/shared/errors'
import type { Fetch } from '../../platform/platform.ts'

/** An auth-server of one account, for platforms without one. The access token is the user's id. */
export class FakeAuth {
  /** The refresh cookie is good. */
  session = false
  reachable = true
  /** An administrator has deactivated the account. */
  disabled = false
  /** Something on the way answers every request with this status. */
  failWith: number | undefined
  refreshes = 0
  /** Refreshes that were under way at the same time, at most. */
  mostAtOnce = 0
  #now = 0
  /** The account as the server knows it now. */
  user: Me

  constructor(user: Me) {
    this.user = user
  }

  readonly fetch: Fetch = async (url) => {
    if (!this.reachable) throw new TypeError('no network')
    const answer = (status: number, body: unknown) => ({ status, json: async () => body })
    if (this.failWith !== undefined) return answer(this.failWith, 'blocked')
    const signed = { user: this.user, accessToken: this.user.id, expiresAt: 0 }
    switch (new URL(url).pathname) {
      case '/api/auth/login':
        this.session = true
        return answer(200, signed)
      case '/api/auth/refresh':
        this.refreshes += 1
        this.#now += 1
        this.mostAtOnce = Math.max(this.mostAtOnce, this.#now)
        await Promise.resolve()
        this.#now -= 1
        if (this.disabled) return answer(403, problem('account_disabled'))
        return this.session ? answer(200, signed) : answer(401, problem('session_ended'))
      case '/api/auth/logout':
        this.session = false
        return answer(204, undefined)
      case '/api/auth/me':
        return this.session ? answer(200, this.user) : answer(401, problem('session_ended'))
      default:
        return answer(404, problem('not_found'))
    }
  }
}
