import { docName } from '@chatflow/shared/doc-names'
import { newId } from '@chatflow/shared/ids'
import { describe, expect, it } from 'vitest'
import { createMemoryPlatform } from '../platform/memory-platform.ts'
import { People } from './people.ts'
import { RoomSummaries } from './room-summaries.ts'
import { SummaryKeeper } from './summary-keeper.ts'
import { openPage, person, startServer, until } from './testing/harness.ts'
import { ManualClock } from './testing/manual-clock.ts'

/** A held replica of a room with one unread message by somebody, and a keeper whose clock stands still. */
async function scene() {
  const server = await startServer()
  const user = person()
  const [room, by] = [newId(), newId()]
  server.putRoom(room)
  server.putUser(user.id, room)
  server.putEntry(room, { seq: 1, id: newId(), by, text: 'hello' })
  server.write(docName.log(room, 0), (doc) => doc.getMap('people').set(by, { username: 'grace', displayName: 'Grace' }))
  const { core } = await openPage(server, user)
  core.openRoom(room)
  await until(core, () => core.entries(room).length === 1)
  const clock = new ManualClock()
  const { keyValue } = createMemoryPlatform({ WebSocket })
  const summaries = new RoomSummaries(keyValue, clock, 'rooms')
  const people = new People(keyValue, clock, 'people')
  const read: boolean[] = []
  const keeper = new SummaryKeeper({ clock, user: user.id, mine: { cursor: () => 0 }, summaries, people, held: () => core.rooms.all(), onRead: (renamed) => void read.push(renamed) })
  return { room, by, core, clock, summaries, people, read, keeper }
}

describe('summaries of rooms', () => {
  it('follow what is held, a moment after the last of many changes, with the names of people', async () => {
    const { room, by, clock, summaries, people, read, keeper } = await scene()
    keeper.changed()
    keeper.changed()
    expect(summaries.get(room).stored).toBe(0)
    await clock.pass(250)
    expect(summaries.get(room)).toMatchObject({ head: 1, stored: 1, unread: 1, counted: { cursor: 0, head: 1 } })
    expect([people.get(by)?.displayName, read]).toEqual(['Grace', [true]])
    keeper.changed()
    await clock.pass(250)
    expect(read).toEqual([true, false])
  })

  it('are taken of a replica that is about to go, also when nothing is read by itself any more', async () => {
    const { room, core, clock, summaries, read, keeper } = await scene()
    keeper.changed()
    keeper.stop()
    await clock.pass(1_000)
    expect([summaries.get(room).stored, read]).toEqual([0, []])
    for (const replica of core.rooms.all()) keeper.take(replica)
    expect(summaries.get(room).stored).toBe(1)
  })
})
