import { expect, test } from 'vitest'
import { nameOf, timesOf } from './session-words.ts'

test('a session is named by what is known of its device', () => {
  expect(nameOf({ device: 'Windows', browser: 'Firefox 131' })).toBe('Firefox 131 on Windows')
  expect(nameOf({ device: 'iPhone', browser: '' })).toBe('iPhone')
  expect(nameOf({ device: '', browser: 'Firefox 131' })).toBe('Firefox 131')
  expect(nameOf({ device: '', browser: '' })).toBe('Unknown device')
})

test('the present session is used now, another says when it was', () => {
  const now = new Date(2026, 10, 24, 15).getTime()
  const session = { id: 'x', device: '', browser: '', createdAt: new Date(2026, 10, 23, 9).getTime(), lastUsedAt: new Date(2026, 10, 24, 11).getTime() }
  expect(timesOf({ ...session, current: true }, now)).toMatch(/^Used now · Signed in: Yesterday, .*9/)
  expect(timesOf({ ...session, current: false }, now)).toMatch(/^Last used: Today, .*11.* · Signed in: Yesterday/)
})
