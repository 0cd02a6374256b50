import { ratio } from '@chatflow/shared/testing/growth'
import { expect, it } from 'vitest'
import { BREACHED, isCommonPassword } from './common-passwords.ts'

it.each(['password123', 'Password123!', 'P4ssw0rd2024!', '1234567890', '0987654321', 'qwertyuiop', 'aaaaaaaaaa', 'abcabcabcabc', 'passwordpassword', 'basketball', 'Sunshine2024', '!dragon1234', 'abcdefghijkl'])(
  '%s is a common password',
  (password) => {
    expect(isCommonPassword(password)).toBe(true)
  },
)

it.each(['correct horse battery', 'planted-password', 'dragon eats 7 sheep', 'zv8#qLm2!xTy', 'ich bin ein Auto', 'пароль-на-сегодня', 'ünïcödé wörds'])('%s is one of its own', (password) => {
  expect(isCommonPassword(password)).toBe(false)
})

it('knows far more than the 3 000 most frequent ones that are long enough to be taken', () => {
  const longEnough = new Set(BREACHED.filter((password) => Array.from(password).length >= 10))
  expect(longEnough.size).toBe(20_000)
  for (const password of longEnough) expect([password, isCommonPassword(password)]).toEqual([password, true])
})

it('is answered without a walk through the lists', () => {
  const password = 'violet otters juggle seventeen lanterns at the harbour by night'
  expect(ratio(() => isCommonPassword(password), () => BREACHED.findIndex((other) => other.startsWith(password)))).toBeLessThan(1)
})
