import { describe, expect, it } from 'vitest'
import { docName, parseDocName, segmentOf, segmentRange } from './doc-names.ts'
import { newId } from './ids.ts'
import { LIMITS } from './limits.ts'

const [user, device, run, room] = [newId(), newId(), newId(), newId()]

describe('[R11] a document name', () => {
  it.each([
    [docName.outbox(user, device, run), { kind: 'outbox', user, device, run }],
    [docName.user(user), { kind: 'user', user }],
    [docName.room(room), { kind: 'room', room }],
    [docName.notes(room), { kind: 'notes', room }],
    [docName.log(room, 0), { kind: 'log', room, segment: 0 }],
    [docName.log(room, 1_234_567), { kind: 'log', room, segment: 1_234_567 }],
  ])('%s is read back as what it was written from', (name, parts) => {
    expect(parseDocName(name)).toEqual(parts)
  })

  it.each([
    '',
    '/',
    'room',
    'room/',
    `room/${room}/`,
    `/room/${room}`,
    `room//${room}`,
    ` room/${room}`,
    `room/${room} `,
    `room/${room}\n`,
    `room/${room}\u0000`,
    `room/${room.toUpperCase()}`,
    `room/{${room}}`,
    `room/urn:uuid:${room}`,
    `room/${room.replaceAll('-', '')}`,
    `Room/${room}`,
    `room/${room}/log`,
    `room/${room}/log/`,
    `room/${room}/log/-1`,
    `room/${room}/log/01`,
    `room/${room}/log/+1`,
    `room/${room}/log/1.0`,
    `room/${room}/log/1e3`,
    `room/${room}/log/0x1`,
    `room/${room}/log/ 1`,
    `room/${room}/log/١`,
    `room/${room}/log/NaN`,
    `room/${room}/log/9999999999999`,
    `room/${room}/log/1/2`,
    `room/${room}/notes/1`,
    `room/${room}/Notes`,
    `room/${room}/../user/${user}`,
    `room/../${room}`,
    `user/${user}/${user}`,
    `user/__proto__`,
    `outbox/${user}/${device}`,
    `outbox/${user}/${device}/${run}/${run}`,
    `outbox/${user}/${device}/x`,
    `outbox/${user}//${run}`,
    `files/${room}`,
    'constructor',
    'x'.repeat(1_000_000),
    `room/${room}/${'log/'.repeat(1_000)}`,
  ])('%j is none', (name) => {
    expect(parseDocName(name)).toBeUndefined()
  })

  it('is the only one of what it names: whatever is read is written the same way again', () => {
    for (const name of [docName.outbox(user, device, run), docName.user(user), docName.room(room), docName.notes(room), docName.log(room, 7)]) {
      // Any one character changed gives another name or none, never another spelling.
      for (let index = 0; index < name.length; index += 1) {
        for (const other of ['0', 'A', 'f', '/', '-', '%', '\u0000']) {
          const changed = name.slice(0, index) + other + name.slice(index + 1)
          const parsed = parseDocName(changed)
          if (parsed !== undefined) expect(written(parsed)).toBe(changed)
        }
      }
    }
  })
})

describe('segments', () => {
  it('hold 256 sequence numbers each, and every number has one', () => {
    expect([1, 2, 256, 257, 512, 513].map(segmentOf)).toEqual([0, 0, 0, 1, 1, 2])
    for (const segment of [0, 1, 2, 3_906]) {
      const { first, last } = segmentRange(segment)
      expect(last - first + 1).toBe(LIMITS.segmentSize)
      expect([segmentOf(first), segmentOf(last), segmentOf(last + 1)]).toEqual([segment, segment, segment + 1])
    }
  })
})

function written(parsed: NonNullable<ReturnType<typeof parseDocName>>): string {
  switch (parsed.kind) {
    case 'outbox':
      return docName.outbox(parsed.user, parsed.device, parsed.run)
    case 'user':
      return docName.user(parsed.user)
    case 'log':
      return docName.log(parsed.room, parsed.segment)
    default:
      return docName[parsed.kind](parsed.room)
  }
}
