import { expect, it } from 'vitest'
import { TokenBucket } from './token-bucket.ts'

function setUp(burst: number, perSecond: number) {
  let now = 0
  return { bucket: new TokenBucket(burst, perSecond, () => now), pass: (ms: number) => void (now += ms) }
}

/** How many can be taken until one is refused. */
function drain(bucket: TokenBucket): number {
  let taken = 0
  while (bucket.take()) taken += 1
  return taken
}

it('gives its burst at once, then what has dripped in, never more than the burst', () => {
  const { bucket, pass } = setUp(5, 2)
  expect(drain(bucket)).toBe(5)
  pass(499)
  expect(bucket.take()).toBe(false)
  pass(1)
  expect(drain(bucket)).toBe(1)
  pass(60_000)
  expect(drain(bucket)).toBe(5)
})

it('takes several at once or none of them', () => {
  const { bucket, pass } = setUp(5, 1)
  expect(bucket.take(6)).toBe(false)
  expect(bucket.take(4)).toBe(true)
  expect(bucket.take(3)).toBe(false)
  expect(bucket.wait(3)).toBe(2)
  pass(2_000)
  expect(bucket.take(3)).toBe(true)
})

it('says how long until there is one', () => {
  const { bucket, pass } = setUp(1, 2)
  bucket.take()
  expect(bucket.take()).toBe(false)
  expect(bucket.wait()).toBe(0.5)
  pass(300)
  expect(bucket.take()).toBe(false)
  expect(bucket.wait()).toBeCloseTo(0.2)
  pass(200)
  expect(bucket.take()).toBe(true)
})

it('keeps fractions, so that impatience costs nothing', () => {
  const { bucket, pass } = setUp(1, 1)
  bucket.take()
  let taken = 0
  for (let step = 0; step < 1_000; step += 1) {
    pass(10)
    if (bucket.take()) taken += 1
  }
  expect(taken).toBeGreaterThanOrEqual(9)
  expect(taken).toBeLessThanOrEqual(10)
})

it('gives nothing back for a clock that is set back', () => {
  const { bucket, pass } = setUp(2, 1)
  drain(bucket)
  pass(-3_600_000)
  expect(bucket.take()).toBe(false)
  pass(1_000)
  expect(bucket.take()).toBe(true)
})
