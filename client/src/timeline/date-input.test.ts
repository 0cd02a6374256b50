import { expect, test } from 'vitest'
import { dateInput, dayFromInput } from './date-input.ts'

test('a day goes into a date field and comes back as its midnight here', () => {
  const evening = new Date(2025, 5, 3, 22, 15).getTime()
  expect(dateInput(evening)).toBe('2025-06-03')
  expect(dayFromInput('2025-06-03')).toBe(new Date(2025, 5, 3).getTime())
})

test('what is no day is none', () => {
  for (const value of ['', '2025-02-30', '2025-6-3', 'soon', '0001-01-01']) expect(dayFromInput(value)).toBeUndefined()
})
