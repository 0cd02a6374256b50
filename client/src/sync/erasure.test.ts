import { docName } from '@chatflow/shared/doc-names'
import type { Entry } from '@chatflow/shared/entry'
import { newId, type Id } from '@chatflow/shared/ids'
import { expect, it } from 'vitest'
import { MemoryDevice } from '../platform/memory-platform.ts'
import type { ChatCore } from './chat-core.ts'
import { openPage, person, startServer, until } from './testing/harness.ts'
import type { TestServer } from './testing/test-server.ts'

const BODY = 'nobody is to keep this'

/** A room of 1 000 whose third message stands in a segment that the device has stored and let go of. */
async function deviceWithOldSegment() {
  const server = await startServer()
  const user = person()
  const [room, secret] = [newId(), newId()]
  server.putRoom(room, 'General')
  server.putUser(user.id, room, { kind: 'public', name: 'General', role: 'member' })
  server.write(docName.room(room), (doc) => doc.getMap('room').set('head', 1_000))
  server.putEntry(room, { seq: 3, id: secret, text: BODY })
  server.putEntry(room, { seq: 1_000, id: newId(), text: 'newest' })
  const device = new MemoryDevice()
  const core = await open(server, user, device, room)
  core.rooms.alsoShow([3])
  await until(core, () => core.rooms.held(room)?.find(secret)?.text === BODY && core.rooms.held(room)?.settled === true)
  core.rooms.alsoShow([])
  await until(core, () => core.rooms.held(room)?.find(secret) === undefined)
  return { server, user, room, secret, device, core }
}

async function open(server: TestServer, user: ReturnType<typeof person>, device: MemoryDevice, room: Id): Promise<ChatCore> {
  const { core } = await openPage(server, user, {
    device,
    fetch: async (url) => {
      if (!url.includes('/erased?after=0')) throw new Error('offline')
      return { status: 200, json: async () => ({ rev: 77, segments: [0, 2, 500] }) }
    },
  })
  core.openRoom(room)
  await until(core, () => core.isOnline && core.rooms.held(room)?.entry(1_000) !== undefined)
  return core
}

/** Somebody deletes the message: its entry, and what the room says of its last deletion. */
function deleteIt(server: TestServer, room: Id, secret: Id): void {
  server.write(docName.log(room, 0), (doc) => doc.getMap<Entry>('log').set('3', { seq: 3, id: secret, rev: 77, by: 'someone', sentAt: 1, receivedAt: 3, text: '', deleted: true }))
  server.write(docName.room(room), (doc) => doc.getMap('room').set('erased', 77))
}

const keeps = (device: MemoryDevice, body: string) => [...device.replicas.values()].flatMap((stored) => [...stored.values()].flat()).some((update) => Buffer.from(update).includes(body))

it('[R6] a deletion in a part of the log that is stored but not open leaves this device within moments', async () => {
  const { server, room, secret, device, core } = await deviceWithOldSegment()
  expect(keeps(device, BODY)).toBe(true)
  deleteIt(server, room, secret)
  await expect.poll(() => core.summaries.get(room).erased).toBe(77)
  await expect.poll(() => keeps(device, BODY)).toBe(false)
})

it('[R6] a deletion that happened while the device was offline leaves it after it has connected again', async () => {
  const { server, user, room, secret, device, core } = await deviceWithOldSegment()
  await core.close()
  expect(keeps(device, BODY)).toBe(true)
  deleteIt(server, room, secret)
  const again = await open(server, user, device, room)
  await expect.poll(() => again.summaries.get(room).erased).toBe(77)
  await expect.poll(() => keeps(device, BODY)).toBe(false)
})
