import { expect, it } from 'vitest'
import { median, rankTest } from './rank-test.ts'

const range = (length: number, from = 0, step = 1): number[] => Array.from({ length }, (_, i) => from + i * step)

it('samples of which every one of a side is smaller hardly come from one distribution', () => {
  expect(rankTest(range(10), range(10, 100))).toBeCloseTo(0.000183, 5)
})

it('samples that lie between each other may well', () => {
  expect(rankTest(range(10, 0, 2), range(10, 1, 2))).toBeGreaterThan(0.6)
})

it('gives nearly the exact value, the same from either side, also with ties', () => {
  // Counted out over all orders it is 0.2544.
  const a = [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46]
  const b = [1.15, 0.88, 0.9, 0.74, 1.21]
  expect(rankTest(a, b)).toBeCloseTo(0.2446, 3)
  expect(rankTest(b, a)).toBeCloseTo(rankTest(a, b), 10)
  const tied = [1, 1, 2, 2, 3, 3, 4, 4]
  expect(rankTest(tied, tied)).toBeCloseTo(1, 6)
  expect(rankTest(range(8, 1, 0), range(8, 1, 0))).toBe(1)
})

it('the median is the middle, or lies between the two', () => {
  expect(median([9, 1, 5])).toBe(5)
  expect(median([4, 1, 2, 9])).toBe(3)
})
