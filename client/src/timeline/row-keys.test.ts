import { expect, test } from 'vitest'
import type { MessageView } from '../chat/views.ts'
import { RowKeys } from './row-keys.ts'

const message = (id: string) => ({ id }) as MessageView
const view = (entries: Record<number, string>, pending: string[], head: number) => ({
  floor: 0,
  head,
  pending: pending.map(message),
  at: (seq: number) => (entries[seq] === undefined ? undefined : message(entries[seq])),
})

test('a row is its sequence number, loaded or not', () => {
  const keys = new RowKeys()
  keys.update(view({}, [], 10))
  expect(keys.keyOf(7)).toBe(7)
})

test('one’s own message keeps its key when it is delivered', () => {
  const keys = new RowKeys()
  keys.update(view({}, ['a', 'b'], 10))
  keys.update(view({ 11: 'x', 12: 'a' }, ['b'], 12))
  expect([keys.keyOf(11), keys.keyOf(12)]).toEqual([11, 'a'])
})

test('also when its entry is seen later than its place', () => {
  const keys = new RowKeys()
  keys.update(view({}, ['a'], 10))
  keys.update(view({}, [], 11))
  keys.update(view({ 11: 'a' }, [], 11))
  expect(keys.keyOf(11)).toBe('a')
})
