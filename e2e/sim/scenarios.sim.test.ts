import type { Database } from '@chatflow/database'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { violations } from './invariants.ts'
import { World } from './world.ts'

describe('what must be seen at least once, step by step', () => {
  let db: Database

  beforeAll(async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    db = await World.openDatabase()
  })

  afterAll(() => db.close())

  const inWorld = async (seed: number, story: (world: World) => Promise<void>): Promise<void> => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'], now: Date.UTC(2026, 0, 1) })
    const world = await World.create(db, seed)
    try {
      await world.pass(200)
      await world.flush(20)
      await world.makeRooms()
      await world.pass(1_000)
      await world.flush(20)
      await story(world)
      await world.quiesce()
      expect(await violations(world, true)).toEqual([])
    } finally {
      await world.end()
      vi.useRealTimers()
    }
  }
  const texts = async (room: string): Promise<string[]> =>
    (await db.query<{ text: string }>('select text from messages where room_id = $1 and event is null order by seq', [room])).rows.map((row) => row.text)

  it('[R2] [R8] a thousand commands written offline arrive once each and in order, with servers dying under them', async () => {
    await inWorld(1, async (world) => {
      const page = world.pageOf('ben-laptop')
      const room = world.rooms[0] ?? ''
      if (page === undefined) throw new Error('no page')
      world.setOnline(page.device, false)
      for (let index = 0; index < 1_000; index += 1) await world.enter(page, { type: 'message.send', room, text: `offline ${index}` })
      world.setOnline(page.device, true)
      for (let round = 0; round < 6; round += 1) {
        await world.pass(400, 100)
        await world.flush(3)
        const [instance] = world.instances
        if (instance !== undefined) instance.db.dieAfterCommit = true
        await world.flush(3)
        if (world.instances.length < 2) await world.startInstance('C')
      }
      await world.quiesce()
      expect(await texts(room)).toEqual(Array.from({ length: 1_000 }, (_, index) => `offline ${index}`))
    })
  })

  it('[R1] [R3] a server dies between commit and append while the other holds the document loaded', async () => {
    await inWorld(2, async (world) => {
      const room = world.rooms[0] ?? ''
      for (const instance of [...world.instances]) {
        instance.db.dieAfterCommit = true
        const page = world.pages.find((candidate) => [...world.network.links].some((link) => link.client === candidate.name && link.server === instance.accept))
        if (page === undefined) continue
        await world.enter(page, { type: 'message.send', room, text: `last words to ${instance.name}` })
        await world.flush(6)
        expect(world.instances).not.toContain(instance)
        expect(await texts(room)).toContain(`last words to ${instance.name}`)
        await world.startInstance(instance.name)
        await world.pass(3_000, 100)
        await world.flush(10)
      }
    })
  })

  it('[R1] [R2] a database that fails in the middle of a batch rejects nothing and doubles nothing', async () => {
    await inWorld(3, async (world) => {
      const page = world.pageOf('ada-phone')
      const room = world.rooms[0] ?? ''
      if (page === undefined) throw new Error('no page')
      for (let failing = 1; failing <= 9; failing += 1) {
        for (let index = 0; index < 3; index += 1) await world.enter(page, { type: 'message.send', room, text: `${failing}.${index}` })
        world.faults.failures = failing
        await world.flush(4)
        await world.pass(1_500, 100)
      }
      expect(page.core.undelivered().filter((record) => record.status === 'rejected')).toEqual([])
    })
  })

  it('[R3] two servers that make the same segment from rows at the same time serve equal replicas', async () => {
    await inWorld(4, async (world) => {
      const room = world.rooms[0] ?? ''
      const page = world.pageOf('ada-laptop')
      if (page === undefined) throw new Error('no page')
      for (let index = 0; index < 20; index += 1) await world.enter(page, { type: 'message.send', room, text: `row ${index}` })
      await world.pass(2_000, 100)
      await world.flush(20)
      for (const instance of [...world.instances]) world.kill(instance)
      await db.query('truncate documents')
      await world.startInstance('A')
      await world.startInstance('B')
      for (const device of world.devices) world.setOnline(device, true)
      await world.pass(3_000, 50)
      await world.flush(20)
      await world.enter(page, { type: 'message.send', room, text: 'after' })
    })
  })

  it('[R1] [R8] a database restored to an earlier state gets back from its clients what it lost', async () => {
    await inWorld(5, async (world) => {
      const room = world.rooms[0] ?? ''
      const page = world.pageOf('ben-laptop')
      if (page === undefined) throw new Error('no page')
      await world.takeBackup()
      for (let index = 0; index < 5; index += 1) await world.enter(page, { type: 'message.send', room, text: `newer ${index}` })
      await world.pass(2_000, 100)
      await world.flush(20)
      expect(await texts(room)).toHaveLength(5)
      await world.restoreBackup()
      expect(await texts(room)).toEqual([])
      await world.quiesce()
      expect(await texts(room)).toEqual(Array.from({ length: 5 }, (_, index) => `newer ${index}`))
    })
  })
})
