import type { DeviceSubscription, PushDevice } from './push.ts'

/** The push of one device, as a test plays it. */
export class MemoryPush implements PushDevice {
  readonly available: boolean
  language: string | undefined
  /** The push service cannot be reached, or declines. */
  failing = false
  current: DeviceSubscription | undefined
  #made = 0
  readonly #listeners = new Set<() => void>()

  constructor(available = true) {
    this.available = available
  }

  async subscription(): Promise<DeviceSubscription | undefined> {
    return this.current
  }

  async subscribe(serverKey: string): Promise<DeviceSubscription> {
    if (this.failing) throw new Error('AbortError: push service error')
    this.#made += 1
    this.current = { endpoint: `https://push.example/${this.#made}`, keys: { p256dh: 'p256dh', auth: 'auth' }, serverKey }
    return this.current
  }

  async unsubscribe(): Promise<void> {
    this.current = undefined
  }

  onChanged(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  keepLanguage(language: string): void {
    this.language = language
  }

  /** The browser ends the subscription by itself. */
  end(): void {
    this.current = undefined
    for (const listener of this.#listeners) listener()
  }
}
