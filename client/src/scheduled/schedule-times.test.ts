import { expect, it } from 'vitest'
import { fromLocalInput, presets, toLocalInput } from './schedule-times.ts'

const at = (text: string): number => new Date(text).getTime()

it.each([
  ['2026-11-24T10:10:30', ['2026-11-24T11:10:30', '2026-11-25T09:00', '2026-11-30T09:00']],
  ['2026-11-30T08:00', ['2026-11-30T09:00', '2026-12-01T09:00', '2026-12-07T09:00']],
  ['2026-12-31T23:30', ['2027-01-01T00:30', '2027-01-01T09:00', '2027-01-04T09:00']],
])('at %s it can be in an hour, tomorrow, or on the next Monday', (now, times) => {
  expect(presets(at(now)).map((preset) => preset.at)).toEqual(times.map(at))
})

it('a time goes into the field and comes out again, to the minute', () => {
  expect(toLocalInput(at('2026-03-05T07:09:59'))).toBe('2026-03-05T07:09')
  expect(fromLocalInput('2026-03-05T07:09')).toBe(at('2026-03-05T07:09'))
  expect(fromLocalInput('')).toBeUndefined()
  expect(fromLocalInput('soon')).toBeUndefined()
})
