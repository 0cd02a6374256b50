import { expect, test } from 'vitest'
import { readLevel, readPreferences } from './preferences.ts'

const of = (settings: Record<string, unknown>) => readPreferences((key) => settings[key])

test('nothing set is what the app begins with', () => {
  expect(of({})).toEqual({ notify: 'all', density: 'comfortable', hours: 'system' })
})

test('what is set is taken', () => {
  expect(of({ notify: 'mentions', density: 'compact', hours: '24' })).toEqual({ notify: 'mentions', density: 'compact', hours: '24' })
})

test('what this version does not know counts as not set', () => {
  expect(of({ notify: 'keywords', density: 7, hours: null })).toEqual(of({}))
  expect(readLevel({ all: true })).toBeUndefined()
})
