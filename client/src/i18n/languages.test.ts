import { expect, it } from 'vitest'
import { languageFor, localeFor, readLanguageChoice } from './languages.ts'

it('the first language of the browser that there is here is spoken, unless another one was chosen', () => {
  expect(languageFor('system', ['fr-CH', 'de-CH', 'en-US'])).toBe('de')
  expect(languageFor('system', ['en-GB', 'de'])).toBe('en')
  expect(languageFor('de', ['en-US'])).toBe('de')
})

it('English is spoken where none of the languages is known', () => {
  expect(languageFor('system', ['fr', 'ja-JP'])).toBe('en')
  expect(languageFor('system', [])).toBe('en')
})

it('a language is not taken for another whose name begins alike', () => {
  expect(languageFor('system', ['den', 'enm'])).toBe('en')
  expect(localeFor('en', ['enm'])).toBe('en')
})

it('dates are written as in the browser’s own variant of the language', () => {
  expect(localeFor('de', ['en-US', 'de-AT', 'de'])).toBe('de-AT')
  expect(localeFor('en', ['de-AT'])).toBe('en')
})

it('a choice that this version does not know counts as none', () => {
  expect(readLanguageChoice('de')).toBe('de')
  expect(readLanguageChoice('system')).toBe('system')
  expect(readLanguageChoice('tlh')).toBeUndefined()
  expect(readLanguageChoice(7)).toBeUndefined()
})
