import type { Me, Signed } from '@chatflow/shared/api/account'
import type { Language } from '@chatflow/shared/languages'
import type { Platform, Timer } from '../platform/platform.ts'
import { ApiError, request } from './api.ts'
import { Listeners } from './listeners.ts'
import { confirmationBody, takeSecondStep, type Confirmation, type SecondStep } from './second-step.ts'
import { SessionEnded, type TokenSource } from './token-source.ts'

const KEY = 'chatflow:user'
/** Set while the server has not been told of a sign-out: the cookie is still good, and must not sign anyone in. */
const LEAVING = 'chatflow:signed-out'
/** Held while the cookie is rotated. */
const REFRESH = 'chatflow:refresh'
/** ms before its end at which a token counts as used up. */
const AHEAD = 60_000
/** ms after which a failed refresh ahead of time is tried again. */
const TRY_AGAIN = 10_000
/** Lifetime assumed where a token does not say its own. */
const LIFETIME = 300_000

/**
 * The account that is signed in here. Who it is stays known without a network and after the session has ended, so that
 * local data opens; access tokens live in memory only, the refresh cookie out of reach of scripts.
 */
export class Account implements TokenSource {
  readonly #platform: Platform
  readonly #fresh = new Listeners()
  #user: Me | undefined
  #token: { value: string; until: number } | undefined
  #refreshing: Promise<string> | undefined
  #timer: Timer | undefined

  constructor(platform: Platform) {
    this.#platform = platform
    this.#user = readUser(platform)
  }

  get isKnown(): boolean {
    return this.#user !== undefined
  }

  get user(): Me {
    if (!this.#user) throw new SessionEnded()
    return this.#user
  }

  /**
   * Where nobody is known: ends a session that could not be ended when signing out, or takes one up on a device that
   * remembers nothing but the cookie. Answers whether someone is signed in now.
   */
  async resume(): Promise<boolean> {
    const { keyValue } = this.#platform
    if (keyValue.get(LEAVING) !== undefined) void this.#logOut().catch(() => undefined)
    if (keyValue.durable) return false
    try {
      await this.#refresh()
      return true
    } catch {
      return false
    }
  }

  async register(form: { email: string; username: string; displayName: string; password: string; invitation?: string; language?: Language }): Promise<Me> {
    return this.#signed(await request<Signed>(this.#platform, 'POST', '/api/auth/register', { body: form }))
  }

  /** Rejects with `second_factor_required` (see `challengeOf`) where the password is not enough. */
  async signIn(form: { login: string; password: string }): Promise<Me> {
    return this.#signed(await request<Signed>(this.#platform, 'POST', '/api/auth/login', { body: form }))
  }

  /** The second step of a sign-in, or a passkey alone. Rejects with `PasskeyDeclined` where the device gives none. */
  async signInWith(step: SecondStep): Promise<Me> {
    return this.#signed(await takeSecondStep(this.#platform, step))
  }

  /** Shows once more who is signed in. Rejects like the sign-in that it resembles. */
  async confirm(step: Confirmation): Promise<Me> {
    const token = await this.token()
    const body = await confirmationBody(this.#platform, step, token)
    return this.#platform.locks.run(REFRESH, async () => {
      try {
        return this.#signed(await request<Signed>(this.#platform, 'POST', '/api/auth/confirm', { token, body }))
      } catch (error) {
        // The cookie may be another one now though the answer did not come: within seconds a refresh still gets it. Or the session has ended, which it will say.
        if (!(error instanceof ApiError) || error.code === 'session_ended' || error.code === 'refresh_reused') this.refuse()
        throw error
      }
    })
  }

  /** Ends the session here, then has `wipe` remove what is kept, and then ends it on the server if that can be reached. */
  async signOut(wipe: () => Promise<void> = async () => undefined): Promise<void> {
    this.#platform.keyValue.set(LEAVING, '1')
    const token = this.#token?.value
    this.forget()
    await wipe()
    await this.#logOut(token).catch(() => undefined)
  }

  /** The account's names or picture are these now, for this device and its next start. */
  learn(me: Me): void {
    // Another tab may have signed out in this moment: what is gone is not to come back.
    if (me.id !== this.#user?.id || readUser(this.#platform)?.id !== me.id) return
    this.#user = me
    this.#platform.keyValue.set(KEY, JSON.stringify(me))
  }

  /** The account is gone: there is no session left to be ended. */
  forget(): void {
    this.stop()
    this.#user = undefined
    this.#token = undefined
    this.#platform.keyValue.remove(KEY)
  }

  /** Asks the server how the account is now: an address may have been confirmed on another device. Rejects like `token`, and with `ApiError`. */
  async reload(): Promise<void> {
    const user = await request<Me>(this.#platform, 'GET', '/api/auth/me', { token: await this.token() })
    this.learn(user)
  }

  /** Another tab has signed in or out. */
  reread(): void {
    const user = readUser(this.#platform)
    if (user?.id !== this.#user?.id) this.#token = undefined
    this.#user = user
  }

  async token(): Promise<string> {
    if (this.#token && this.#platform.clock.now() < this.#token.until) return this.#token.value
    return this.#refresh()
  }

  refuse(): void {
    this.#token = undefined
  }

  onFresh(listener: () => void): () => void {
    return this.#fresh.add(listener)
  }

  stop(): void {
    this.#platform.clock.clearTimeout(this.#timer)
  }

  async #logOut(token?: string): Promise<void> {
    await request(this.#platform, 'POST', '/api/auth/logout', { body: {}, ...(token === undefined ? {} : { token }) })
    this.#platform.keyValue.remove(LEAVING)
  }

  /** One at a time in this tab, and over all tabs: the cookie is rotated by each use. */
  #refresh(): Promise<string> {
    this.#refreshing ??= this.#platform.locks
      .run(REFRESH, () => this.#rotate())
      .finally(() => {
        this.#refreshing = undefined
      })
    return this.#refreshing
  }

  async #rotate(): Promise<string> {
    let signed: Signed
    try {
      signed = await request<Signed>(this.#platform, 'POST', '/api/auth/refresh', { body: {} })
    } catch (error) {
      // Only these two are the auth-server's own no; anything else may come from something on the way.
      if (error instanceof ApiError && error.code === 'account_disabled') throw new SessionEnded(error.code)
      if (error instanceof ApiError && error.status === 401) throw new SessionEnded()
      throw error
    }
    // Signed out while this was under way.
    if (this.#platform.keyValue.get(LEAVING) !== undefined) throw new SessionEnded()
    // Another account was signed in from another tab: what is on this page is not its data.
    if (this.#user && signed.user.id !== this.#user.id) throw new SessionEnded()
    this.#signed(signed)
    return signed.accessToken
  }

  #signed(signed: Signed): Me {
    const { clock, keyValue } = this.#platform
    this.#user = signed.user
    keyValue.set(KEY, JSON.stringify(signed.user))
    keyValue.remove(LEAVING)
    const lifetime = Math.max(lifetimeOf(signed.accessToken) - AHEAD, lifetimeOf(signed.accessToken) / 2)
    this.#token = { value: signed.accessToken, until: clock.now() + lifetime }
    this.#renewIn(lifetime)
    this.#fresh.emit()
    return signed.user
  }

  #renewIn(ms: number): void {
    const { clock } = this.#platform
    clock.clearTimeout(this.#timer)
    this.#timer = clock.setTimeout(() => {
      this.#refresh().catch((error: unknown) => {
        if (!(error instanceof SessionEnded)) this.#renewIn(TRY_AGAIN)
      })
    }, ms)
  }
}

/** ms between issue and expiry as the token says them: the device's own clock may be wrong by hours. */
function lifetimeOf(token: string): number {
  try {
    const payload: unknown = JSON.parse(atob((token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')))
    const { iat, exp } = payload as { iat: number; exp: number }
    return exp > iat ? (exp - iat) * 1_000 : LIFETIME
  } catch {
    return LIFETIME
  }
}

function readUser(platform: Platform): Me | undefined {
  try {
    const user: unknown = JSON.parse(platform.keyValue.get(KEY) ?? 'null')
    return typeof user === 'object' && user !== null && typeof (user as Me).id === 'string' ? (user as Me) : undefined
  } catch {
    return undefined
  }
}
