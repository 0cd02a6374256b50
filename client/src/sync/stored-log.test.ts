import { docName } from '@chatflow/shared/doc-names'
import { newId } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'
import { expect, test } from 'vitest'
import { MemoryDevice } from '../platform/memory-platform.ts'
import { openPage, person, startServer, until } from './testing/harness.ts'

test('a time is found in what the device has stored, also where parts of the room are missing, without a network', async () => {
  const server = await startServer()
  const user = person()
  const room = newId()
  server.putRoom(room)
  server.putUser(user.id, room)
  const head = 4 * LIMITS.segmentSize
  // Some of each segment are enough, each at ten times its number.
  for (let seq = 32; seq <= head; seq += 32) server.putEntry(room, { seq, id: newId(), receivedAt: seq * 10 })
  const device = new MemoryDevice()
  const online = await openPage(server, user, { device })
  online.core.openRoom(room)
  online.core.rooms.show({ first: 1, last: head })
  await until(online.core, () => online.core.entries(room).length === head / 32 && online.core.rooms.held(room)?.settled === true)
  await online.core.close()

  const { core } = await openPage(server, user, { device, start: false })
  const at = (time: number) => core.storedLog(room).firstAt(time)
  expect(await at(0)).toBe(32)
  expect(await at(5_120)).toBe(512)
  expect(await at(5_121)).toBe(544)
  expect(await at(head * 10 + 1)).toBeUndefined()
  for (const replicas of device.replicas.values()) replicas.delete(docName.log(room, 1))
  // The second segment is not here: the third begins after it.
  expect(await at(LIMITS.segmentSize * 10 + 1)).toBe(2 * LIMITS.segmentSize + 32)
  expect(await core.storedLog(newId()).firstAt(0)).toBeUndefined()
})
