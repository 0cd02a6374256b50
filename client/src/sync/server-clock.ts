import type { Clock } from '../platform/platform.ts'

/** The server's time, as its greetings tell it: this device's own clock may be wrong by hours. */
export class ServerClock {
  readonly #clock: Clock
  #ahead = 0
  #first: number | undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** The server says that it is `time` now, ms. */
  heard(time: number): void {
    this.#ahead = time - this.#clock.now()
    this.#first ??= time
  }

  /** When this page heard of the server first, by the server's clock; undefined: it has not yet. */
  get first(): number | undefined {
    return this.#first
  }

  now(): number {
    return this.#clock.now() + this.#ahead
  }
}
