import { expect, it } from 'vitest'
import { quietHours, quietUntil, type QuietHours } from './quiet-hours.ts'

const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6]
const NIGHT: QuietHours = { on: true, days: EVERY_DAY, from: 22 * 60, to: 7 * 60, zone: 'Europe/Berlin' }
/** A time in Berlin in November 2026 (UTC+1); the 1st is a Sunday. */
const berlin = (day: number, hour: number, minute = 0, second = 0) => Date.UTC(2026, 10, day, hour - 1, minute, second)

it('it is quiet until what was asked for', () => {
  expect(quietUntil({ until: 100 }, 99)).toBe(100)
  expect(quietUntil({ until: 100 }, 100)).toBeUndefined()
  expect(quietUntil({}, 100)).toBeUndefined()
})

it.each([
  ['before the night', berlin(3, 21, 59, 59), undefined],
  ['when it begins', berlin(3, 22), berlin(4, 7)],
  ['before midnight', berlin(3, 23, 59, 59), berlin(4, 7)],
  ['after midnight', berlin(4, 0), berlin(4, 7)],
  ['in its last second', berlin(4, 6, 59, 59), berlin(4, 7)],
  ['when it ends', berlin(4, 7), undefined],
])('a night over midnight, %s', (_, now, end) => {
  expect(quietUntil({ hours: NIGHT }, now)).toBe(end)
})

it.each([
  ['before', berlin(3, 11, 59), undefined],
  ['at its beginning', berlin(3, 12), berlin(3, 13)],
  ['at its end', berlin(3, 13), undefined],
])('an hour within a day, %s', (_, now, end) => {
  expect(quietUntil({ hours: { ...NIGHT, from: 12 * 60, to: 13 * 60 } }, now)).toBe(end)
})

it('a night belongs to the day on which it begins', () => {
  const hours = { ...NIGHT, days: [6] }
  expect(quietUntil({ hours }, berlin(7, 3)), 'the night to Saturday').toBeUndefined()
  expect(quietUntil({ hours }, berlin(7, 23)), 'on Saturday').toBe(berlin(8, 7))
  expect(quietUntil({ hours }, berlin(8, 3)), 'the night to Sunday').toBe(berlin(8, 7))
  expect(quietUntil({ hours }, berlin(8, 23)), 'on Sunday').toBeUndefined()
})

it('from an hour to itself is a whole day', () => {
  const hours = { ...NIGHT, days: [0], from: 0, to: 0 }
  expect(quietUntil({ hours }, berlin(7, 23, 59))).toBeUndefined()
  expect(quietUntil({ hours }, berlin(8, 0))).toBe(berlin(9, 0))
  expect(quietUntil({ hours }, berlin(8, 23, 59))).toBe(berlin(9, 0))
  expect(quietUntil({ hours }, berlin(9, 0))).toBeUndefined()
  const fromNoon = { ...hours, from: 12 * 60, to: 12 * 60 }
  expect(quietUntil({ hours: fromNoon }, berlin(8, 11))).toBeUndefined()
  expect(quietUntil({ hours: fromNoon }, berlin(9, 11))).toBe(berlin(9, 12))
})

it('hours are those of the zone, also where it is half an hour off', () => {
  expect(quietUntil({ hours: { ...NIGHT, zone: 'Asia/Kolkata' } }, Date.UTC(2026, 10, 3, 16, 29))).toBeUndefined()
  expect(quietUntil({ hours: { ...NIGHT, zone: 'Asia/Kolkata' } }, Date.UTC(2026, 10, 3, 16, 30))).toBe(Date.UTC(2026, 10, 4, 1, 30))
})

it('a night in which the clocks change is quiet until the clock says so, whoever asks again', () => {
  // 25 October 2026, 3:00 becomes 2:00 in Berlin: the night has an hour more.
  const first = quietUntil({ hours: NIGHT }, Date.UTC(2026, 9, 24, 21))
  expect(first).toBe(Date.UTC(2026, 9, 25, 5))
  expect(quietUntil({ hours: NIGHT }, first ?? 0)).toBe(Date.UTC(2026, 9, 25, 6))
  expect(quietUntil({ hours: NIGHT }, Date.UTC(2026, 9, 25, 6))).toBeUndefined()
})

it('without days, or switched off, hours are never quiet', () => {
  expect(quietUntil({ hours: { ...NIGHT, days: [] } }, berlin(3, 23))).toBeUndefined()
  expect(quietUntil({ hours: { ...NIGHT, on: false } }, berlin(3, 23))).toBeUndefined()
})

it.each([
  ['a day that is none', { ...NIGHT, days: [7] }],
  ['a day twice', { ...NIGHT, days: [1, 1] }],
  ['a minute that is none', { ...NIGHT, from: 1_440 }],
  ['a part of a minute', { ...NIGHT, to: 1.5 }],
  ['a zone that is none', { ...NIGHT, zone: 'Europe/Atlantis' }],
  ['an endless zone', { ...NIGHT, zone: 'x'.repeat(65) }],
  ['more than is known', { ...NIGHT, more: 1 }],
])('[R9] hours with %s are refused', (_, hours) => {
  expect(quietHours.safeParse(hours).success).toBe(false)
})
