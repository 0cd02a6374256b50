import { expect, it } from 'vitest'
import { fromTimeInput, quietChoices, quietWords, toTimeInput } from './quiet-choices.ts'

const at = (hour: number, minute = 0) => new Date(2026, 10, 24, hour, minute).getTime()

it('it can be made quiet for half an hour, an hour, and until tomorrow morning', () => {
  expect(quietChoices(at(23, 50)).map(({ until }) => until - at(23, 50))).toEqual([30 * 60_000, 60 * 60_000, (8 * 60 + 10) * 60_000])
  expect(quietChoices(at(3)).at(-1)?.until, 'tomorrow is another day, also in the small hours').toBe(at(24 + 8))
})

it('until when it is quiet is said with the day, if that is another one', () => {
  expect(quietWords(at(14, 30), at(14))).toMatch(/^Quiet until 2:30\sPM$/)
  expect(quietWords(at(24 + 8), at(14))).toMatch(/^Quiet until 8:00\sAM, Wednesday/)
})

it('times of the day are read and written as fields for times have them', () => {
  for (const minute of [0, 59, 60, 605, 1_439]) expect(fromTimeInput(toTimeInput(minute))).toBe(minute)
  expect(fromTimeInput('07:05:30')).toBe(425)
  for (const wrong of ['', '7:05', '24:00', '10:60', 'noon']) expect(fromTimeInput(wrong)).toBeUndefined()
})
