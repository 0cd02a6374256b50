import { describe, expect, it } from 'vitest'
import { addressKey, createRateLimiter } from './rate-limiter.ts'

function setUp(limit = 3) {
  let now = 1_000_000
  const limiter = createRateLimiter({ limit, windowMs: 60_000 }, () => now)
  return { limiter, pass: (ms: number) => void (now += ms) }
}
const wrong = () => Promise.reject(new Error('wrong'))
const always = () => true

describe('a rate limiter', () => {
  it('refuses past its limit, says when to come back, and lets pass then', async () => {
    const { limiter, pass } = setUp()
    await limiter.take('a')
    pass(10_000)
    await limiter.take('a')
    await limiter.take('a')
    await expect(limiter.take('a')).rejects.toMatchObject({ code: 'rate_limited', retryAfter: 50 })
    await limiter.take('b')
    pass(50_000)
    await limiter.take('a')
    await expect(limiter.take('a')).rejects.toMatchObject({ code: 'rate_limited', retryAfter: 10 })
  })

  it('counts failures, not successes', async () => {
    const { limiter } = setUp()
    for (let i = 0; i < 10; i++) expect(await limiter.attempt('a', () => Promise.resolve(i), always)).toBe(i)
    for (let i = 0; i < 3; i++) await expect(limiter.attempt('a', wrong, always)).rejects.toThrow('wrong')
    await expect(limiter.attempt('a', () => Promise.resolve(1), always)).rejects.toMatchObject({ code: 'rate_limited' })
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

describe('an address', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::9', '2001:db8:1:2'],
    ['2001:0db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
  ])('%s counts as %s', (address, key) => {
    expect(addressKey(address)).toBe(key)
  })
})
