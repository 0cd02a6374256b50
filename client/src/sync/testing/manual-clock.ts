import type { Clock, Timer } from '../../platform/platform.ts'

interface Waiting {
  at: number
  work: () => void
  every: number | undefined
}

/** A clock that stands still until a test moves it. */
export class ManualClock implements Clock {
  #now: number
  readonly #waiting = new Set<Waiting>()

  constructor(now = 1_000_000) {
    this.#now = now
  }

  now(): number {
    return this.#now
  }

  setTimeout(work: () => void, ms: number): Timer {
    return this.#add(work, ms, undefined)
  }

  setInterval(work: () => void, ms: number): Timer {
    return this.#add(work, ms, ms)
  }

  clearTimeout(timer: Timer | undefined): void {
    this.#waiting.delete(timer as Waiting)
  }

  clearInterval(timer: Timer): void {
    this.clearTimeout(timer)
  }

  /** Runs everything that is due within `ms`, in order, letting promises settle in between. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms
    for (;;) {
      await settle()
      const next = [...this.#waiting].filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0]
      if (!next) break
      this.#now = Math.max(this.#now, next.at)
      if (next.every === undefined) this.#waiting.delete(next)
      else next.at += next.every
      next.work()
    }
    this.#now = end
    await settle()
  }

  #add(work: () => void, ms: number, every: number | undefined): Timer {
    const timer: Waiting = { at: this.#now + ms, work, every }
    this.#waiting.add(timer)
    return timer
  }
}

/** Lets promises that are already on their way settle. */
async function settle(): Promise<void> {
  for (let i = 0; i < 20; i += 1) await Promise.resolve()
}
