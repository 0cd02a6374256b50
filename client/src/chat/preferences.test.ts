import { expect, test } from 'vitest'
import { readLevel, readPreferences } from './preferences.ts'

const of = (settings: Record<string, unknown>) => readPreferences((key) => settings[key])

test('nothing set is what the app begins with', () => {
  expect(of({})).toEqual({ notify: 'all', density: 'comfortable', hours: 'system', language: undefined, recentEmoji: [], skinTone: 0, showPresence: true, showReceipts: true, previews: true })
})

test('what is set is taken', () => {
  const set = { notify: 'mentions', density: 'compact', hours: '24', recentEmoji: ['🎉'], skinTone: 3, previews: false }
  expect(of({ ...set, 'privacy.presence': false, 'privacy.receipts': false })).toEqual({ ...set, showPresence: false, showReceipts: false })
})

test('what this version does not know counts as not set', () => {
  expect(of({ notify: 'keywords', density: 7, hours: null, recentEmoji: '🎉', skinTone: 9, previews: 'never' })).toEqual(of({}))
  expect(readLevel({ all: true })).toBeUndefined()
})
