import { expect, it } from 'vitest'
import { t } from './translate.ts'
import type { PlainKey, Translated } from './words.ts'

// The type check is the test: a line that it would take makes the mark above it an error.
it('the type check refuses a text that is not there, a value that is not given, and a number that is none', () => {
  // @ts-expect-error -- no such text
  expect(t('app.keyboards')).toBe('app.keyboards')
  // @ts-expect-error -- the reason is missing
  expect(t('app.refused')).toContain('{{reason}}')
  // @ts-expect-error -- another name
  expect(t('app.refused', { cause: 'Gone.' })).toContain('{{reason}}')
  // @ts-expect-error -- a plural needs its number
  expect(t('common.others')).toBe('common.others')
  // @ts-expect-error -- which cannot be a text
  expect(t('common.others', { count: 'two' })).toBe('common.others')
  // @ts-expect-error -- a table of keys holds only those that need nothing
  const key: PlainKey = 'app.refused'
  expect(key).toBe('app.refused')
})

it('the type check refuses a language that lacks a text or has one too many', () => {
  // @ts-expect-error -- "close" is missing
  const missing: Translated<{ back: 'Back'; close: 'Close' }> = { back: 'Zurück' }
  // @ts-expect-error -- "open" is none of the English texts
  const superfluous: Translated<{ back: 'Back' }> = { back: 'Zurück', open: 'Öffnen' }
  expect([missing, superfluous]).toHaveLength(2)
})
