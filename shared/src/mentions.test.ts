import { describe, expect, it } from 'vitest'
import { LIMITS } from './limits.ts'
import { mentionedUsernames, USERNAME } from './mentions.ts'

describe('who is mentioned', () => {
  it.each([
    ['@ada', ['ada']],
    ['hello @ada, and @ben!', ['ada', 'ben']],
    ['(@ada) "@ben" *@cleo*', ['ada', 'ben', 'cleo']],
    ['@ADA and @ada', ['ada']],
    ['@ada.', ['ada']],
    ['@ada.b-c_d...', ['ada.b-c_d']],
    ['line\n@ada\n@ben', ['ada', 'ben']],
    ['@user2', ['user2']],
    ['see a/@path', ['path']],
    ['@ada-', ['ada']],
  ])('in %j is %j', (text, names) => {
    expect(mentionedUsernames(text)).toEqual(names)
  })

  it.each(['', '@', '@ ada', 'ada@example.org', 'x.@ada', '@@ada', '@a', '`@ada`', '```\n@ada\n```', '```\n@ada and no end', '@-ada', '@é'])('is nobody in %j', (text) => {
    expect(mentionedUsernames(text)).toEqual([])
  })

  it('is somebody beside code as well', () => {
    expect(mentionedUsernames('`@ada` @ben ```@cleo``` @dan')).toEqual(['ben', 'dan'])
  })

  it(`is nobody beyond ${LIMITS.mentionsPerMessage}`, () => {
    const text = Array.from({ length: 80 }, (_, index) => `@user${index}`).join(' ')
    expect(mentionedUsernames(text)).toHaveLength(LIMITS.mentionsPerMessage)
  })

  it.each([
    ['one letter after another', `@${'a'.repeat(15_998)}`],
    ['signs without end', '@'.repeat(16_000)],
    ['code that never ends', '`'.repeat(16_000)],
    ['dots and dashes', `@a${'.-'.repeat(7_999)}`],
    ['fences', '```\n'.repeat(4_000)],
  ])('[R10] is found in the longest of hostile texts without effort: %s', (_, text) => {
    // Exponential or quadratic matching would take minutes, which is the test's own limit.
    expect(mentionedUsernames(text).length).toBeLessThanOrEqual(1)
  })
})

describe('a username', () => {
  it.each(['ab', 'a'.repeat(32), 'a.b', 'A_1-b', '00'])('may be %s', (name) => {
    expect(USERNAME.test(name)).toBe(true)
  })
  it.each(['', 'a', 'a'.repeat(33), '.ab', 'ab.', '-a', 'a b', 'a@b', 'äb', 'ab\n', 'a/b'])('may not be %j', (name) => {
    expect(USERNAME.test(name)).toBe(false)
  })
})
