import { describe, expect, it } from 'vitest'
import { docName, parseDocName, segmentOf, segmentRange } from './doc-names.ts'
import { newId } from './ids.ts'

const a = newId()
const b = newId()
const c = newId()

describe('document names', () => {
  it.each([
    [docName.outbox(a, b, c), { kind: 'outbox', user: a, device: b, run: c }],
    [docName.user(a), { kind: 'user', user: a }],
    [docName.room(a), { kind: 'room', room: a }],
    [docName.log(a, 0), { kind: 'log', room: a, segment: 0 }],
    [docName.log(a, 3_906), { kind: 'log', room: a, segment: 3_906 }],
    [docName.notes(a), { kind: 'notes', room: a }],
  ])('[R11] %s is read as it was written', (name, parsed) => {
    expect(parseDocName(name)).toEqual(parsed)
  })

  it.each([
    '', '/', 'user', 'user/', `user/${a}/`, ` user/${a}`, `user/${a.toUpperCase()}`, `User/${a}`, `room/${a}/log`, `room/${a}/log/`, `room/${a}/log/01`, `room/${a}/log/-1`,
    `room/${a}/log/1.5`, `room/${a}/log/1e3`, `room/${a}/log/9999999999999`, `room/${a}/log/0/0`, `room/${a}/Notes`, `outbox/${a}/${b}`, `outbox/${a}/${b}/${c}/x`, `room/../user/${a}`,
    `room/${a}\0`, `room/${a}%2flog%2f0`, 'room/not-a-uuid', '__proto__', 'constructor/x', `room/${a}/${'x'.repeat(500)}`,
  ])('[R11] refuses %j, which is no name that the formatter writes', (name) => {
    expect(parseDocName(name)).toBeUndefined()
  })

  it('[R11] a segment holds 256 sequence numbers, counted from 1', () => {
    expect([1, 256, 257, 512, 513].map(segmentOf)).toEqual([0, 0, 1, 1, 2])
    for (const segment of [0, 1, 3_906]) {
      const { first, last } = segmentRange(segment)
      expect([segmentOf(first), segmentOf(last), last - first + 1]).toEqual([segment, segment, 256])
    }
  })
})
