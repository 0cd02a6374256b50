import germanData from 'emojibase-data/de/compact.json' with { type: 'json' }
import germanMessages from 'emojibase-data/de/messages.json' with { type: 'json' }
import data from 'emojibase-data/en/compact.json' with { type: 'json' }
import messages from 'emojibase-data/en/messages.json' with { type: 'json' }
import iamcal from 'emojibase-data/en/shortcodes/iamcal.json' with { type: 'json' }
import { parseCommand } from '@chatflow/shared/command'
import { newId } from '@chatflow/shared/ids'
import { expect, test } from 'vitest'
import { inTone, makeEmojiSet } from './emoji-set.ts'
import { searchEmoji } from './search-emoji.ts'
import { replaceEnded, replaceShortcodes } from './shortcodes.ts'

const set = makeEmojiSet(data, iamcal, messages)
const found = (query: string) => searchEmoji(set, query, 20).map(({ char }) => char)

test('every emoji can be a reaction, in each of its skin tones', () => {
  expect(set.all.length).toBeGreaterThan(1_800)
  for (const char of set.byChar.keys()) {
    const command = { v: 1, id: newId(), at: 0, type: 'message.react', room: newId(), message: newId(), emoji: char, on: true }
    expect([char, parseCommand(command).ok]).toEqual([char, true])
  }
})

test('emoji are found by shortcode, by name and by keyword, the exact one first', () => {
  expect(found('tada')[0]).toBe('🎉')
  expect(found('+1')[0]).toBe('👍')
  expect(found('waving hand')[0]).toBe('👋')
  expect(found('goodbye wave')).toEqual([])
  expect(found('hello')).toContain('👋')
  expect(found('heart')[0]).toBe('❤️')
  expect(found('')).toEqual([])
  expect(found('zzzz')).toEqual([])
})

test('skin tones are those of all people in an emoji; what has none stays', () => {
  const of = (code: string, tone: number) => inTone(set.byShortcode.get(code) ?? { char: '', name: '', keywords: [], shortcodes: [], tones: [] }, tone)
  expect([of('wave', 0), of('wave', 5), of('tada', 5)]).toEqual(['👋', '👋🏿', '🎉'])
  expect(of('handshake', 3)).toBe('🤝🏽')
})

test('shortcodes become emoji outside of code; times, addresses and unknown names stay', () => {
  const sent = (text: string) => replaceShortcodes(text, set, 0)
  expect(sent('done :tada: (:wave:)')).toBe('done 🎉 (👋)')
  expect(sent('`:tada:` and ```\n:tada:\n``` :tada:')).toBe('`:tada:` and ```\n:tada:\n``` 🎉')
  expect(sent('10:30:45, a:b:c, :no_such_thing:, std::tada::x')).toBe('10:30:45, a:b:c, :no_such_thing:, std::tada::x')
})

test('a shortcode becomes the emoji at its last colon', () => {
  const typed = (text: string, caret = text.length) => replaceEnded(text, caret, set, 0)
  expect(typed('so :tada:')).toEqual({ text: 'so 🎉', caret: 5 })
  expect(typed('so :tada: more', 9)).toEqual({ text: 'so 🎉 more', caret: 5 })
  expect(typed('so :tada')).toBeUndefined()
  expect(typed('`:tada:')).toBeUndefined()
  expect(typed('```\n:tada:')).toBeUndefined()
  expect(typed('12:30:')).toBeUndefined()
})

test('in German they have German names and are found by German words; their shortcodes are the same', () => {
  const german = makeEmojiSet(germanData, iamcal, germanMessages)
  expect([...german.byChar.keys()]).toEqual([...set.byChar.keys()])
  expect(german.byShortcode.get('tada')).toMatchObject({ char: '🎉', name: 'Konfettibombe' })
  expect(searchEmoji(german, 'böller', 5).map(({ char }) => char)).toContain('🎉')
  expect(german.groups.map(({ name }) => name)).toContain('Essen & Trinken')
})
