import { expect, test } from 'vitest'
import { complete, completionAt, type CompletionSource } from './completions.ts'

const source = (trigger: string, query: RegExp, more: Partial<CompletionSource> = {}): CompletionSource => ({ name: 'composer.people', trigger, query, find: () => [], ...more })
const PEOPLE = source('@', /[a-z0-9._-]{0,32}/i)
const EMOJI = source(':', /[a-z0-9_+-]{2,30}/)
const COMMANDS = source('/', /[a-z]*/, { place: 'text' })
const ALL = [PEOPLE, EMOJI, COMMANDS]

const at = (text: string, caret = text.length) => {
  const place = completionAt(ALL, text, caret)
  return place === undefined ? undefined : [place.source.trigger, place.start, place.query]
}

test('a name is completed after its trigger, up to the caret', () => {
  expect(at('hi @an')).toEqual(['@', 3, 'an'])
  expect(at('hi @anita', 6)).toEqual(['@', 3, 'an'])
  expect(at('@')).toEqual(['@', 0, ''])
  expect(at('(@Ben')).toEqual(['@', 1, 'Ben'])
  expect(at('two\n@be')).toEqual(['@', 4, 'be'])
})

test('a trigger inside a word, and what has ended, completes nothing', () => {
  expect(at('mail@example')).toBeUndefined()
  expect(at('@ben and')).toBeUndefined()
  expect(at('plain')).toBeUndefined()
  expect(at('@ben', 0)).toBeUndefined()
  expect(at('über@ben')).toBeUndefined()
})

test('a source says how its query looks: times and addresses are no emoji', () => {
  expect(at('at 10:45')).toBeUndefined()
  expect(at('so :s')).toBeUndefined()
  expect(at('so :sm')).toEqual([':', 3, 'sm'])
  expect(at('https://x')).toBeUndefined()
})

test('a source may insist on the beginning of the text', () => {
  expect(at('/me')).toEqual(['/', 0, 'me'])
  expect(at('and /me')).toBeUndefined()
  expect(at('and\n/me')).toBeUndefined()
})

test('what is chosen takes the place of the trigger and the query, with one space after it', () => {
  const put = (text: string, caret: number) => {
    const place = completionAt(ALL, text, caret)
    return place === undefined ? undefined : complete(text, caret, place, { key: 'x', insert: '@chioma', row: null })
  }
  expect(put('hi @chi', 7)).toEqual({ text: 'hi @chioma ', caret: 11 })
  expect(put('hi @chi there', 7)).toEqual({ text: 'hi @chioma there', caret: 11 })
})
