import { expect, it } from 'vitest'
import { parseCommand } from './command.ts'
import { newId } from './ids.ts'
import { statusAt } from './own-settings.ts'

const set = (key: string, value: unknown) => parseCommand({ v: 1, id: newId(), at: 1, type: 'me.set', key, value })

it.each([
  ['status', { emoji: '🌴' }], ['status', { text: 'away' }], ['status', { emoji: '🌴', text: 'away', until: 5 }], ['status', null],
  ['privacy.presence', false], ['privacy.receipts', true], ['anything.else', { a: 1 }],
  ['notify', 'mentions'], ['level:01890a5d-ac96-774b-bcce-b302099a8057', 'none'], ['level:01890a5d-ac96-774b-bcce-b302099a8057', null], ['notify.sound', false], ['notify.hideText', true],
  ['dnd.until', 1], ['dnd.hours', { on: true, days: [1, 2], from: 1_320, to: 420, zone: 'Europe/Berlin' }],
])('the setting %s may be %j', (key, value) => {
  expect(set(key, value)).toMatchObject({ ok: true })
})

it.each([
  ['status', {}], ['status', 'away'], ['status', { text: '' }], ['status', { text: 'x'.repeat(81) }], ['status', { emoji: '<b>' }], ['status', { text: 'a', until: -1 }], ['status', { text: 'a', more: 1 }],
  ['privacy.presence', 'no'], ['privacy.receipts', 0],
  ['notify', 'loud'], ['level:01890a5d-ac96-774b-bcce-b302099a8057', true], ['notify.sound', 'bell'], ['notify.hideText', 1], ['dnd.until', -1], ['dnd.hours', { on: true, days: [8], from: 0, to: 0, zone: 'UTC' }],
])('[R9] the setting %s may not be %j', (key, value) => {
  expect(set(key, value)).toMatchObject({ ok: false, code: 'invalid_command', detail: 'value' })
})

it('a status is shown until it ends, and what is none is not shown', () => {
  expect(statusAt({ text: 'lunch', until: 10 }, 9)).toEqual({ text: 'lunch', until: 10 })
  expect(statusAt({ text: 'lunch', until: 10 }, 10)).toBeUndefined()
  expect(statusAt({ emoji: '🌴' }, 10)).toEqual({ emoji: '🌴' })
  expect(statusAt(undefined, 10)).toBeUndefined()
  expect(statusAt({ text: 7 }, 10)).toBeUndefined()
})
