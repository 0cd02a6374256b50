import { expect, it } from 'vitest'
import { emoteOf, spokenText } from './emote.ts'

it.each([
  ['/me waves', 'waves'],
  ['/me  waves\nback', 'waves\nback'],
  ['/me', undefined],
  ['/me ', undefined],
  ['/mean', undefined],
  [' /me waves', undefined],
  ['//me waves', undefined],
])('%j does %j', (text, emote) => {
  expect(emoteOf(text)).toBe(emote)
})

it('is read out with its author', () => {
  expect(spokenText('/me waves', 'Ann')).toBe('* Ann waves')
  expect(spokenText('hello', 'Ann')).toBe('hello')
})
