import { describe, expect, it } from 'vitest'
import { LIMITS } from '../limits.ts'
import { matchText } from './match.ts'
import { parseQuery, QUERY_FAULTS, type SearchQuery } from './query.ts'

/** Sunday, 29 March 2026, noon in Berlin: the day on which clocks are put forward. */
const NOW = Date.parse('2026-03-29T10:00:00Z')
const BERLIN = { now: NOW, timeZone: 'Europe/Berlin' }

function query(text: string, context = BERLIN): SearchQuery {
  const parsed = parseQuery(text, context)
  if (!parsed.ok) throw new Error(`${text}: ${parsed.reason} at ${parsed.at}`)
  return parsed.query
}
const slots = (text: string) => query(text).terms.map((term) => term.slots.map((forms) => forms.join('|')).join(' '))

describe('a search', () => {
  it('takes words, phrases and what is not to be found', () => {
    expect(slots('deploy "the new server" -old -"very old"')).toEqual(['deploy', 'the new server', 'old', 'very old'])
    expect(query('deploy "the new server" -old -"very old"').terms.map(({ not }) => not)).toEqual([false, false, true, true])
  })

  it('asks once for what is typed twice', () => {
    expect(slots('lunch Lunch "lunch" -lunch lunch')).toEqual(['lunch', 'lunch', 'lunch'])
    expect(query('ab '.repeat(LIMITS.searchTerms)).terms.map(({ prefix }) => prefix)).toEqual([false, true])
  })

  it('finds longer words by their beginning: from three characters, at the end of the search from two, never in quotes, in what is not to be found, or in numbers', () => {
    const prefixes = (text: string) => query(text).terms.map(({ prefix }) => prefix)
    expect(prefixes('ab abc ab')).toEqual([false, true, true])
    expect(prefixes('abc "abc" -abc 2026 x')).toEqual([true, false, false, false, false])
    expect(prefixes('ab ab from:ben')).toEqual([false, true])
    expect(prefixes('日本語')).toEqual([false])
  })

  it.each(['https://example.org/a?b=c', '10:30', 'foo:bar', 'std::vector', 'C:\\temp', '"from:ben"', '--force', 'a-b', '3.5"', 'note:', 'x:y:z', '#general', '@ben'])('takes %s for text', (text) => {
    const { terms, from, in: rooms, has } = query(text)
    expect([terms.length, from.length, rooms.length, has.length]).toEqual([1, 0, 0, 0])
    expect(terms[0]?.not).toBe(false)
  })

  it('knows people and rooms in every spelling', () => {
    expect(query('from:ben from:@Ben from:me from:@me -from:"Ann Lee" FROM:@"Ann Lee"').from.map(({ person, not }) => [person, not])).toEqual([
      [{ kind: 'name', name: 'ben' }, false],
      [{ kind: 'name', name: 'Ben' }, false],
      [{ kind: 'me' }, false],
      [{ kind: 'name', name: 'me' }, false],
      [{ kind: 'name', name: 'Ann Lee' }, true],
      [{ kind: 'name', name: 'Ann Lee' }, false],
    ])
    const id = '01890000-0000-7000-8000-000000000001'
    expect(query(`in:general in:#general -in:"two words" in:#“two words” in:@ben in:@me in:${id} from:${id}`).in.map(({ room }) => room)).toEqual([
      { kind: 'name', name: 'general' },
      { kind: 'name', name: 'general' },
      { kind: 'name', name: 'two words' },
      { kind: 'name', name: 'two words' },
      { kind: 'direct', person: { kind: 'name', name: 'ben' } },
      { kind: 'direct', person: { kind: 'name', name: 'me' } },
      { kind: 'id', id },
    ])
  })

  it('knows what messages have', () => {
    expect(query('has:link has:CODE -has:file has:pins has:answers has:reaction').has.map(({ what, not }) => [what, not])).toEqual([
      ['link', false], ['code', false], ['file', true], ['pin', false], ['thread', false], ['reaction', false],
    ])
  })

  it.each([
    ['on:2026-03-28', '2026-03-28T00:00:00+01:00', '2026-03-29T00:00:00+01:00'],
    ['on:2026-03-29', '2026-03-29T00:00:00+01:00', '2026-03-30T00:00:00+02:00'],
    ['on:today', '2026-03-29T00:00:00+01:00', '2026-03-30T00:00:00+02:00'],
    ['on:Yesterday', '2026-03-28T00:00:00+01:00', '2026-03-29T00:00:00+01:00'],
    ['on:2024-02', '2024-02-01T00:00:00+01:00', '2024-03-01T00:00:00+01:00'],
    ['on:2024', '2024-01-01T00:00:00+01:00', '2025-01-01T00:00:00+01:00'],
    ['on:2024-12-31', '2024-12-31T00:00:00+01:00', '2025-01-01T00:00:00+01:00'],
    ['after:2026-03-27 before:2026-03-30', '2026-03-28T00:00:00+01:00', '2026-03-30T00:00:00+02:00'],
    ['after:2026-01 before:today', '2026-02-01T00:00:00+01:00', '2026-03-29T00:00:00+01:00'],
  ])('takes %s for days of who asks', (text, since, until) => {
    const found = query(text)
    expect([found.since, found.until]).toEqual([Date.parse(since), Date.parse(until)])
  })

  it('knows days where clocks are put forward at midnight, and on both sides of the date line', () => {
    const cairo = query('on:2024-04-26', { now: NOW, timeZone: 'Africa/Cairo' })
    expect([cairo.since, cairo.until]).toEqual([Date.parse('2024-04-25T22:00:00Z'), Date.parse('2024-04-26T21:00:00Z')])
    expect(query('on:today', { now: NOW, timeZone: 'Pacific/Kiritimati' }).since).toBe(Date.parse('2026-03-29T10:00:00Z'))
    expect(query('on:today', { now: NOW, timeZone: 'Pacific/Pago_Pago' }).since).toBe(Date.parse('2026-03-28T11:00:00Z'))
  })

  it.each([
    ['', 'empty', 0, 0],
    ['  !!! -', 'empty', 0, 7],
    ['hello "open', 'quote_open', 6, 5],
    ['in:"open', 'quote_open', 3, 5],
    ['a from: b', 'value_missing', 2, 5],
    ['a in:"" b', 'value_missing', 2, 5],
    ['a from:@ b', 'value_missing', 2, 6],
    ['x on:2026-02-30', 'date_invalid', 2, 13],
    ['x before:tomorrow y', 'date_invalid', 2, 15],
    ['x after:0000-01-01', 'date_invalid', 2, 16],
    ['x has:money', 'has_unknown', 2, 9],
    ['x has:constructor', 'has_unknown', 2, 15],
    ['x -before:2026-01-01', 'cannot_be_negated', 2, 18],
    ['-a -from:ben', 'only_negations', 0, 12],
    ['x'.repeat(LIMITS.searchQuery + 3), 'too_long', LIMITS.searchQuery, 3],
    [`${'ab '.repeat(LIMITS.searchTerms)}last`, 'too_many_terms', 3 * LIMITS.searchTerms, 4],
    [`x "${'a.'.repeat(LIMITS.searchWords)}"`, 'too_many_terms', 2, 2 * LIMITS.searchWords + 2],
  ])('%j is refused as %s at %i, %i characters', (text, reason, at, length) => {
    expect(parseQuery(text, BERLIN)).toEqual({ ok: false, reason, at, length })
  })

  it('may be as long as may be', () => {
    expect(query('x'.repeat(LIMITS.searchQuery)).terms).toHaveLength(1)
    expect(query(Array.from({ length: LIMITS.searchTerms }, (_, n) => `ab${n}`).join(' ')).terms).toHaveLength(LIMITS.searchTerms)
  })
})

describe('whatever is typed', () => {
  const PARTS = ['from:', 'in:', 'on:', 'before:', 'has:', '-', '--', '"', '„', '“', '@', '#', ' ', ' ', '  ', '\u3000', 'ben', 'foo_bar', 'fooBar', 'Straße', 'ÄÖ', '2026-02-30', '2026', 'today', 'link', '日本', '👍🏽', '🇩🇪', '\\', "'", ':*', '&', '|', '!', '<->', '()', '%', '\u00ad', '\u0301', '\ud83d', 'https://a.b/c?d=e', 'C++', '1.2.3', '\n']
  const random = seeded(20_260_329)
  const text = () => Array.from({ length: 1 + Math.floor(random() * 8) }, () => PARTS[Math.floor(random() * PARTS.length)]).join('')

  it('is a query or has a fault that lies in it', () => {
    const reasons = new Set<string>()
    for (let round = 0; round < 20_000; round++) {
      const typed = text()
      const parsed = parseQuery(typed, BERLIN)
      if (parsed.ok) {
        reasons.add('ok')
        for (const { at, length, slots: asked } of parsed.query.terms) {
          expect(typed.slice(at, at + length)).not.toBe('')
          expect(asked.flat().every((form) => form !== '')).toBe(true)
        }
      } else {
        reasons.add(parsed.reason)
        expect(QUERY_FAULTS).toContain(parsed.reason)
        expect(parsed.at >= 0 && parsed.length >= 0 && parsed.at + parsed.length <= typed.length).toBe(true)
      }
    }
    expect([...reasons].sort()).toEqual(['cannot_be_negated', 'date_invalid', 'empty', 'has_unknown', 'ok', 'only_negations', 'quote_open', 'value_missing'])
  })

  it('finds a message that says exactly that, in quotes and without', () => {
    let found = 0
    for (let round = 0; round < 20_000; round++) {
      const said = text().replaceAll(/["„“]/g, '')
      for (const asked of [`"${said}"`, said]) {
        const parsed = parseQuery(asked, BERLIN)
        if (!parsed.ok) continue
        const { terms, from, in: rooms, has, since, until } = parsed.query
        if (terms.some(({ not }) => not) || from.length + rooms.length + has.length > 0 || since !== undefined || until !== undefined) continue
        expect([asked, said, matchText(terms, `before ${said} after`) !== undefined]).toEqual([asked, said, true])
        found++
      }
    }
    expect(found).toBeGreaterThan(10_000)
  })
})

function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
