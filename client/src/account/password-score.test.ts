import { growth, STEEP } from '@chatflow/shared/testing/growth'
import { expect, test } from 'vitest'
import { passwordScore } from './password-score.ts'

test('common passwords, keys in a row and repetitions are the first guesses', () => {
  for (const password of ['password12', 'qwertyuiop', '1234567890', 'aaaaaaaaaaaa', 'P4ssw0rd!!']) expect(passwordScore(password, [])).toBeLessThan(2)
})

test('what others know of a person makes a password with it easier to guess', () => {
  const password = 'tidewater-okonkwo'
  const about = ['adaeze.okonkwo@tidewater.example', 'adaeze', 'Adaeze Okonkwo']
  expect(passwordScore(password, [])).toBeGreaterThan(passwordScore(password, about))
})

test('what the server refuses as little more than a name has no points', () => {
  for (const password of ['ChatFlow2026!', 'adaeze-okonkwo-1', 'tidewater2026']) expect(passwordScore(password, ['adaeze.okonkwo@tidewater.example', 'adaeze', 'Adaeze Okonkwo'])).toBe(0)
})

test('a few words in a row are out of reach, and a longer text takes no longer', () => {
  expect(passwordScore('violet otters juggle seventeen lanterns', [])).toBe(4)
  expect(growth((size) => () => passwordScore('a1B!'.repeat(size), []), 1_000)).toBeLessThan(STEEP)
})
