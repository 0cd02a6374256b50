import { describe, expect, it } from 'vitest'
import { matchText } from './match.ts'
import { parseQuery } from './query.ts'
import { wordsOf } from './words.ts'

function finds(query: string, text: string): boolean {
  const parsed = parseQuery(query, { now: 0, timeZone: 'UTC' })
  if (!parsed.ok) throw new Error(`${query}: ${parsed.reason}`)
  return matchText(parsed.query.terms, text) !== undefined
}

describe('the words of a text', () => {
  it.each([
    ['Straße', ['strasse', 'Strasse', 'STRASSE', 'straße', 'stra']],
    ['Müller fährt', ['müller', 'muller', 'mueller', 'Mü', 'fahrt', 'faehrt', 'FÄHRT']],
    ['Mueller', ['mueller', 'müller']],
    ['Ärger mit der Größe', ['arger', 'aerger', 'grosse', 'groesse', 'größe', '"mit der größe"']],
    ['Crème brûlée à la façon de Łódź', ['creme', 'brulee', 'facon', 'lodz', 'łódź']],
    ['İstanbul ıssız', ['istanbul', 'issiz']],
    ['Ёлка и Й', ['елка', 'ёлка', 'Ёлк']],
    ['ＦＵＬＬ ﬁne', ['full', 'fine']],
    ['soft\u00adhyphen', ['softhyphen']],
    ['foo_bar', ['foo_bar', 'foo', 'bar', 'foobar', 'foo_b', 'foo-bar']],
    ['fooBar', ['fooBar', 'foobar', 'foo', 'bar', 'foo_bar']],
    ['HTTPServer speaks XMLHttpRequest, not PDFs', ['http', 'server', 'httpserver', 'request', 'xmlhttprequest', 'pdf']],
    ['e-mail, and foo-bar-baz', ['e-mail', 'email', 'mail', 'foo-bar-baz', 'foobarbaz', 'bar-baz']],
    ['email', ['e-mail']],
    ["don’t", ["don't", 'dont', 'don’t']],
    ['a.b.c', ['a.b.c', 'b.c', 'a.b']],
    ['see PROJ-123 and #4711', ['PROJ-123', 'proj-123', '123', 'proj', '#4711', '4711']],
    ['release v1.2.3-rc.1', ['v1.2.3', '1.2.3-rc.1'.slice(2), 'v1.2', 'rc.1']],
    ['commit 9f86d081884c7d659a2feaa0c55ad015', ['9f86d081884c7d659a2feaa0c55ad015', '9f86d08', '9f86d']],
    ['sha512 ' + 'ab'.repeat(64), ['ab'.repeat(64)]],
    ['see https://docs.example.org/guide/getting-started?lang=de#install', ['https://docs.example.org/guide/getting-started?lang=de#install', 'docs.example.org', 'example.org', 'guide', 'getting-started', 'getting', 'install', 'https://docs.example.org']],
    ['write to ann.lee@example.org', ['ann.lee@example.org', 'ann.lee', 'example.org', 'lee']],
    ['C++ and C# and F#', ['c++', 'C#', 'f#', 'c']],
    ['日本語を勉強しています', ['日本語', '勉強', '本語を', '語']],
    ['我们明天部署新版本', ['部署', '明天部署', '新版本']],
    ['한국어로 말합니다', ['한국어', '한국어로', '말합']],
    ['ดีมาก', ['ดี', 'มาก']],
    ['done 🎉👍🏽 👨‍👩‍👧 🇩🇪 ❤️', ['🎉', '👍', '👍🏿', '👨‍👩‍👧', '🇩🇪', '❤']],
    ['@ben.k and #general', ['@ben.k', 'ben', 'general', '#general']],
  ])('of %j are found by each of %j', (text, queries) => {
    for (const query of queries) expect([query, finds(query, text)]).toEqual([query, true])
  })

  it.each([
    ['Straße', ['"stra"', 'strassen', 'rasse']],
    ['foo_bar', ['foo_baz', 'bar_foo', '"foo_b"', 'fo_bar']],
    ['fooBar', ['"ob"', 'oba']],
    ['PROJ-1234', ['PROJ-123', '123']],
    ['release 1.2.30', ['1.2.3', '2.1']],
    ['C++', ['c#']],
    ['C is old', ['c++', 'c#']],
    ['日本語', ['語本', '日語']],
    ['https://docs.example.org/guide', ['example.com', 'org/docs', 'docs.org']],
    ['🎉', ['👍']],
    ['🇩🇪🇫🇷', ['🇪🇫']],
    ['one two three', ['"two one"', '"one three"', 'one four']],
  ])('of %j are found by none of %j', (text, queries) => {
    for (const query of queries) expect([query, finds(query, text)]).toEqual([query, false])
  })

  it('are many only as far as the text is long, whatever it is made of', () => {
    for (const part of ['aB', 'a-', 'ä', 'ä_Ä', '日', 'e\u0301', '\u00ad', 'a\u200d', '👍🏽', '🇩', 'C++', 'C#']) {
      const text = part.repeat(16_000 / part.length)
      const words = wordsOf(text)
      expect(words.length).toBeLessThanOrEqual(2 * text.length + 8)
      expect(Math.max(0, ...words.map(({ form }) => form.length))).toBeLessThanOrEqual(130)
      for (const { start, end } of words) expect(start < end && end <= text.length).toBe(true)
    }
  })
})
