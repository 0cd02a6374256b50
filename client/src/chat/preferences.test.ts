import { expect, test } from 'vitest'
import { readPreferences } from './preferences.ts'

const of = (settings: Record<string, unknown>) => readPreferences((key) => settings[key])

test('nothing set is what the app begins with', () => {
  expect(of({})).toEqual({ notify: 'all', density: 'comfortable', hours: 'system', language: undefined, recentEmoji: [], skinTone: 0, showPresence: true, showReceipts: true, previews: true, sound: true, hideText: false, quietUntil: undefined, quietHours: undefined })
})

test('what is set is taken', () => {
  const set = { notify: 'mentions', density: 'compact', hours: '24', recentEmoji: ['🎉'], skinTone: 3, previews: false }
  const quietHours = { on: true, days: [1], from: 0, to: 60, zone: 'UTC' }
  expect(of({ ...set, 'privacy.presence': false, 'privacy.receipts': false, 'notify.sound': false, 'notify.hideText': true, 'dnd.until': 5, 'dnd.hours': quietHours })).toEqual({
    ...set, showPresence: false, showReceipts: false, sound: false, hideText: true, quietUntil: 5, quietHours,
  })
})

test('what this version does not know counts as not set', () => {
  expect(of({ notify: 'keywords', density: 7, hours: null, recentEmoji: '🎉', skinTone: 9, previews: 'never' })).toEqual(of({}))
})
