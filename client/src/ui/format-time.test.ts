import { afterEach, expect, test } from 'vitest'
import { formatClock, formatFull, formatShortClock, setHours } from './format-time.ts'

afterEach(() => setHours('system'))
const evening = new Date(2026, 10, 24, 21, 5).getTime()
const midnight = new Date(2026, 10, 24, 0, 5).getTime()

test('times are written with 24 hours, everywhere, once that is set', () => {
  setHours('24')
  expect(formatClock(evening)).toBe('21:05')
  expect(formatShortClock(evening)).toBe('21:05')
  expect(formatFull(evening)).toContain('21:05')
  expect(formatClock(midnight)).toMatch(/^0?0:05$/)
})

test('times are written with 12 hours, everywhere, once that is set', () => {
  setHours('12')
  expect(formatClock(evening)).toMatch(/^0?9:05\sPM$/i)
  expect(formatShortClock(evening)).toMatch(/^0?9:05$/)
  expect(formatFull(evening)).toContain('9:05')
  expect(formatClock(midnight)).toMatch(/^12:05\sAM$/i)
})
