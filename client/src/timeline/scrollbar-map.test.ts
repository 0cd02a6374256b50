import { expect, test } from 'vitest'
import { MIN_THUMB, progressAt, progressOf, rowAt, thumbOf } from './scrollbar-map.ts'

test('the thumb touches the track’s ends exactly at the first and the last row', () => {
  expect(thumbOf({ above: 0, below: 980, total: 1_000 }, 400)).toMatchObject({ offset: 0 })
  const end = thumbOf({ above: 980, below: 0, total: 1_000 }, 400)
  expect(end && end.offset + end.size).toBeCloseTo(400)
})

test('the thumb is as long as the part on the screen, and never too small to grip', () => {
  expect(thumbOf({ above: 25, below: 25, total: 100 }, 400)?.size).toBeCloseTo(200)
  expect(thumbOf({ above: 500_000, below: 499_980, total: 1_000_000 }, 400)?.size).toBe(MIN_THUMB)
})

test('there is no thumb when everything is on the screen', () => {
  expect(thumbOf({ above: 0, below: 0, total: 8 }, 400)).toBeUndefined()
  expect(thumbOf({ above: 0, below: 0, total: 0 }, 400)).toBeUndefined()
})

test('dragging the thumb and reading where it stands are inverse', () => {
  for (const above of [0, 10, 333.5, 970]) {
    const position = { above, below: 970 - above, total: 1_000 }
    const thumb = thumbOf(position, 500)
    if (thumb === undefined) throw new Error('no thumb')
    const row = rowAt(progressAt(thumb.offset, thumb.size, 500), 1_000, 30)
    expect(row).toBeCloseTo(above)
  }
})

test('a drag beyond the track stops at its ends', () => {
  expect(progressAt(-50, 40, 400)).toBe(0)
  expect(progressAt(4_000, 40, 400)).toBe(1)
  expect(progressOf({ above: 0, below: 0, total: 3 })).toBe(1)
})
