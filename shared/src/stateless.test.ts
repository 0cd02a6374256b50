import { describe, expect, it } from 'vitest'
import { newId } from './ids.ts'
import { parseNotesMark, parseNotesStored, parseServerMessage } from './stateless.ts'

const room = newId()

describe('a message of the server', () => {
  it.each([
    { type: 'hello', epoch: 'e1', protocol: 1, time: 5 },
    { type: 'activity', room, head: 7 },
    { type: 'activity', room, head: 7, mention: true },
    { type: 'activity', room, head: 7, rev: 9 },
    { type: 'presence', user: newId(), status: 'away' },
  ])('%j is understood', (message) => {
    expect(parseServerMessage(JSON.stringify(message))).toEqual(message)
  })

  it('[R13] with more in it than this client knows is understood as far as it goes', () => {
    expect(parseServerMessage(JSON.stringify({ type: 'activity', room, head: 7, shade: 'blue' }))).toEqual({ type: 'activity', room, head: 7 })
  })

  it.each(['', '{', 'null', '[]', '7', '"hello"', '{}', '{"type":"news","of":"tomorrow"}', '{"type":"hello"}', '{"type":"activity","room":1,"head":"7"}', '{"type":"__proto__"}', '[[['.repeat(10_000)])(
    '[R13] that is not known or is damaged is passed over: %s',
    (payload) => {
      expect(parseServerMessage(payload)).toBeUndefined()
    },
  )
})

describe('a mark in notes', () => {
  it('is understood on both sides, with more in it than is known too', () => {
    expect(parseNotesMark('{"type":"notes-mark","mark":7,"shade":"blue"}')).toEqual({ type: 'notes-mark', mark: 7 })
    expect(parseNotesStored('{"type":"notes-stored","mark":7}')).toEqual({ type: 'notes-stored', mark: 7 })
  })

  it.each(['', '{', 'null', '{"type":"notes-mark"}', '{"type":"notes-mark","mark":-1}', '{"type":"notes-mark","mark":1.5}', '{"type":"notes-stored","mark":"7"}', '{"type":"hello"}'])(
    '[R13] that is damaged is passed over: %s',
    (payload) => {
      expect(parseNotesMark(payload)).toBeUndefined()
      expect(parseNotesStored(payload)).toBeUndefined()
    },
  )
})
