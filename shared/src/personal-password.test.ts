import { growth, STEEP } from './testing/growth.ts'
import { expect, test } from 'vitest'
import { isPersonalPassword } from './personal-password.ts'

const about = ['mira.holm@tidewater.example', 'mira', 'Mira Holm', 'chat.harbour.org']

test.each([
  'chatflow2026', 'ChatFlow!!!', 'ch4tfl0w-1234', 'chatflowchatflow', 'miraholm1990', 'Mira Holm 1!', 'm1r4.h0lm@', 'holm-mira-mira', 'tidewater1', 'Tidewater2026!',
  'mira.holm@tidewater.example', 'chat.harbour.org', 'harbour123', 'mira@harbour', 'chatflowmira1',
])('%s is little more than what others know', (password) => {
  expect(isPersonalPassword(password, about)).toBe(true)
})

test.each(['harbour-lights', 'violet otters juggle', 'mira likes seven lanterns', 'chatflow is where we talk', 'georgeously', 'zv8#qLm2!xTy', 'mira:%&(/)=?', '1234567890'])('%s is more than that', (password) => {
  expect(isPersonalPassword(password, about)).toBe(false)
})

test('what is known of one person is not held against another, and short parts of names against nobody', () => {
  expect(isPersonalPassword('tidewater1', ['ben@example.org', 'ben'])).toBe(false)
  expect(isPersonalPassword('bobobobobob-x', ['bo', 'B. O.'])).toBe(false)
})

test.each([['the password', 1, 0], ['what is known', 0, 1]] as const)('the cost grows no faster than %s does', (_what, password, known) => {
  const cost = growth((size) => {
    const [text, facts] = ['mira'.repeat(password ? size / 4 : 25), known ? size : 100]
    return () => isPersonalPassword(text, ['m'.repeat(facts), 'a b c d '.repeat(facts / 8), ...about])
  }, 1_000)
  expect(cost).toBeLessThan(STEEP)
})
