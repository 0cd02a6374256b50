import { docName, parseDocName } from '@chatflow/shared/doc-names'
import { newId } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'
import * as encoding from 'lib0/encoding'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { randomOf } from '../testing/random.ts'
import { inspectFrame } from './inspect-frame.ts'

const user = newId()
const room = newId()
const outbox = docName.outbox(user, newId(), newId())
const log = docName.log(room, 0)

const inspect = (frame: Uint8Array): string => inspectFrame(frame, parseDocName)

/** A frame to `address`: the numbers, then a payload with its length in front. */
function frame(address: string, numbers: number[], payload?: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarString(encoder, address)
    for (const number of numbers) encoding.writeVarUint(encoder, number)
    if (payload !== undefined) encoding.writeVarUint8Array(encoder, payload)
  })
}

function updateWith(keys: number): Uint8Array {
  const doc = new Y.Doc()
  doc.transact(() => {
    for (let key = 0; key < keys; key += 1) doc.getMap('m').set(`${key}`, key)
  })
  return Y.encodeStateAsUpdate(doc)
}

describe('a frame is handed on when it', () => {
  it.each([
    ['asks for what is missing', frame(log, [0, 0], Y.encodeStateVector(new Y.Doc()))],
    ['brings what is missing', frame(log, [0, 1], updateWith(3))],
    ['brings an update', frame(outbox, [0, 2], updateWith(3))],
    ['answers a sync', frame(log, [4, 1], updateWith(0))],
    ['authenticates', frame(log, [2, 0])],
    ['asks who is there', frame(docName.room(room), [3])],
    ['closes a document', frame(log, [7])],
    ['is a ping or a pong', frame(log, [9])],
    ['names a session of the document', frame(`${log}\0a-session_1`, [0, 2], updateWith(1))],
  ])('%s', (_, bytes) => {
    expect(inspect(bytes)).toBe('pass')
  })

  it('says who is there, in a room, within the size for that', () => {
    expect(inspect(frame(docName.room(room), [1], new Uint8Array(100)))).toBe('awareness')
    expect(inspect(frame(docName.room(room), [1], new Uint8Array(LIMITS.awarenessBytes)))).toBe('drop')
    expect(inspect(frame(log, [1], new Uint8Array(100)))).toBe('drop')
    expect(inspect(frame(docName.notes(room), [1], new Uint8Array(100)))).toBe('awareness')
    expect(inspect(frame(docName.notes(room), [1], new Uint8Array(LIMITS.awarenessBytes)))).toBe('drop')
  })
})

it('a stateless message of a client is about presence, on its own document, within the size for that', () => {
  expect(inspect(frame(docName.user(user), [5], new Uint8Array(10)))).toBe('awareness')
  expect(inspect(frame(docName.user(user), [5], new Uint8Array(LIMITS.statelessBytes)))).toBe('drop')
  expect(inspect(frame(log, [5], new Uint8Array(10)))).toBe('drop')
})

it('a stateless message of a client in notes is a mark', () => {
  expect(inspect(frame(docName.notes(room), [5], new Uint8Array(40)))).toBe('pass')
  expect(inspect(frame(docName.notes(room), [5], new Uint8Array(LIMITS.awarenessBytes)))).toBe('drop')
})

describe('[R10] the connection ends over a frame that', () => {
  it.each([
    ['is empty', new Uint8Array()],
    ['names no document of ours', frame('anything', [0, 2], updateWith(1))],
    ['names a document in another spelling', frame(docName.room(room.toUpperCase()), [0, 2], updateWith(1))],
    ['has a session that is none', frame(`${log}\0../..`, [3])],
    ['has an empty session', frame(`${log}\0`, [3])],
    ['is of a type that clients do not send', frame(log, [8, 1])],
    ['is of a type that nobody knows', frame(log, [99])],
    ['ends after the address', frame(log, [])],
    ['has an address cut off', frame(log, [3]).subarray(0, 10)],
    ['brings an update that declares too much', frame(outbox, [0, 2], new Uint8Array([1, 255, 255, 255, 15, 1, 0]))],
    ['brings a payload cut off', frame(outbox, [0, 2], updateWith(3)).slice(0, -1)],
  ])('%s', (_, bytes) => {
    expect(inspect(bytes)).toBe('refuse')
  })

  it('brings an outbox more structs than it may get, where a replica may answer with as many', () => {
    const update = updateWith(LIMITS.outboxUpdateStructs + 1)
    expect(inspect(frame(outbox, [0, 2], update))).toBe('refuse')
    expect(inspect(frame(outbox, [4, 1], update))).toBe('refuse')
    expect(inspect(frame(log, [0, 1], update))).toBe('pass')
  })

  it('declares a payload that reaches into the memory behind the frame', () => {
    // What follows the frame in a shared buffer would complete the update: somebody else's bytes.
    const doc = new Y.Doc()
    doc.getText('t').insert(0, 'mine, and then what belongs to others')
    const whole = frame(outbox, [0, 2], Y.encodeStateAsUpdate(doc))
    for (let missing = 1; missing < 20; missing += 1) expect(inspect(whole.subarray(0, whole.length - missing))).toBe('refuse')
  })
})

it('[R10] random bytes and damaged frames get a verdict, never an error', () => {
  const random = randomOf(7)
  const good = [frame(outbox, [0, 2], updateWith(3)), frame(log, [0, 1], updateWith(1)), frame(docName.room(room), [1], new Uint8Array(60)), frame(log, [2, 0])]
  const verdicts = new Set<string>()
  for (let round = 0; round < 20_000; round += 1) {
    verdicts.add(inspect(Uint8Array.from({ length: random.below(80) }, () => random.below(256))))
    const damaged = (good[random.below(good.length)] ?? new Uint8Array(1)).slice()
    damaged[random.below(damaged.length)] = random.below(256)
    verdicts.add(inspect(damaged))
  }
  expect([...verdicts].sort()).toEqual(['awareness', 'drop', 'pass', 'refuse'])
})
