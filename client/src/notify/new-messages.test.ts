import type { Entry, Mention } from '@chatflow/shared/entry'
import { newId } from '@chatflow/shared/ids'
import { expect, it } from 'vitest'
import { Listeners } from '../sync/listeners.ts'
import type { ChatCore } from '../sync/chat-core.ts'
import type { RoomReplica } from '../sync/room-replica.ts'
import { person } from '../sync/testing/harness.ts'
import { NewMessages } from './new-messages.ts'

const STARTED = 1_000

/** One room as parts of it arrive, and what is told of it. */
function stage() {
  const user = person()
  const room = newId()
  const entries = new Map<number, Entry>()
  const mentions: Mention[] = []
  const replica = {
    room,
    get highest() {
      return Math.max(0, ...entries.keys())
    },
    entry: (seq: number) => entries.get(seq),
    entries: () => [...entries.values()],
    person: () => undefined,
  } as unknown as RoomReplica
  const rooms = { changed: new Listeners<RoomReplica>(), held: () => replica }
  const mine = { changed: new Listeners(), mentions: () => mentions, confirmed: true }
  const core = { user, rooms, mine, people: { get: () => undefined }, serverClock: { first: STARTED } } as unknown as ChatCore
  const told: string[] = []
  const news = new NewMessages(core, ({ entry, edited }) => told.push(`${entry().seq}${edited ? ' edited' : ''}`))
  return {
    user, told, news,
    arrive(...changes: (Partial<Entry> & { seq: number })[]): void {
      for (const change of changes) entries.set(change.seq, { id: newId(), rev: change.seq, by: 'ann', sentAt: 0, receivedAt: STARTED + change.seq, text: 'hello', ...change })
      rooms.changed.emit(replica)
    },
    mention(seq: number): void {
      mentions.push({ room, seq, by: 'ann', at: STARTED + seq })
      mine.changed.emit()
    },
  }
}

it('a mention that the user document tells of after the message is not taken for one by a later edit', () => {
  const { user, told, arrive, mention } = stage()
  arrive({ seq: 1, mentions: [user.id] }, { seq: 2, mentionsRoom: true }, { seq: 3 })
  for (const seq of [1, 2]) mention(seq)
  arrive({ seq: 1, mentions: [user.id], editedAt: STARTED + 10 }, { seq: 2, mentionsRoom: true, editedAt: STARTED + 10 })
  expect(told).toEqual(['1', '2', '3'])
  // One that an edit brings still is.
  mention(3)
  arrive({ seq: 3, mentions: [user.id], editedAt: STARTED + 11 })
  expect(told).toEqual(['1', '2', '3', '3 edited'])
})

it('what arrives after something newer is told of once it is there, and once; what is of before is not', () => {
  const { user, told, arrive, mention } = stage()
  arrive({ seq: 1_022 })
  // The next segment is quicker than the end of the one before.
  arrive({ seq: 1_025 })
  mention(1_024)
  arrive({ seq: 1_024, mentions: [user.id], editedAt: STARTED + 2_000 })
  arrive({ seq: 1_023 }, { seq: 1_026 })
  arrive({ seq: 1_021, receivedAt: STARTED - 1 })
  arrive({ seq: 1_024, mentions: [user.id], editedAt: STARTED + 3_000 })
  expect(told).toEqual(['1022', '1025', '1024', '1023', '1026'])
})

it('below a message of before nothing is waited for', () => {
  const { told, arrive } = stage()
  arrive({ seq: 5, receivedAt: STARTED - 1 }, { seq: 8 })
  arrive({ seq: 4 }, { seq: 7 }, { seq: 6 })
  expect(told).toEqual(['8', '6', '7'])
})
