import { expect, it } from 'vitest'
import { endOf } from './status-choices.ts'

const at = (text: string): number => new Date(text).getTime()

it.each([
  ['half-hour', '2026-11-24T10:10:00', '2026-11-24T10:40:00'],
  ['hour', '2026-11-24T23:30:00', '2026-11-25T00:30:00'],
  ['today', '2026-11-24T10:10:00', '2026-11-25T00:00:00'],
  ['week', '2026-11-24T10:10:00', '2026-11-30T00:00:00'],
  ['week', '2026-11-29T23:59:00', '2026-11-30T00:00:00'],
  ['week', '2026-11-30T00:00:00', '2026-12-07T00:00:00'],
] as const)('a status for "%s" set at %s ends at %s', (duration, now, end) => {
  expect(endOf(duration, at(now))).toBe(at(end))
})

it('a status without an end has none', () => {
  expect(endOf('always', 5)).toBeUndefined()
})
