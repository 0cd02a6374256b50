import { describe, expect, it } from 'vitest'
import { parseReactionKey, reactionKey } from './entry.ts'
import { newId } from './ids.ts'

const user = newId()

describe('[R11] the key of a reaction', () => {
  it.each(['👍', '👩‍👩‍👧‍👦', '🇩🇪', ':tada:', ':+1:', ':a:', '☕️'])('%s is read back as what it was written from', (emoji) => {
    expect(parseReactionKey(reactionKey(12, emoji, user))).toEqual({ seq: 12, emoji, user })
  })

  it.each(['', ':', '::', '12', '12:', `12:${user}`, `:👍:${user}`])('%j is none', (key) => {
    const parsed = parseReactionKey(key)
    if (parsed !== undefined) expect(reactionKey(parsed.seq, parsed.emoji, parsed.user)).not.toBe(key)
    expect(parsed).toBeUndefined()
  })
})
