import type { Database } from '@chatflow/database'
import { testDatabases } from '@chatflow/database/testing'
import { newId, type Id } from '@chatflow/shared/ids'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readRoom } from '../documents/room-content.ts'
import { httpFixture, type HttpFixture } from '../testing/http-fixture.ts'
import { addUser } from '../testing/people.ts'

describe.each(testDatabases())('deletions told by segment on $name', ({ open }) => {
  let db: Database
  let http: HttpFixture
  let ada: Id

  beforeAll(async () => {
    db = await open()
    http = await httpFixture(db, false)
    ada = await addUser(db, 'ada')
  })

  afterAll(async () => {
    await http.close()
    await db.close()
  })

  const send = async (fields: Record<string, unknown>): Promise<void> => {
    const answer = await http.post(ada, { commands: [{ v: 1, id: newId(), at: 1, ...fields }] })
    expect(answer.json<{ results: { status: string }[] }>().results.map(({ status }) => status)).toEqual(['accepted'])
  }
  const erased = async (room: Id, after: number) => (await http.get(ada, `/api/rooms/${room}/erased?after=${after}`)).json<{ rev: number; segments: number[] }>()

  it('[R6] the room says when something was last deleted, and the route in which segments', async () => {
    const [room, first, other] = [newId(), newId(), newId()]
    await send({ type: 'room.create', room, kind: 'private', name: 'r', members: [] })
    await send({ type: 'message.send', room, id: first, text: 'one' })
    expect((await readRoom(db, room))?.info.has('erased')).toBe(false)
    expect(await erased(room, 0)).toEqual({ rev: 0, segments: [] })
    await db.query('update rooms set head = 600 where id = $1', [room])
    await send({ type: 'message.send', room, id: other, text: 'two' })
    await send({ type: 'message.delete', room, message: first })
    const { rev, segments } = await erased(room, 0)
    expect([segments, (await readRoom(db, room))?.info.get('erased')]).toEqual([[0], rev])
    await send({ type: 'message.send', room, text: 'nothing deleted' })
    expect(await erased(room, rev)).toEqual({ rev, segments: [] })
    await send({ type: 'message.delete', room, message: other })
    expect((await erased(room, rev)).segments).toEqual([2])
    expect((await erased(room, 0)).segments).toEqual([0, 2])
  })
})
