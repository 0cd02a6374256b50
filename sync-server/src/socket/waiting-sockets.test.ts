import { LIMITS } from '@chatflow/shared/limits'
import { expect, it } from 'vitest'
import { WaitingSockets } from './waiting-sockets.ts'

const fill = (waiting: WaitingSockets, count: number, address: (i: number) => string) => Array.from({ length: count }, (_, i) => waiting.enter(address(i)))

it('[R10] an address has so many sockets that are not authenticated, and others are not touched', () => {
  const waiting = new WaitingSockets()
  const entered = fill(waiting, LIMITS.waitingSocketsOfAddress, () => '203.0.113.1')
  expect(waiting.enter('203.0.113.1')).toBeUndefined()
  expect(waiting.enter('::ffff:203.0.113.1')).toBeUndefined()
  expect(waiting.enter('203.0.113.2')).toBeDefined()
  entered[0]?.()
  // Said twice, by being authenticated and then closed, it counts once.
  entered[0]?.()
  expect(waiting.enter('203.0.113.1')).toBeDefined()
  expect(waiting.enter('203.0.113.1')).toBeUndefined()
})

it('[R10] the network of one IPv6 customer counts as one address', () => {
  const waiting = new WaitingSockets()
  fill(waiting, LIMITS.waitingSocketsOfAddress, (i) => `2001:db8:1:2::${i.toString(16)}`)
  expect(waiting.enter('2001:db8:1:2:ffff::1')).toBeUndefined()
  expect(waiting.enter('2001:db8:1:3::1')).toBeDefined()
})

it('[R10] there are so many in all, from however many addresses', () => {
  const waiting = new WaitingSockets()
  const entered = fill(waiting, LIMITS.waitingSockets, (i) => `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`)
  expect(entered).not.toContain(undefined)
  expect(waiting.enter('203.0.113.1')).toBeUndefined()
  for (const leave of entered) leave?.()
  expect(waiting.enter('203.0.113.1')).toBeDefined()
})
