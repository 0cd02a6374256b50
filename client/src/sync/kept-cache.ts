import type { Clock, KeyValue, Timer } from '../platform/platform.ts'

export interface KeptCacheOptions {
  values: KeyValue
  clock: Clock
  key: string
  /** ms from a change to its being kept. */
  after: number
  /** What there is to keep now; goes through JSON. */
  content(): unknown
}

/** Keeps something small on this device, a moment after it has changed. It is only a cache: what is lost of it comes again. */
export class KeptCache {
  readonly #options: KeptCacheOptions
  #timer: Timer | undefined
  #stopped = false

  constructor(options: KeptCacheOptions) {
    this.#options = options
  }

  /** Hands over what is kept, if anything; what of it is damaged may throw. */
  load(take: (kept: unknown) => void): void {
    const { values, key } = this.#options
    const kept = values.get(key)
    if (kept === undefined) return
    try {
      take(JSON.parse(kept))
    } catch {
      // Damaged.
    }
  }

  changed(): void {
    const { clock, after } = this.#options
    if (!this.#stopped) this.#timer ??= clock.setTimeout(() => this.keep(), after)
  }

  /** At once. */
  keep(): void {
    const { values, clock, key, content } = this.#options
    clock.clearTimeout(this.#timer)
    this.#timer = undefined
    values.set(key, JSON.stringify(content()))
  }

  /** Nothing is kept by itself any more; `keep`: now, for the last time. */
  stop(keep: boolean): void {
    this.#stopped = true
    this.#options.clock.clearTimeout(this.#timer)
    if (keep) this.keep()
  }
}
