import type { PushSubscriptionInfo } from '@chatflow/shared/api/push'
import type { Id } from '@chatflow/shared/ids'
import type { ServerCalls } from '../chat/contract.ts'
import type { PushState } from '../chat/views.ts'
import type { Clock, KeyValue, Locks } from '../platform/platform.ts'
import type { PushDevice } from '../platform/push.ts'

/** ms after which the server is told of the subscription again: it may have given it up. */
const TOLD_EVERY = 12 * 3_600_000
/** ms that a sign-out waits for the browser to end it. */
const ENDS_WITHIN = 2_000

/** What the server was told last. */
interface Told {
  id: Id
  endpoint: string
  language: string
  at: number
}

export interface PushSubscriberOptions {
  clock: Clock
  push: PushDevice
  /** Shared with the other tabs of the device. */
  locks: Locks
  keyValue: KeyValue
  /** Where it is kept whether the person wants it here, and what the server knows. */
  key: string
  device: Id
  language(): string
  call: ServerCalls['call']
  onChange(): void
}

/** Keeps this device subscribed to push messages while the person wants them here: with the server's present key, and known to the server under this session. */
export class PushSubscriber {
  readonly #options: PushSubscriberOptions
  #state: PushState
  #working: Promise<void> | undefined
  #again = false
  /** Not wanted until it is asked for again. */
  #paused = false

  constructor(options: PushSubscriberOptions) {
    this.#options = options
    this.#state = !options.push.available ? 'unavailable' : this.#isOff ? 'off' : 'waiting'
  }

  get state(): PushState {
    return this.#state
  }

  /** Brings it about, or leaves it as it is where the server or the push service cannot be reached: to be called again when they may be. */
  async keepUp(): Promise<void> {
    this.#paused = false
    await this.#work()
  }

  async #work(): Promise<void> {
    if (!this.#options.push.available || this.#isUnwanted) return
    if (this.#working) {
      this.#again = true
      return this.#working
    }
    // Of two tabs that find the same fault, the second one finds it mended: it would else take away what the first one has made.
    this.#working = this.#options.locks.run(this.#options.key, () => this.#subscribe()).finally(() => (this.#working = undefined))
    await this.#working
    if (!this.#again) return
    this.#again = false
    await this.#work()
  }

  async turnOn(): Promise<void> {
    this.#options.keyValue.remove(this.#key('off'))
    this.#set('waiting')
    await this.keepUp()
  }

  /** On this device only, and for good. */
  async turnOff(): Promise<void> {
    this.#options.keyValue.set(this.#key('off'), '1')
    this.#set('off')
    await this.#unsubscribe()
  }

  /** Notifications are not wanted here for the time being, of whatever kind. */
  async pause(): Promise<void> {
    this.#paused = true
    this.#set('waiting')
    await this.#unsubscribe()
  }

  async #unsubscribe(): Promise<void> {
    const { call, push } = this.#options
    const told = this.#told
    this.forgetTold()
    await push.unsubscribe()
    // Unreached, the server learns it from the push service.
    if (told) await call('DELETE', `/api/push/subscriptions/${told.id}`)
  }

  /** Another session is signed in: the server has to be told again. */
  forgetTold(): void {
    this.#options.keyValue.remove(this.#key('told'))
  }

  /** Nobody is signed in here any more. The server drops it with the session. */
  async end(): Promise<void> {
    const { push, clock } = this.#options
    if (!push.available) return
    this.#paused = true
    await Promise.race([push.unsubscribe(), new Promise<void>((resolve) => clock.setTimeout(resolve, ENDS_WITHIN))])
  }

  async #subscribe(): Promise<void> {
    const { push, call, clock, device, keyValue, language } = this.#options
    // While the lock was waited for.
    if (this.#isUnwanted) return
    const key = await call<{ key: string }>('GET', '/api/push/key')
    if (!key.ok) return this.#came(key.code === 'offline' ? 'waiting' : 'failed')
    try {
      let subscription = await push.subscription()
      if (subscription?.serverKey !== undefined && subscription.serverKey !== key.value.key) {
        // The server has another key than when it was made: nothing would arrive.
        await push.unsubscribe()
        subscription = undefined
      }
      if (subscription !== undefined && subscription.endpoint === this.#told?.endpoint) {
        const known = await call<{ subscriptions: Pick<PushSubscriptionInfo, 'device'>[] }>('GET', '/api/push/subscriptions')
        if (!known.ok) return this.#came(known.code === 'offline' ? 'waiting' : 'failed')
        if (!known.value.subscriptions.some((one) => one.device === device)) {
          // Its push service has told the server that it is gone, of which a browser hears nothing.
          await push.unsubscribe()
          // A browser that does not let go of it gives the same one again.
          this.forgetTold()
          subscription = undefined
        }
      }
      subscription ??= await push.subscribe(key.value.key)
      // Switched off, or paused, while it was being made.
      if (this.#isUnwanted) return await push.unsubscribe()
      const told = this.#told
      const { endpoint, keys } = subscription
      if (told?.endpoint === endpoint && told.language === language() && clock.now() - told.at < TOLD_EVERY) return this.#came('on')
      const answer = await call<{ id: Id }>('POST', '/api/push/subscriptions', { endpoint, keys, device, language: language() })
      if (!answer.ok) return this.#came(answer.code === 'offline' ? 'waiting' : 'failed')
      keyValue.set(this.#key('told'), JSON.stringify({ id: answer.value.id, endpoint, language: language(), at: clock.now() } satisfies Told))
      if (this.#isUnwanted) return await this.#unsubscribe()
      this.#came('on')
    } catch {
      // The browser or its push service declines, as where that cannot be reached.
      this.#came('failed')
    }
  }

  /** How it came out, unless it is not wanted any more. */
  #came(state: PushState): void {
    if (!this.#isUnwanted) this.#set(state)
  }

  #set(state: PushState): void {
    if (state === this.#state) return
    this.#state = state
    this.#options.onChange()
  }

  get #isUnwanted(): boolean {
    return this.#paused || this.#isOff
  }

  get #isOff(): boolean {
    return this.#options.keyValue.get(this.#key('off')) !== undefined
  }

  get #told(): Told | undefined {
    try {
      return (JSON.parse(this.#options.keyValue.get(this.#key('told')) ?? 'null') as Told | null) ?? undefined
    } catch {
      return undefined
    }
  }

  #key(name: string): string {
    return `${this.#options.key}:${name}`
  }
}
