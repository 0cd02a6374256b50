import { growth, STEEP } from '../testing/growth.ts'
import { expect, it } from 'vitest'
import { excerptOf } from './excerpt.ts'

it.each([
  ['hello', 'hello'],
  ['  two\n\nlines\tand a tab ', 'two lines and a tab'],
  ['**bold**, ~~struck~~ and `code`', 'bold, struck and code'],
  ['2 ** 3 ** 4', '2 ** 3 ** 4'],
  ['> quoted\nanswer', 'quoted answer'],
  ['```ts\nconst a = 1\n```\ndone', 'const a = 1 done'],
  ['the murderer is ||the gardener||!', 'the murderer is …!'],
  ['||never closed', '…'],
  ['see [the plan](https://example.org/plan)', 'see the plan'],
  ['[x](javascript:alert(1))', '[x](javascript:alert(1))'],
  ['/me waves', '* Ann waves'],
  ['', ''],
])('%j is told as %j', (text, told) => {
  expect(excerptOf(text, 'Ann')).toBe(told)
})

it('a long text is cut between words, and never through a character', () => {
  const words = excerptOf('word '.repeat(1_000), 'Ann')
  expect(words).toMatch(/^(?:word )*word…$/)
  expect(words.length).toBeLessThanOrEqual(241)
  for (const lead of ['', 'x']) expect(excerptOf(lead + '😀'.repeat(500), 'Ann')).toMatch(/^x?(?:😀)+…$/u)
})

it.each(['|', '[', '`', '**a'])('a hostile text of %j costs no more than as it is long', (part) => {
  const cost = growth((size) => {
    const text = part.repeat(size / part.length)
    return () => excerptOf(text, 'Ann')
  }, 16_000)
  expect(cost).toBeLessThan(STEEP)
})
