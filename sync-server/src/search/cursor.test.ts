import { newId } from '@chatflow/shared/ids'
import { expect, it } from 'vitest'
import { readCursor, writeCursor } from './cursor.ts'

it('a place in the results comes back as it was written', () => {
  const place = { receivedAt: 1_772_000_000_123, room: newId(), seq: 123_456 }
  for (const cursor of [{ sort: 'new', ...place } as const, { sort: 'best', asOf: 1_772_000_000_999, score: 0.812345, ...place } as const]) {
    expect(readCursor(writeCursor(cursor))).toEqual(cursor)
  }
})

it.each(['', 'n', 'b', 'n.1', `n.1.${newId()}`, `n.1.${newId()}.`, `n.1.${newId()}.1.1`, `n.x.${newId()}.1`, `n.-1.${newId()}.1`, `n.1e3.${newId()}.1`, `n.1.${newId().toUpperCase()}A.1`, `b.1.1.${newId()}.1`, `b.1.1.1.${newId()}`, `c.1.1.1.${newId()}.1`, `n.${'9'.repeat(16)}.${newId()}.1`])(
  'what nobody was given is no place: %s',
  (value) => {
    expect(readCursor(value)).toBeUndefined()
  },
)
