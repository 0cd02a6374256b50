import { growth, STEEP } from '@chatflow/shared/testing/growth'
import { LIMITS } from '@chatflow/shared/limits'
import { describe, expect, it } from 'vitest'
import { type PageFacts, plainText, readHead } from './read-head.ts'

/** Reads a page that comes in pieces of `size` bytes. */
function read(page: string | Buffer, { contentType = 'text/html; charset=utf-8', size = 7 } = {}): PageFacts {
  const head = readHead(contentType)
  const bytes = Buffer.from(page as string)
  for (let at = 0; at < bytes.length; at += size) if (!head.take(bytes.subarray(at, at + size))) break
  return head.facts()
}

describe('the head of a page', () => {
  it('is read however it comes', () => {
    const page = '<!doctype html><HTML><head><TITLE>One &lt;two&gt; &#39;three&#x27; &eacute;</TITLE><META NAME=description CONTENT=short></head>'
    for (const size of [1, 2, 3, 5, 100, 10_000]) expect(read(page, { size })).toEqual({ title: "One <two> 'three' é", description: 'short' })
  })

  it('takes what is meant for previews before what is meant for search machines', () => {
    expect(read('<title>A</title><meta name="description" content="B"><meta name="twitter:title" content="C"><meta property="og:title" content="D"><meta property="og:description" content="E">')).toEqual({ title: 'D', description: 'E' })
    expect(read('<title>A</title><meta property="og:title" content="  "><meta name="twitter:title" content="C">')).toEqual({ title: 'C' })
    expect(read('<meta property="og:title" content="first"><meta property="og:title" content="second">')).toEqual({ title: 'first' })
  })

  it('ends where the body begins', () => {
    expect(read('<head><title>A</title></head><meta property="og:title" content="B">')).toEqual({ title: 'A' })
    expect(read('<title>A</title><body><meta property="og:title" content="B">')).toEqual({ title: 'A' })
    expect(read('<head></head><title>A</title>')).toEqual({})
  })

  it.each([
    ['a script', '<script>document.write("<title>B</title>")</script><title>A</title>'],
    ['a comment', '<!-- <title>B</title> --><title>A</title>'],
    ['a style', '<style>/* <title>B</title> */</style><title>A</title>'],
    ['a second title', '<title>A</title><svg><title>B</title></svg>'],
    ['an attribute', '<link data-x="<title>B</title>"><title>A</title>'],
  ])('is not fooled by %s', (_what, page) => {
    expect(read(page)).toEqual({ title: 'A' })
  })

  it('gives markup as the text that it is', () => {
    expect(read(`<title><script>alert(1)</script></title><meta name="description" content="&quot;&gt;<img src=x onerror=alert(1)>">`)).toEqual({ title: '<script>alert(1)</script>', description: '"><img src=x onerror=alert(1)>' })
  })

  it('gives no more than has room in a preview', () => {
    const facts = read(`<title>${'😀'.repeat(60_000)}</title><meta name="description" content="${'a '.repeat(60_000)}"><meta property="og:site_name" content="${'b'.repeat(60_000)}">${'<meta '.repeat(20_000)}`, { size: 65_536 })
    expect(facts.title?.length).toBeLessThanOrEqual(LIMITS.previewTitle)
    expect(facts.title?.isWellFormed()).toBe(true)
    expect(facts.description?.length).toBeLessThanOrEqual(LIMITS.previewDescription)
    expect(facts.site).toHaveLength(LIMITS.previewSite)
  })

  it.each([
    ['nothing', ''],
    ['one bracket', '<'],
    ['a title without an end', '<title>A'],
    ['zeros', '\0'.repeat(5_000)],
    ['deep nesting', '<b>'.repeat(170_000)],
    ['deep nesting that is not closed by what closes', `${'<b>'.repeat(80_000)}${'</i>'.repeat(60_000)}`],
    ['as much nesting as is read, closed by what never opened', `${'<b>'.repeat(999)}${'</i>'.repeat(120_000)}`],
    ['attributes without end', `<meta ${'a=b '.repeat(50_000)}`],
    ['wrong entities', `<title>${'&#xFFFFFFFF;&#0;&#xD800;&nope;'.repeat(50)}</title>`],
  ])('does not mind %s', (_what, page) => {
    const { title = '' } = read(page, { size: 65_536 })
    expect(title.isWellFormed()).toBe(true)
    expect(title).not.toContain('\0')
  })

  it.each(['<b>', '</i>', '<meta ', '<meta a=b ', 'a=b ', '&nope;', '<title>', '<!--', '\0', `${'<b>'.repeat(999)}</i>`])('reads %j at a cost that grows as the page does', (part) => {
    const cost = growth((size) => {
      const page = `<meta ${part.repeat(size / part.length)}${part.repeat(size / part.length)}`
      return () => read(page, { size: 65_536 })
    }, 200_000)
    expect(cost).toBeLessThan(STEEP)
  })
})

describe('a page is written', () => {
  const LATIN = Buffer.from('<title>caf\u00e9</title>', 'latin1')
  it.each([
    ['as its header says', LATIN, 'text/html; charset=ISO-8859-1', 'café'],
    ['as it says itself', Buffer.concat([Buffer.from('<meta charset="windows-1252">'), LATIN]), 'text/html', 'café'],
    ['as it says itself in the old way', Buffer.concat([Buffer.from('<meta http-equiv="content-type" content="text/html; charset=iso-8859-1">'), LATIN]), 'text/html', 'café'],
    ['in UTF-8 if nobody says', Buffer.from('<title>café</title>'), 'text/html', 'café'],
    ['in UTF-8 if what is said does not exist', Buffer.from('<title>café</title>'), 'text/html; charset=klingon', 'café'],
    ['in UTF-8 if it says UTF-16, which could not have said so', Buffer.from('<meta charset=utf-16><title>café</title>'), 'text/html', 'café'],
    ['in UTF-16 by its mark', Buffer.from('\ufeff<title>café</title>', 'utf16le'), 'text/html', 'café'],
    ['in Japanese', Buffer.concat([Buffer.from('<title>'), Buffer.from([0x93, 0xfa, 0x96, 0x7b]), Buffer.from('</title>')]), 'text/html; charset=shift_jis', '日本'],
    ['wrongly', Buffer.concat([Buffer.from('<title>a'), Buffer.from([0xff]), Buffer.from('b</title>')]), 'text/html; charset=utf-8', 'a\ufffdb'],
  ])('%s', (_what, page, contentType, title) => {
    expect(read(page, { contentType })).toEqual({ title })
  })
})

it('a text is one line, without what would turn those around it', () => {
  expect(plainText(' a\n\tb\u0000c \u202egnp.exe\u2066\u200b ', 100)).toBe('a b c gnp.exe')
  expect(plainText('abcdef', 4)).toBe('abc…')
  expect(plainText('ab😀cd', 4)).toBe('ab…')
  expect(plainText('\ud800x', 4)).toBe('\ufffdx')
})
