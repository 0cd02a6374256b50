import { newId } from '@chatflow/shared/ids'
import { describe, expect, it } from 'vitest'
import { openPage, person, startServer, until } from '../sync/testing/harness.ts'
import { createLookups } from './lookups.ts'

/** Somebody in a public and a private room who has met Grace, at a server that answers nothing but documents. */
async function scene() {
  const server = await startServer()
  const user = person()
  const [open, closed] = [newId(), newId()]
  server.putRoom(open)
  server.putRoom(closed)
  server.putUser(user.id, open, { kind: 'public', name: 'General', role: 'member' })
  server.putUser(user.id, closed, { kind: 'private', name: 'Generals only', role: 'member' })
  server.putEntry(open, { seq: 1, id: newId(), receivedAt: 1_000 })
  server.putEntry(open, { seq: 2, id: newId(), receivedAt: 2_000 })
  const { core } = await openPage(server, user)
  core.openRoom(open)
  await until(core, () => core.entries(open).length === 2 && core.mine.rooms().size === 2)
  const grace = newId()
  core.people.meet(grace, { username: 'grace', displayName: 'Grace' })
  core.people.meet(user.id, user)
  return { core, user, open, grace, lookups: createLookups(() => core) }
}

describe('what is looked up without an answer of the server', () => {
  it('are people who are known on this device, oneself left out', async () => {
    const { lookups, grace } = await scene()
    expect((await lookups.findUsers('a')).map(({ id }) => id)).toEqual([grace])
    expect(lookups.knownPeople().map(({ id, displayName }) => [id, displayName])).toEqual([[grace, 'Grace']])
  })

  it('are public rooms that one is in', async () => {
    const { lookups, open } = await scene()
    expect(await lookups.browseRooms(' gen ', 0)).toMatchObject({ rooms: [{ room: open, name: 'General', joined: true }], more: false })
    expect((await lookups.findRooms('gen')).map(({ room }) => room)).toEqual([open])
    expect(await lookups.findRooms('other')).toEqual([])
  })

  it('is where a time lies in what is stored; members and pictures are not there', async () => {
    const { lookups, open } = await scene()
    expect(await lookups.findSeqAt(open, 1_500)).toBe(2)
    expect(await lookups.findMembers(open, '', 0)).toBeUndefined()
    expect(await lookups.previewImage(open, 'picture')).toBeUndefined()
  })
})
