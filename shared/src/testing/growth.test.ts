import { expect, test } from 'vitest'
import { growth, ratio, STEEP } from './growth.ts'

const sumOf = (list: readonly number[]) => list.reduce((sum, n) => sum + n, 0)
const pairsOf = (list: readonly number[]) => list.reduce((sum, n) => sum + list.reduce((inner, m) => inner + (m ^ n), 0), 0)
const numbers = (size: number) => Array.from({ length: size }, (_, i) => i)

test('work that grows as its input is told from work that grows with its square', () => {
  expect(growth((size) => () => sumOf(numbers(size)), 80_000)).toBeLessThan(STEEP)
  expect(growth((size) => () => pairsOf(numbers(size)), 2_000)).toBeGreaterThan(STEEP)
})

test('works are compared by what they cost', () => {
  const list = numbers(10_000)
  expect(ratio(() => [1, 2, 3, 4, 5].map(() => sumOf(list)), () => sumOf(list))).toBeGreaterThan(2)
})
