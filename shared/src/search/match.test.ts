import { growth, STEEP } from '../testing/growth.ts'
import { describe, expect, it } from 'vitest'
import { excerptOf } from './excerpt.ts'
import { factsOf } from './has.ts'
import { matchText, scoreOf } from './match.ts'
import { parseQuery } from './query.ts'

function match(query: string, text: string) {
  const parsed = parseQuery(query, { now: 0, timeZone: 'UTC' })
  if (!parsed.ok) throw new Error(parsed.reason)
  return matchText(parsed.query.terms, text)
}
const shown = (query: string, text: string) => match(query, text)?.ranges.map(({ start, end }) => text.slice(start, end))
const quality = (query: string, text: string) => match(query, text)?.quality ?? -1

describe('a match', () => {
  it('shows the words that were found, as they are written', () => {
    expect(shown('strasse deploy', 'Die STRASSE, die Straße: deployed!')).toEqual(['STRASSE', 'Straße', 'deployed'])
    expect(shown('foobar', 'a foo_bar b')).toEqual(['foo_bar'])
    expect(shown('foo', 'a foo_bar fooBar b')).toEqual(['foo', 'foo'])
    expect(shown('example.org', 'at https://example.org/x')).toEqual(['example.org'])
    expect(shown('"the new server"', 'The new server is not the new  Server')).toEqual(['The new server', 'the new  Server'])
    expect(shown('日本', '日本語と日本')).toEqual(['日本', '日本'])
    expect(shown('👍', 'yes 👍🏽!')).toEqual(['👍🏽'])
  })

  it('needs all words and none of those that are not to be there', () => {
    expect(match('one two', 'two of one')).toBeDefined()
    expect(match('one two', 'one of three')).toBeUndefined()
    expect(match('one -two', 'two of one')).toBeUndefined()
    expect(match('one -two', 'one of twofold')).toBeDefined()
    expect(match('one -"two three"', 'one three two')).toBeDefined()
  })

  it('is better with whole words than with longer ones, close together than far apart, in short texts than in long ones', () => {
    expect(quality('art', 'modern art here')).toBeGreaterThan(quality('art', 'an article here'))
    expect(quality('server down', 'is the server down again')).toBeGreaterThan(quality('server down', 'server is not going down'))
    expect(quality('lunch', 'lunch?')).toBeGreaterThan(quality('lunch', 'we talked about it for hours after lunch'))
    expect(quality('deploy', 'it is deployed')).toBeGreaterThan(quality('deploy', 'it is deploymentspecificconfiguration'))
    for (const text of ['a b c', 'a', 'c b a '.repeat(100)]) expect(quality('a', text)).toBeLessThanOrEqual(1)
  })

  it('counts a little less with age, so that an exact old message stays before a new one that only begins alike', () => {
    expect(scoreOf(1, 0)).toBe(1)
    expect(scoreOf(1, 60 * 86_400_000)).toBe(0.9)
    expect(scoreOf(1, 1e15)).toBe(0.8)
    expect(scoreOf(1, -5)).toBe(1)
    expect(scoreOf(quality('art', 'modern art is what I like'), 1e12)).toBeGreaterThan(scoreOf(quality('art', 'articles are what I like'), 0))
  })

  it('is made out at a cost that grows as the text does, however often the words stand in it', () => {
    const query = 'a '.repeat(30)
    expect(match(query, 'a '.repeat(8_000))?.quality).toBeGreaterThan(0.8)
    const cost = growth((size) => {
      const text = 'a '.repeat(size)
      return () => match(query, text)
    }, 8_000)
    expect(cost).toBeLessThan(STEEP)
  })

  it('tells links and code by the text', () => {
    expect(factsOf('see HTTPS://example.org')).toEqual({ link: true, code: false })
    expect(factsOf('see example.org, http:// and https')).toEqual({ link: false, code: false })
    expect(factsOf('run `npm start`')).toEqual({ link: false, code: true })
    expect(factsOf('```\nx\n```')).toEqual({ link: false, code: true })
    expect(factsOf("it's 5` long")).toEqual({ link: false, code: false })
  })
})

describe('an excerpt', () => {
  it('is the whole text where it is short', () => {
    expect(excerptOf('short', [{ start: 0, end: 5 }])).toEqual({ text: 'short', ranges: [{ start: 0, end: 5 }], cutBefore: false, cutAfter: false })
  })

  it('shows what was found, between spaces, and says where it was cut', () => {
    const text = `${'lorem ipsum '.repeat(100)}needle ${'dolor sit '.repeat(100)}`
    const cut = excerptOf(text, match('needle', text)?.ranges ?? [])
    expect(cut.text.length).toBeLessThanOrEqual(300)
    expect(cut.text.length).toBeGreaterThan(200)
    expect(cut.ranges.map(({ start, end }) => cut.text.slice(start, end))).toEqual(['needle'])
    expect([cut.cutBefore, cut.cutAfter]).toEqual([true, true])
    expect(/^(lorem|ipsum) .* (dolor|sit)$/s.test(cut.text)).toBe(true)
  })

  it('never cuts a character in two, and keeps its ranges inside, wherever the hit is', () => {
    const text = '👍'.repeat(400)
    for (let at = 0; at < 800; at += 2) {
      for (const length of [299, 300]) {
        const cut = excerptOf(text, [{ start: at, end: at + 2 }, { start: 0, end: 800 }], length)
        expect(cut.text.isWellFormed()).toBe(true)
        expect(cut.text.length).toBeLessThanOrEqual(length)
        expect(cut.ranges.every(({ start, end }) => start >= 0 && start < end && end <= cut.text.length)).toBe(true)
        expect(cut.ranges.length).toBe(2)
      }
    }
  })
})
