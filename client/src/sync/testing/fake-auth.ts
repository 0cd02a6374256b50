import type { Me } from '@chatflow/shared/api'
import { problem } from '@chatflow/shared/errors'
import type { Fetch } from '../../platform/platform.ts'

/** An auth-server of one account, for platforms without one. */
export class FakeAuth {
  /** The refresh cookie is good. */
  session = false
  reachable = true
  readonly #user: Me

  constructor(user: Me) {
    this.#user = user
  }

  readonly fetch: Fetch = async (url) => {
    if (!this.reachable) throw new TypeError('no network')
    const answer = (status: number, body: unknown) => ({ status, json: async () => body })
    const signed = { user: this.#user, accessToken: this.#user.id, expiresAt: 0 }
    switch (new URL(url).pathname) {
      case '/api/auth/login':
        this.session = true
        return answer(200, signed)
      case '/api/auth/refresh':
        return this.session ? answer(200, signed) : answer(401, problem('session_ended'))
      case '/api/auth/logout':
        this.session = false
        return answer(204, undefined)
      default:
        return answer(404, problem('not_found'))
    }
  }
}
