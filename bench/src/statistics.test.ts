import { expect, test } from 'vitest'
import { percentile } from './statistics.ts'

test('percentiles are values that were measured', () => {
  const values = [5, 1, 4, 2, 3]
  expect(percentile(values, 50)).toBe(3)
  expect(percentile(values, 99)).toBe(5)
  expect(percentile([7], 50)).toBe(7)
  expect(percentile([], 50)).toBeNaN()
})
