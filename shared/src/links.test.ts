import { growth, STEEP } from './testing/growth.ts'
import { describe, expect, it } from 'vitest'
import { LIMITS } from './limits.ts'
import { previewLinks } from './links.ts'

describe('links that may get a preview', () => {
  it.each([
    ['an address', 'see https://example.org/a', ['https://example.org/a']],
    ['without the punctuation of its sentence', 'Is it https://example.org/a?b=c, or (https://example.org/d_(e))?', ['https://example.org/a?b=c', 'https://example.org/d_(e)']],
    ['without what is behind the hash, so that two places of a page are one', 'https://example.org/a#one https://example.org/a#two', ['https://example.org/a']],
    ['behind words', '[the plan](https://example.org/plan)', ['https://example.org/plan']],
    ['in bold', '**https://example.org/a**', ['https://example.org/a']],
    ['three of them', [1, 2, 3, 4].map((n) => `http://example.org/${n}`).join('\n'), [1, 2, 3].map((n) => `http://example.org/${n}`)],
    ['of which one comes twice', 'https://example.org/a https://example.org/a https://example.org/b', ['https://example.org/a', 'https://example.org/b']],
    ['as long as may be', `https://example.org/${'a'.repeat(LIMITS.previewUrl - 20)}`, [`https://example.org/${'a'.repeat(LIMITS.previewUrl - 20)}`]],
  ])('%s', (_what, text, links) => {
    expect(previewLinks(text)).toEqual(links)
  })

  it.each([
    ['no address', 'nothing to see, not even example.org'],
    ['in angle brackets', 'see <https://example.org/a>'],
    ['behind words, in angle brackets', '[the plan](<https://example.org/plan>)'],
    ['in code', 'run `curl https://example.org/a`'],
    ['in a block of code', '```\nhttps://example.org/a\n```'],
    ['in a block of code without an end', '```\nhttps://example.org/a'],
    ['in a spoiler', '||https://example.org/the-end||'],
    ['another scheme', 'ftp://example.org javascript://example.org file:///etc/passwd mailto:a@example.org'],
    ['no host', 'https:// https:/// https://?a https://#a'],
    ['in the middle of a word', 'xhttps://example.org'],
    ['too long', `https://example.org/${'a'.repeat(LIMITS.previewUrl)}`],
  ])('none: %s', (_what, text) => {
    expect(previewLinks(text)).toEqual([])
  })

  it.each(['||', '`', '```', 'https://', 'https://a(', '<https://', '|| `'])('are looked for at a cost that grows as the text does, of %j', (piece) => {
    const cost = growth((size) => {
      const text = `://${piece.repeat(size / piece.length)}`
      return () => previewLinks(text)
    }, LIMITS.messageText)
    expect(cost).toBeLessThan(STEEP)
  })
})
