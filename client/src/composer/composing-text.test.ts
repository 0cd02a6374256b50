import { expect, test } from 'vitest'
import { charactersLeft, giveBack, isSendable } from './composing-text.ts'

test('blanks alone are not sent, and 16 000 characters are the most', () => {
  expect([isSendable(' \n\t'), isSendable(' a '), isSendable('x'.repeat(16_000)), isSendable('x'.repeat(16_001))]).toEqual([false, true, true, false])
})

test('the count appears near the limit and goes below nought beyond it', () => {
  expect(charactersLeft('x'.repeat(14_999))).toBeUndefined()
  expect(charactersLeft('x'.repeat(15_990))).toBe(10)
  expect(charactersLeft('x'.repeat(16_020))).toBe(-20)
})

test('[R8] a message that could not be kept comes back before what has been typed since', () => {
  expect(giveBack('lost', '')).toBe('lost')
  expect(giveBack('lost', 'next thought')).toBe('lost\nnext thought')
})
