import { expect, it } from 'vitest'
import { acceptedLanguages } from './accepted-languages.ts'

it('languages come in the order in which they are wanted', () => {
  expect(acceptedLanguages('en-GB;q=0.5, de-AT, fr;q=0.8')).toEqual(['de-AT', 'fr', 'en-GB'])
  expect(acceptedLanguages('de,en')).toEqual(['de', 'en'])
})

it('one that is not wanted is left out', () => {
  expect(acceptedLanguages('de;q=0, en')).toEqual(['en'])
})

it('a header that is missing or no such header means nothing', () => {
  expect(acceptedLanguages(undefined)).toEqual([])
  expect(acceptedLanguages(',;;q=,')).toEqual([])
  expect(acceptedLanguages('x'.repeat(50_000))).toHaveLength(1)
})
