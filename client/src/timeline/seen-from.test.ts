import { expect, test } from 'vitest'
import { SeenFrom } from './seen-from.ts'

test('reading on from the first unread passes nothing over, also when going back in between', () => {
  const seen = new SeenFrom(100)
  expect([seen.look(98, 110), seen.look(105, 120), seen.look(90, 102), seen.look(119, 130)]).toEqual([false, false, false, false])
})

test('what is jumped over stays unseen until it has been read up to here', () => {
  const seen = new SeenFrom(100)
  expect(seen.look(300, 320)).toBe(true)
  expect(seen.look(95, 105)).toBe(false)
  expect(seen.look(300, 320)).toBe(true)
  for (let first = 100; first < 300; first += 10) expect(seen.look(first, first + 15)).toBe(false)
  expect(seen.look(305, 320)).toBe(false)
})
