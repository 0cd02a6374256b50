import { growth, STEEP } from '@chatflow/shared/testing/growth'
import { expect, test } from 'vitest'
import { parseMarkdown } from './markdown.ts'
import type { Block, Inline } from './markdown.ts'

const line = (text: string): Inline[] => {
  const [block] = parseMarkdown(text)
  return block?.type === 'paragraph' ? block.children : []
}
const t = (text: string): Inline => ({ type: 'text', text })

test('plain text stays as it is, with its line breaks', () => {
  expect(line('one\ntwo')).toEqual([t('one'), { type: 'break' }, t('two')])
  expect(line('2 * 3 * 4 and snake_case_name and a*b')).toEqual([t('2 * 3 * 4 and snake_case_name and a*b')])
})

test('bold, italic, struck and code', () => {
  expect(line('a **b** *c* _d_ ~~e~~ `f*g*`')).toEqual([
    t('a '), { type: 'bold', children: [t('b')] }, t(' '), { type: 'italic', children: [t('c')] }, t(' '), { type: 'italic', children: [t('d')] }, t(' '),
    { type: 'struck', children: [t('e')] }, t(' '), { type: 'code', text: 'f*g*' },
  ])
  expect(line('**bold *and* more**')).toEqual([{ type: 'bold', children: [t('bold '), { type: 'italic', children: [t('and')] }, t(' more')] }])
})

test('addresses become links, without the punctuation of the sentence', () => {
  expect(line('see https://example.org/a_(b).')).toEqual([
    t('see '), { type: 'link', href: 'https://example.org/a_(b)', children: [t('https://example.org/a_(b)')] }, t('.'),
  ])
  expect(line('[docs](https://example.org)')).toEqual([{ type: 'link', href: 'https://example.org', children: [t('docs')] }])
  expect(line('mailto:ana@example.org')).toMatchObject([{ type: 'link', href: 'mailto:ana@example.org' }])
})

test('an address in angle brackets, which gets no preview, is a link without them', () => {
  expect(line('a <https://example.org/b> c')).toEqual([t('a '), { type: 'link', href: 'https://example.org/b', children: [t('https://example.org/b')] }, t(' c')])
  expect(line('[docs](<https://example.org/a_(b>)')).toEqual([{ type: 'link', href: 'https://example.org/a_(b', children: [t('docs')] }])
  expect(line('1 <2 <b> <javascript:alert(1)>')).toEqual([t('1 <2 <b> <javascript:alert(1)>')])
})

test('no other scheme is ever a link', () => {
  for (const text of ['[x](javascript:alert(1))', '[x](data:text/html,hi)', 'javascript:alert(1)', '[x](//example.org)', '[x](file:///etc/passwd)']) {
    expect(JSON.stringify(parseMarkdown(text))).not.toContain('"link"')
  }
})

test('what is no address is no link', () => {
  for (const text of ['http://javascript:alert(1)', '[x](http://a:b:c/)', 'https://[::1', 'http://%zz/']) expect(JSON.stringify(parseMarkdown(text))).not.toContain('"link"')
})

test('mentions are those that the server counts', () => {
  expect(line('hi @ana.b, not a@b.c')).toEqual([t('hi '), { type: 'mention', username: 'ana.b' }, t(', not a@b.c')])
})

test('blocks: code keeps every character, quotes and lists hold their lines', () => {
  expect(parseMarkdown('a\n```\n<b> **x**\n  y\n```\nz')).toEqual([
    { type: 'paragraph', children: [t('a')] },
    { type: 'code', text: '<b> **x**\n  y' },
    { type: 'paragraph', children: [t('z')] },
  ] satisfies Block[])
  expect(parseMarkdown('> a\n> b\nc').map((b) => b.type)).toEqual(['quote', 'paragraph'])
  expect(parseMarkdown('- a\n- b\n3. c')).toEqual([
    { type: 'list', ordered: false, start: 1, items: [{ text: [t('a')], inner: [] }, { text: [t('b')], inner: [] }] },
    { type: 'list', ordered: true, start: 3, items: [{ text: [t('c')], inner: [] }] },
  ] satisfies Block[])
})

test('an unclosed fence is text', () => {
  expect(parseMarkdown('```js\nx')).toMatchObject([{ type: 'paragraph' }])
})

test.each(['*', '**a', '_', '[', '`', '> ', '~~', '@a', 'https://', '*a ', '[a](', '[a](<', '<https://', '- ', 'a_ ', ']('])('a hostile text of %j costs as much as it is long', (unit) => {
  for (const lead of ['', 'https://']) {
    const cost = growth((size) => {
      const text = lead + unit.repeat(Math.floor(size / unit.length))
      return () => parseMarkdown(text)
    }, 16_000)
    expect(cost).toBeLessThan(STEEP)
  }
})

test('a room is named by # at the beginning of a word; headings, colours of nothing and parts of addresses are text', () => {
  const names = (text: string) => parseMarkdown(text).flatMap((block) => (block.type === 'paragraph' ? block.children : [])).filter((node) => node.type === 'room').map((node) => node.name)
  expect(names('#general, #two-words. and (#読書会)')).toEqual(['general', 'two-words', '読書会'])
  expect(names('# heading, C#, a#b, ##x, &#39;, https://example.org/#part')).toEqual([])
})

test('lists stand in lists by their indentation, as deep as is sensible', () => {
  const outline = (blocks: Block[]): unknown => blocks.map((block) => (block.type === 'list' ? [block.ordered ? block.start : '-', block.items.map(({ text, inner }) => [text.map((node) => (node.type === 'text' ? node.text : '')).join(''), ...(outline(inner) as unknown[])])] : block.type))
  expect(outline(parseMarkdown('- a\n  - b\n    1. c\n    2. d\n- e\n\t* f'))).toEqual([['-', [['a', ['-', [['b', [1, [['c'], ['d']]]]]]], ['e', ['-', [['f']]]]]]])
  expect(outline(parseMarkdown('- a\n1. b\ntext'))).toEqual([['-', [['a']]], [1, [['b']]], 'paragraph'])
  const deep = Array.from({ length: 200 }, (_, i) => `${' '.repeat(i * 2)}- x`).join('\n')
  expect(JSON.stringify(parseMarkdown(deep)).length).toBeLessThan(20_000)
})

test('code may name its language; what is no name is code', () => {
  expect(parseMarkdown('```TS\nlet a\n```')).toEqual([{ type: 'code', text: 'let a', language: 'ts' }])
  expect(parseMarkdown('```\nlet a\n```')).toEqual([{ type: 'code', text: 'let a' }])
  expect(parseMarkdown('```let a = 1\nlet b\n```')).toEqual([{ type: 'code', text: 'let a = 1\nlet b' }])
  expect(parseMarkdown('```<img src=x onerror=alert(1)>\n```')).toEqual([{ type: 'code', text: '<img src=x onerror=alert(1)>' }])
})
