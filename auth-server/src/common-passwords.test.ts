import { expect, it } from 'vitest'
import { isCommonPassword } from './common-passwords.ts'

it.each(['password123', 'Password123!', 'P4ssw0rd2024!', '1234567890', '0987654321', 'qwertyuiop', 'aaaaaaaaaa', 'abcabcabcabc', 'passwordpassword', 'basketball', 'Sunshine2024', '!dragon1234', 'abcdefghijkl'])(
  '%s is a common password',
  (password) => {
    expect(isCommonPassword(password)).toBe(true)
  },
)

it.each(['correct horse battery', 'planted-password', 'dragon eats 7 sheep', 'zv8#qLm2!xTy', 'ich bin ein Auto', 'пароль-на-сегодня', 'ünïcödé wörds'])('%s is one of its own', (password) => {
  expect(isCommonPassword(password)).toBe(false)
})
