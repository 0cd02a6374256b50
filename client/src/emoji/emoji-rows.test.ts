import { expect, test } from 'vitest'
import { emojiAt, emojiRows, firstPlace, step } from './emoji-rows.ts'
import type { Emoji, EmojiSet } from './emoji-set.ts'

const emoji = (char: string): Emoji => ({ char, name: char, keywords: [], shortcodes: [char], tones: [] })
const set: EmojiSet = {
  groups: [
    { name: 'Letters', emoji: ['a', 'b', 'c', 'd', 'e'].map(emoji) },
    { name: 'Digits', emoji: ['1', '2'].map(emoji) },
  ],
  all: ['a', 'b', 'c', 'd', 'e', '1', '2'].map(emoji),
  byShortcode: new Map(),
  byChar: new Map([['2', emoji('2')]]),
}

test('groups have headings, what was used last stands above them, and a query leaves what fits', () => {
  const show = (query: string, recent: string[] = []) => emojiRows(set, query, recent, 3).map((row) => ('heading' in row ? row.heading : row.emoji.map(({ char }) => char).join('')))
  expect(show('')).toEqual(['Letters', 'abc', 'de', 'Digits', '12'])
  expect(show('', ['2', 'gone'])).toEqual(['Used last', '2', 'Letters', 'abc', 'de', 'Digits', '12'])
  expect(show('b')).toEqual(['b'])
  expect(show('x')).toEqual([])
})

test('the arrow keys walk over the whole grid, past headings and short lines', () => {
  const rows = emojiRows(set, '', [], 3)
  const walk = (...keys: string[]) => {
    let at = firstPlace(rows)
    for (const key of keys) at = step(rows, at, key) ?? at
    return emojiAt(rows, at)?.char
  }
  expect(walk()).toBe('a')
  expect(walk('ArrowRight', 'ArrowRight', 'ArrowRight')).toBe('d')
  expect(walk('ArrowRight', 'ArrowRight', 'ArrowDown')).toBe('e')
  expect(walk('ArrowDown', 'ArrowDown')).toBe('1')
  expect(walk('ArrowDown', 'ArrowDown', 'ArrowLeft')).toBe('e')
  expect(walk('ArrowUp', 'ArrowLeft')).toBe('a')
  expect(walk('ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowRight', 'ArrowRight')).toBe('2')
  expect(step(rows, firstPlace(rows), 'Home')).toBeUndefined()
})
