import { describe, expect, it } from 'vitest'
import { parseCommand } from './command.ts'
import { newId } from './ids.ts'

const room = newId()
const other = newId()
const head = (type: string): Record<string, unknown> => ({ v: 1, id: newId(), type, at: 1_700_000_000_000 })

const GOOD: Record<string, Record<string, unknown>[]> = {
  'message.send': [{ room, text: 'hello' }, { room, text: '', files: [{ id: other }] }, { room, text: 'x'.repeat(16_000), replyTo: other }],
  'message.preview': [{ room, message: other, url: 'https://example.org/', on: false }],
  'message.edit': [{ room, message: other, text: 'x' }],
  'message.delete': [{ room, message: other }],
  'message.react': [{ room, message: other, emoji: '👩‍👩‍👧‍👦', on: true }, { room, message: other, emoji: ':party_parrot:', on: false }],
  'message.pin': [{ room, message: other, on: true }],
  'room.create': [{ room, kind: 'public', name: 'x', members: [] }, { room, kind: 'private', name: 'ä b', topic: '', members: [other] }, { room, kind: 'dm', members: [other] }],
  'room.update': [{ room }, { room, name: 'y', topic: 'z' }],
  'room.join': [{ room }],
  'room.leave': [{ room }],
  'room.archive': [{ room }],
  'room.read': [{ room, seq: 0 }],
  'room.unread': [{ room, seq: 7 }],
  'member.add': [{ room, user: other }],
  'member.remove': [{ room, user: other }],
  'member.ban': [{ room, user: other }, { room, user: other, reason: 'x'.repeat(300) }],
  'member.unban': [{ room, user: other }],
  'message.report': [{ room, message: other, reason: 'spam' }, { room, message: other, reason: 'other', note: 'x'.repeat(500) }],
  'report.resolve': [{ room, report: other, outcome: 'dismissed' }, { room, report: other, outcome: 'banned', note: 'again' }],
  'member.role': [{ room, user: other, role: 'moderator' }],
  'draft.set': [{ room, text: '' }, { room, text: 'x', replyTo: other }],
  'me.set': [{ key: 'theme', value: 'dark' }, { key: `room.${other}/level`, value: { mute: true, until: null } }],
}
const CASES = Object.entries(GOOD).flatMap(([type, list]) => list.map((fields) => ({ type, fields })))

describe('commands', () => {
  it.each(CASES)('[R9] $type is taken as $fields', ({ type, fields }) => {
    const command = { ...head(type), ...fields }
    expect(parseCommand(command)).toEqual({ ok: true, command })
    expect(parseCommand({ ...command, attempt: 2 }).ok).toBe(true)
  })

  it.each(CASES)('[R9] $type is refused with a field too many, too few or of another type', ({ type, fields }) => {
    const command: Record<string, unknown> = { ...head(type), ...fields }
    expect(parseCommand({ ...command, extra: 1 })).toMatchObject({ ok: false, code: 'invalid_command', id: command['id'] })
    expect(parseCommand(JSON.parse(`${JSON.stringify(command).slice(0, -1)},"__proto__":{"role":"admin"}}`)).ok).toBe(false)
    for (const key of Object.keys(command)) {
      if (['type', 'topic', 'name', 'files', 'replyTo', 'note'].includes(key) || (type === 'member.ban' && key === 'reason')) continue
      const { [key]: _left, ...rest } = command
      expect(parseCommand(rest).ok, `without ${key}`).toBe(false)
      if (key !== 'value') expect(parseCommand({ ...command, [key]: { toString: 'x' } }).ok, `${key} as an object`).toBe(false)
    }
    for (const wrong of [{ at: -1 }, { at: 1.5 }, { at: '1' }, { attempt: 0 }, { attempt: 1.5 }, { v: 0 }, { v: '1' }, { id: newId().toUpperCase() }]) {
      expect(parseCommand({ ...command, ...wrong }).ok, `with ${JSON.stringify(wrong)}`).toBe(false)
    }
  })

  it.each(['\u0000', 'a\u0000b', '\ud800', 'x\udc00y'])('[R9] no text holds %j', (text) => {
    expect(parseCommand({ ...head('message.send'), room, text }).ok).toBe(false)
    expect(parseCommand({ ...head('room.create'), room, kind: 'public', name: text, members: [] }).ok).toBe(false)
    expect(parseCommand({ ...head('draft.set'), room, text }).ok).toBe(false)
    expect(parseCommand({ ...head('message.report'), room, message: other, reason: 'spam', note: text }).ok).toBe(false)
    expect(parseCommand({ ...head('me.set'), key: 'k', value: { deep: [text] } }).ok).toBe(false)
  })

  it('takes a setting with a backslash before a u, which is no escape', () => {
    expect(parseCommand({ ...head('me.set'), key: 'status', value: { text: 'in C:\\users\\ute' } }).ok).toBe(true)
    expect(parseCommand({ ...head('me.set'), key: 'k', value: { ['\u0000']: 1 } }).ok).toBe(false)
  })

  it('[R9] names what is wrong', () => {
    const code = (value: unknown): unknown => {
      const parsed = parseCommand(value)
      return parsed.ok ? 'ok' : parsed.code
    }
    expect(code({ ...head('message.send'), room, text: 'x'.repeat(16_001) })).toBe('text_too_long')
    expect(code(head('message.fly'))).toBe('unknown_command_type')
    expect(code(head('constructor'))).toBe('unknown_command_type')
    expect([null, 'x', 7, [], undefined].map(code)).toEqual(Array.from({ length: 5 }, () => 'invalid_command'))
    expect(code({ ...head('message.react'), room, message: other, emoji: '<b>', on: true })).toBe('invalid_command')
    expect(code({ ...head('room.create'), room, kind: 'public', name: ' padded ', members: [] })).toBe('invalid_command')
    expect(code({ ...head('message.report'), room, message: other, reason: 'dislike' })).toBe('invalid_command')
    expect(code({ ...head('message.report'), room, message: other, reason: 'spam', note: 'x'.repeat(501) })).toBe('invalid_command')
    expect(code({ ...head('report.resolve'), room, report: other, outcome: 'done' })).toBe('invalid_command')
    expect(code({ ...head('member.ban'), room, user: other, reason: '' })).toBe('invalid_command')
    expect(code({ ...head('me.set'), key: 'big', value: 'x'.repeat(9_000) })).toBe('invalid_command')
  })

  it('[R10] values nest as deep as an update may, and no deeper, however deep they are', () => {
    const deep = (levels: number): unknown => JSON.parse(`${'['.repeat(levels)}1${']'.repeat(levels)}`)
    const parsed = (value: unknown): boolean => parseCommand({ ...head('me.set'), key: 'k', value }).ok
    expect([parsed(deep(7)), parsed(deep(8)), parsed(deep(100_000))]).toEqual([true, false, false])
    expect(parsed({ a: { b: { c: { d: { e: { f: { g: 1 } } } } } } })).toBe(true)
    expect(parsed({ a: { b: { c: { d: { e: { f: { g: {} } } } } } } })).toBe(false)
  })

  it('[R9] what JSON cannot say is refused, and nothing reaches a prototype', () => {
    for (const value of [undefined, Number.NaN, Number.POSITIVE_INFINITY, 9n, new Uint8Array(2), new Date(0), { gone: undefined }]) {
      expect(parseCommand({ ...head('me.set'), key: 'k', value }).ok).toBe(false)
    }
    const parsed = parseCommand({ ...head('me.set'), key: 'k', value: JSON.parse('{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}') as unknown })
    expect(parsed.ok && parsed.command.type === 'me.set' && Object.getPrototypeOf(parsed.command.value) === Object.prototype).toBe(true)
    expect(({} as { admin?: boolean }).admin).toBeUndefined()
  })

  it('[R13] a command of a newer version is held, whatever it looks like', () => {
    expect(parseCommand({ v: 2, id: other, type: 'message.fly', wings: 2 })).toEqual({ ok: false, code: 'command_held', detail: 'v', id: other })
  })
})
