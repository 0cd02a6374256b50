import { rateLimited, type Limit, type Pace, type Pacer, type RateLimiter, type RateLimits } from './rate-limiter.ts'
import { TokenBucket } from './token-bucket.ts'

/** Limits in the memory of this process. `clock` gives ms. */
export function createMemoryLimits(clock: () => number = Date.now): RateLimits {
  return {
    window: (_name, limit) => createWindow(limit, clock),
    pace: (_name, pace) => createPacer(pace, clock),
  }
}

/** Buckets that nobody has used for so long as they take to fill are like new ones, and let go of. */
function createPacer({ burst, perSecond }: Pace, clock: () => number): Pacer {
  const fillMs = (burst / perSecond) * 1_000
  const buckets = new Map<string, { bucket: TokenBucket; usedAt: number }>()
  let sweepAt = clock() + fillMs
  return {
    async take(key, count = 1) {
      const now = clock()
      if (now >= sweepAt) {
        for (const [other, { usedAt }] of buckets) if (now - usedAt >= fillMs) buckets.delete(other)
        sweepAt = now + fillMs
      }
      const bucket = buckets.get(key)?.bucket ?? new TokenBucket(burst, perSecond, clock)
      buckets.set(key, { bucket, usedAt: now })
      if (!bucket.take(count)) throw rateLimited(bucket.wait(count) * 1_000)
    },
  }
}

/** A sliding window. */
function createWindow({ limit, windowMs }: Limit, clock: () => number): RateLimiter {
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
    throw rateLimited(oldest + windowMs - clock())
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
