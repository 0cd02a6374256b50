import { docName } from '@chatflow/shared/doc-names'
import type { Entry } from '@chatflow/shared/entry'
import { newId, type Id } from '@chatflow/shared/ids'
import { parseQuery } from '@chatflow/shared/search/query'
import { expect, test, vi } from 'vitest'
import type { Helper } from '../../platform/platform.ts'
import { MemoryDevice } from '../../platform/memory-platform.ts'
import type { ChatCore } from '../chat-core.ts'
import { openPage, person, startServer, until } from '../testing/harness.ts'

const NOTHING = { documents: [], changes: [] }

async function find(core: ChatCore, text: string, rooms: Id[]): Promise<string[]> {
  const parsed = parseQuery(text, { now: 0, timeZone: 'UTC' })
  if (!parsed.ok) throw new Error(parsed.reason)
  const { hits } = await core.search.find({ terms: parsed.query.terms, notFrom: [], rooms, has: [] }, 'new', 20, NOTHING)
  return hits.map(({ document }) => document.text)
}

/** A room of 1 000, of which the device has stored the oldest part and let go of it, and holds the newest. */
async function longRoom() {
  const server = await startServer()
  const user = person()
  const [room, old, newest] = [newId(), newId(), newId()]
  server.putRoom(room)
  server.putUser(user.id, room)
  server.write(docName.room(room), (doc) => doc.getMap('room').set('head', 1_000))
  server.putEntry(room, { seq: 3, id: old, text: 'the old lighthouse' })
  server.putEntry(room, { seq: 1_000, id: newest, text: 'the new lighthouse' })
  const device = new MemoryDevice()
  const { core, platform } = await openPage(server, user, { device, fetch: async (url) => ({ status: url.includes('/erased') ? 200 : 404, json: async () => ({ rev: 77, segments: [0] }) }) })
  core.openRoom(room)
  core.rooms.alsoShow([3])
  await until(core, () => core.rooms.held(room)?.find(old) !== undefined && core.rooms.held(room)?.find(newest) !== undefined && core.rooms.held(room)?.settled === true)
  core.rooms.alsoShow([])
  await until(core, () => core.rooms.held(room)?.find(old) === undefined)
  return { server, user, room, old, newest, device, core, platform }
}

test('what is stored and what is held is found, and what comes or changes from then on', async () => {
  const { server, core, room, newest } = await longRoom()
  await expect.poll(() => find(core, 'lighthouse', [room])).toEqual(['the new lighthouse', 'the old lighthouse'])
  await expect.poll(() => core.search.reading).toBe(false)
  server.putEntry(room, { seq: 1_001, id: newId(), text: 'one more lighthouse' })
  await until(core, () => core.entries(room).some(({ seq }) => seq === 1_001))
  // At once: what the page has seen is told before it asks.
  expect(await find(core, 'lighthouse', [room])).toEqual(['one more lighthouse', 'the new lighthouse', 'the old lighthouse'])
  server.putEntry(room, { seq: 1_000, id: newest, rev: 1_009, text: 'the new beacon' })
  await until(core, () => core.rooms.held(room)?.find(newest)?.rev === 1_009)
  expect(await find(core, 'lighthouse', [room])).toEqual(['one more lighthouse', 'the old lighthouse'])
  expect(await find(core, 'beacon', [room])).toEqual(['the new beacon'])
})

test('it is all found on the next page too, without a network', async () => {
  const { server, user, core, room, device } = await longRoom()
  await core.close()
  const page = await openPage(server, user, { device, start: false })
  await expect.poll(() => find(page.core, 'lighthouse', [room])).toEqual(['the new lighthouse', 'the old lighthouse'])
})

test('[R6] a deleted message is not found any more from the moment that the device hears of it, held or only stored', async () => {
  const { server, core, room, old, newest } = await longRoom()
  await expect.poll(() => find(core, 'lighthouse', [room])).toHaveLength(2)
  const erase = (seq: number, id: Id) => server.write(docName.log(room, Math.floor((seq - 1) / 256)), (doc) => doc.getMap<Entry>('log').set(String(seq), { seq, id, rev: 77, by: 'someone', sentAt: 1, receivedAt: 3, text: '', deleted: true }))
  erase(1_000, newest)
  await until(core, () => core.rooms.held(room)?.find(newest)?.deleted === true)
  expect(await find(core, 'lighthouse', [room])).toEqual(['the old lighthouse'])
  erase(3, old)
  server.write(docName.room(room), (doc) => doc.getMap('room').set('erased', 77))
  await expect.poll(() => find(core, 'lighthouse', [room])).toEqual([])
})

test('[R5] of a room that one was removed from nothing is found', async () => {
  const { server, user, core, room } = await longRoom()
  await expect.poll(() => find(core, 'lighthouse', [room])).toHaveLength(2)
  server.write(docName.user(user.id), (doc) => doc.getMap('rooms').delete(room))
  await expect.poll(() => find(core, 'lighthouse', [room])).toEqual([])
})

test('[R7] nothing is read before the first search', async () => {
  const { server, user, core, room, device } = await longRoom()
  await core.close()
  const { core: again, platform } = await openPage(server, user, { device, start: false })
  const opened = vi.spyOn(platform, 'openSearchWorker')
  again.openRoom(room)
  await until(again, () => again.entries(room).length > 0)
  expect(again.search.reading).toBe(false)
  expect(opened).not.toHaveBeenCalled()
})

test('when its worker ends, the page searches by itself and answers what was asked', async () => {
  const { core, platform, room } = await longRoom()
  let fail: () => void = () => undefined
  const silent: Helper = { post: () => undefined, close: () => undefined }
  vi.spyOn(platform, 'openSearchWorker').mockImplementation((_name, _hear, failed) => {
    fail = failed
    return silent
  })
  const asked = find(core, 'new lighthouse', [room])
  fail()
  expect(await asked).toEqual(['the new lighthouse'])
  await expect.poll(() => find(core, 'lighthouse', [room])).toHaveLength(2)
})

test('who closes it while it searches is answered with nothing', async () => {
  const { core, room } = await longRoom()
  const asked = find(core, 'lighthouse', [room])
  core.search.close()
  expect(await asked).toEqual([])
  expect(await find(core, 'lighthouse', [room])).toEqual([])
})
