import { isIPv6 } from 'node:net'
import { CodedError } from '@chatflow/shared/errors'

export interface RateLimiter {
  /** Counts one. Throws `rate_limited`, with the seconds to wait, once `limit` were counted within the window. */
  take(key: string): Promise<void>
  /**
   * Runs `attempt` and counts it if `isFailure` says so of what it throws. Throws `rate_limited` without running it when `limit` failures
   * were counted. Attempts that come together wait for each other where, were all to fail, they would pass the limit.
   */
  attempt<T>(key: string, attempt: () => Promise<T>, isFailure: (error: unknown) => boolean): Promise<T>
}

export interface Limit {
  limit: number
  windowMs: number
}

/** For `RATE_LIMITS=off`. */
export const noLimit: RateLimiter = {
  take: () => Promise.resolve(),
  attempt: (_key, attempt) => attempt(),
}

/** A sliding window in the memory of this process. `clock` gives ms. */
export function createRateLimiter({ limit, windowMs }: Limit, clock: () => number = Date.now): RateLimiter {
  const counters = new Map<string, Counter>()
  let sweepAt = clock() + windowMs

  function counterOf(key: string): Counter {
    const now = clock()
    if (now >= sweepAt) {
      for (const [other, counter] of counters) if (counter.isIdle(now - windowMs)) counters.delete(other)
      sweepAt = now + windowMs
    }
    let counter = counters.get(key)
    if (!counter) counters.set(key, (counter = new Counter()))
    counter.forgetBefore(now - windowMs)
    return counter
  }

  function refuseIfFull(counter: Counter): void {
    const oldest = counter.times[counter.times.length - limit]
    if (oldest === undefined) return
    throw new CodedError('rate_limited', undefined, Math.max(1, Math.ceil((oldest + windowMs - clock()) / 1000)))
  }

  return {
    async take(key) {
      const counter = counterOf(key)
      refuseIfFull(counter)
      counter.times.push(clock())
    },
    async attempt(key, attempt, isFailure) {
      let counter = counterOf(key)
      for (refuseIfFull(counter); counter.times.length + counter.running >= limit; refuseIfFull(counter)) {
        await new Promise<void>((resolve) => counter.waiting.push(resolve))
        counter = counterOf(key)
      }
      counter.running += 1
      try {
        return await attempt()
      } catch (error) {
        if (isFailure(error)) counter.times.push(clock())
        throw error
      } finally {
        counter.running -= 1
        for (const resolve of counter.waiting.splice(0)) resolve()
      }
    },
  }
}

/** What an address counts as: one IPv4 address, or the /64 network that one IPv6 customer has for himself. */
export function addressKey(address: string): string {
  if (!isIPv6(address) || address.includes('.')) return address.replace(/^::ffff:/i, '')
  const [head = '', tail = ''] = address.split('%')[0]?.split('::') ?? []
  const left = head.split(':').filter(Boolean)
  const right = tail.split(':').filter(Boolean)
  const groups = [...left, ...Array.from({ length: 8 - left.length - right.length }, () => '0'), ...right]
  return groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16)).join(':')
}

class Counter {
  times: number[] = []
  running = 0
  readonly waiting: (() => void)[] = []

  forgetBefore(time: number): void {
    this.times = this.times.filter((at) => at > time)
  }

  isIdle(since: number): boolean {
    return this.running === 0 && this.waiting.length === 0 && !this.times.some((at) => at > since)
  }
}
