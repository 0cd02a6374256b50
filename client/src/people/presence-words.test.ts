import { expect, it } from 'vitest'
import { presenceWords } from './presence-words.ts'

const MINUTE = 60_000
const NOW = 1_700_000_000_000

it.each([
  [0, 'last seen just now'],
  [MINUTE, 'last seen just now'],
  [10 * MINUTE, 'last seen 10 minutes ago'],
  [59 * MINUTE, 'last seen 59 minutes ago'],
  [60 * MINUTE, 'last seen 1 hour ago'],
  [26 * 60 * MINUTE, 'last seen 1 day ago'],
  [100 * 24 * 60 * MINUTE, 'last seen a long time ago'],
  [-5 * MINUTE, 'last seen just now'],
])('%i ms ago is "%s"', (ago, words) => {
  expect(presenceWords({ lastSeen: NOW - ago }, NOW)).toBe(words)
})

it('who is here is not said to have been, and of others nothing is said', () => {
  expect(presenceWords({ presence: 'away', lastSeen: 1 }, NOW)).toBe('away')
  expect(presenceWords({}, NOW)).toBeUndefined()
})
