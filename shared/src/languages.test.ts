import { expect, it } from 'vitest'
import { languageAmong } from './languages.ts'

it('the first tag of a language that there is decides', () => {
  expect(languageAmong(['fr-CH', 'de-CH', 'en-US'])).toBe('de')
  expect(languageAmong(['EN-gb', 'de'])).toBe('en')
})

it('none is found among others, also those whose names begin alike', () => {
  expect(languageAmong(['fr', 'den', 'enm', '', '*'])).toBeUndefined()
  expect(languageAmong([])).toBeUndefined()
})
