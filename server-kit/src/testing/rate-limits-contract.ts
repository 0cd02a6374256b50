import { describe, expect, it } from 'vitest'
import type { Pace, RateLimits } from '../rate-limiter.ts'

/** What every kind of limits does alike; run against each. `open` gives new ones that go by `clock`. */
export function rateLimitsContract(kind: string, open: (clock: () => number) => RateLimits): void {
  let made = 0
  function setUp({ limit = 3, windowMs = 60_000, pace = { burst: 20, perSecond: 2 } }: { limit?: number; windowMs?: number; pace?: Pace } = {}) {
    let ahead = 0
    const limits = open(() => Date.now() + ahead)
    const name = `test ${(made += 1)}`
    return { limiter: limits.window(name, { limit, windowMs }), pacer: limits.pace(name, pace), limits, name, pass: (ms: number) => void (ahead += ms) }
  }
  const wrong = () => Promise.reject(new Error('wrong'))
  const always = () => true

  describe(`a rate limiter (${kind})`, () => {
    it('refuses past its limit, says when to come back, and lets pass then', async () => {
      const { limiter, pass } = setUp()
      await limiter.take('a')
      pass(10_000)
      await limiter.take('a')
      await limiter.take('a')
      const refused = await limiter.take('a').catch((error: unknown) => error as { code: string; retryAfter: number })
      expect(refused).toMatchObject({ code: 'rate_limited' })
      expect(refused?.retryAfter).toBeGreaterThan(45)
      expect(refused?.retryAfter).toBeLessThanOrEqual(50)
      await limiter.take('b')
      pass(50_000)
      await limiter.take('a')
      await expect(limiter.take('a')).rejects.toMatchObject({ code: 'rate_limited' })
    })

    it('allows its limit in every window, not twice that around the turn of one', async () => {
      const { limiter, pass } = setUp()
      await limiter.take('a')
      pass(58_000)
      await limiter.take('a')
      await limiter.take('a')
      pass(3_000)
      await limiter.take('a')
      await expect(limiter.take('a')).rejects.toMatchObject({ code: 'rate_limited' })
    })

    it('keeps one name apart from another', async () => {
      const { limiter, limits, name } = setUp({ limit: 1 })
      await limiter.take('a')
      await limits.window(`${name} other`, { limit: 1, windowMs: 60_000 }).take('a')
      await expect(limiter.take('a')).rejects.toMatchObject({ code: 'rate_limited' })
    })

    it('counts failures, not successes', async () => {
      const { limiter } = setUp()
      for (let i = 0; i < 10; i++) expect(await limiter.attempt('a', () => Promise.resolve(i), always)).toBe(i)
      for (let i = 0; i < 3; i++) await expect(limiter.attempt('a', wrong, always)).rejects.toThrow('wrong')
      const refused = limiter.attempt('a', () => Promise.resolve(1), always)
      await expect(refused).rejects.toMatchObject({ code: 'rate_limited' })
      expect(await limiter.attempt('b', () => Promise.resolve(1), always)).toBe(1)
    })

    it('counts only the failures it is told to', async () => {
      const { limiter } = setUp()
      for (let i = 0; i < 10; i++) await expect(limiter.attempt('a', wrong, () => false)).rejects.toThrow('wrong')
    })

    it('lets no burst of attempts pass the limit', async () => {
      const { limiter } = setUp()
      let ran = 0
      const attempts = Array.from({ length: 20 }, () =>
        limiter.attempt('a', async () => {
          ran += 1
          await Promise.resolve()
          throw new Error('wrong')
        }, always),
      )
      const results = await Promise.allSettled(attempts)
      expect(ran).toBe(3)
      expect(results.every((result) => result.status === 'rejected')).toBe(true)
    })

    it('refuses nobody in a burst of attempts that succeed', async () => {
      const { limiter } = setUp()
      const results = await Promise.all(Array.from({ length: 20 }, (_, i) => limiter.attempt('a', () => Promise.resolve(i), always)))
      expect(results).toHaveLength(20)
    })
  })

  describe(`a pacer (${kind})`, () => {
    it('gives its burst at once, then its pace, and says how long to wait', async () => {
      const { pacer, pass } = setUp()
      await pacer.take('a', 15)
      await pacer.take('a', 5)
      await expect(pacer.take('a', 4)).rejects.toMatchObject({ code: 'rate_limited', retryAfter: 2 })
      await pacer.take('b', 20)
      pass(2_000)
      await pacer.take('a', 4)
      await expect(pacer.take('a')).rejects.toMatchObject({ code: 'rate_limited', retryAfter: 1 })
    })

    it('takes nothing when it refuses, and never holds more than its burst', async () => {
      const { pacer, pass } = setUp({ pace: { burst: 4, perSecond: 1 } })
      await pacer.take('a', 3)
      await expect(pacer.take('a', 3)).rejects.toMatchObject({ code: 'rate_limited' })
      await pacer.take('a', 1)
      pass(3_600_000)
      await pacer.take('a', 4)
      await expect(pacer.take('a', 1)).rejects.toMatchObject({ code: 'rate_limited' })
    })

    it('takes none at no cost', async () => {
      const { pacer } = setUp({ pace: { burst: 1, perSecond: 0.001 } })
      await pacer.take('a', 1)
      await pacer.take('a', 0)
    })
  })
}
