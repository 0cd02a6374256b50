import type { Clock, Timer } from '../platform/platform.ts'
import type { ChatState } from './contract.ts'

/** ms; a timer of a month fires at once, so whatever ends later than this is looked at again then. */
const MOST = 86_400_000

/** Statuses end by themselves: then the screen is made anew. */
export class StatusTimer {
  readonly #clock: Clock
  readonly #wake: () => void
  #timer: Timer | undefined
  #ends: number | undefined

  constructor(clock: Clock, wake: () => void) {
    this.#clock = clock
    this.#wake = wake
  }

  /** To be told of each state that is shown. */
  follow({ rooms, timeline, status }: Pick<ChatState, 'rooms' | 'timeline' | 'status'>): void {
    const ends = [status, ...rooms.flatMap((room) => room.with.map((person) => person.status)), ...(timeline?.members ?? []).map((member) => member.status)].flatMap((shown) => shown?.until ?? [])
    const next = ends.length === 0 ? undefined : ends.reduce((a, b) => Math.min(a, b))
    if (next === this.#ends) return
    this.stop()
    this.#ends = next
    if (next === undefined) return
    this.#timer = this.#clock.setTimeout(() => {
      this.#ends = undefined
      this.#wake()
    }, Math.min(Math.max(next - this.#clock.now(), 0), MOST))
  }

  stop(): void {
    this.#clock.clearTimeout(this.#timer)
    this.#ends = undefined
  }
}
