import { describe, expect, it } from 'vitest'
import { parseReactionKey, reactionKey } from './entry.ts'
import { newId } from './ids.ts'
import { mentionedUsernames } from './mentions.ts'
import { parseServerMessage } from './stateless.ts'

describe('what documents and messages hold', () => {
  it.each(['👍', '👩‍👩‍👧‍👦', ':party:', ':a_b+c-d:'])('[R11] the key of a reaction with %s is read as it was written', (emoji) => {
    const user = newId()
    expect(parseReactionKey(reactionKey(257, emoji, user))).toEqual({ seq: 257, emoji, user })
  })

  it.each([
    ['hi @Ada and @ben.', ['ada', 'ben']],
    ['@ada @ADA @ada', ['ada']],
    ['mail ada@example.org or see a/@path', ['path']],
    ['`@code` and ```\n@block\n``` but @real-one', ['real-one']],
    ['@@twice @a @_x @ada-', ['ada']],
    ['no one', []],
  ])('finds the names in %j', (text, names) => {
    expect(mentionedUsernames(text)).toEqual(names)
  })

  it('[R13] a message of the server that this client does not know is passed over', () => {
    expect(parseServerMessage(JSON.stringify({ type: 'hello', epoch: 'e', protocol: 1, time: 2, more: true }))).toEqual({ type: 'hello', epoch: 'e', protocol: 1, time: 2 })
    for (const payload of ['', '{', 'null', '[]', '{"type":"dance"}', '{"type":"hello"}', '{"type":"activity","room":1,"head":"x"}']) {
      expect(parseServerMessage(payload)).toBeUndefined()
    }
  })
})
