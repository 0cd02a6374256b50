import { expect, test } from 'vitest'
import { safeLink, typedLink } from './safe-link.ts'

test('only addresses of web pages and mailboxes become links', () => {
  expect(safeLink('https://example.org/a?b#c')).toBe('https://example.org/a?b#c')
  expect(safeLink('http://example.org')).toBe('http://example.org/')
  expect(safeLink('mailto:ana@example.org')).toBe('mailto:ana@example.org')
  const hostile = ['javascript:alert(1)', ' JaVaScRiPt:alert(1)', 'java\nscript:alert(1)', 'data:text/html,<script>1</script>', 'vbscript:x', 'file:///etc/passwd', 'blob:https://a/b', '/relative', '', 'https://', 7, null, { href: 'https://a.org' }, `https://a.org/${'x'.repeat(3_000)}`]
  expect(hostile.filter((address) => safeLink(address) !== undefined)).toEqual([])
})

test('what people type as an address is made whole', () => {
  expect(typedLink('example.org/plan')).toBe('https://example.org/plan')
  expect(typedLink(' https://example.org ')).toBe('https://example.org/')
  expect(typedLink('ana@example.org')).toBe('mailto:ana@example.org')
  expect(typedLink('example.org:8080/a')).toBe('https://example.org:8080/a')
  expect(['', 'two words.org', 'word', 'javascript:alert(1)', 'data:text/html,x'].filter((typed) => typedLink(typed) !== undefined)).toEqual([])
})
