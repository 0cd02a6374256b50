import type { Database } from '@chatflow/database'
import { testDatabases } from '@chatflow/database/testing'
import type { Command } from '@chatflow/shared/command'
import { docName } from '@chatflow/shared/doc-names'
import { dmRoomId, newId, type Id } from '@chatflow/shared/ids'
import type { GlobalRole } from '@chatflow/shared/roles'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTables } from '../testing/open-tables.ts'
import { addUser } from '../testing/people.ts'
import { RunningCore } from '../testing/running-core.ts'

describe.each(testDatabases())('[R12] a guest on $name', ({ open }) => {
  let db: Database
  let running: RunningCore
  let ada: Id
  let ben: Id
  let guest: Id
  /** Public, without the guest. */
  let market: Id
  /** Private, with the guest. */
  let inside: Id

  beforeAll(async () => {
    db = await openTables(open)
    running = await RunningCore.start(db)
    ada = await addUser(db, 'ada')
    ben = await addUser(db, 'ben')
    guest = await addUser(db, 'gina', 'guest')
    market = newId()
    inside = newId()
    await submit(ada, { type: 'room.create', room: market, kind: 'public', name: 'open', members: [] })
    await submit(ada, { type: 'room.create', room: inside, kind: 'private', name: 'inside', members: [guest] })
  })
  afterAll(async () => {
    await running.close()
    await db.close()
  })
  const submit = async (user: Id, fields: object): Promise<string> => {
    const result = await running.core.submit(user, { v: 1, id: newId(), at: Date.now(), ...fields } as unknown as Command)
    return result.status === 'rejected' ? result.code : 'accepted'
  }
  const become = (user: Id, role: GlobalRole) => db.query('update users set role = $2 where id = $1', [user, role])

  it('takes part where let in', async () => {
    expect(await submit(guest, { type: 'message.send', room: inside, text: 'hello @ada' })).toBe('accepted')
    await running.connect(guest).open(docName.room(inside))
    await running.connect(guest).open(docName.log(inside, 0))
  })

  it('is told of a public room neither more nor less than of one that does not exist', async () => {
    for (const room of [market, newId()]) expect(await submit(guest, { type: 'room.join', room })).toBe('room_not_found')
    for (const name of [docName.room(market), docName.log(market, 0), docName.room(newId())]) await expect(running.connect(guest).open(name)).rejects.toThrow('gone:not_a_member')
  })

  it('makes no rooms and starts no direct conversations, not even with people it knows', async () => {
    for (const kind of ['public', 'private'] as const) expect(await submit(guest, { type: 'room.create', room: newId(), kind, name: 'mine', members: [] })).toBe('forbidden')
    expect(await submit(guest, { type: 'room.create', room: dmRoomId([guest, ada]), kind: 'dm', members: [ada] })).toBe('forbidden')
    expect(await submit(guest, { type: 'room.create', room: newId(), kind: 'private', name: 'x', members: [newId()] })).toBe('forbidden')
  })

  it('answers in a direct conversation that somebody else began', async () => {
    const room = dmRoomId([ada, guest])
    expect(await submit(ada, { type: 'room.create', room, kind: 'dm', members: [guest] })).toBe('accepted')
    expect(await submit(guest, { type: 'message.send', room, text: 'here I am' })).toBe('accepted')
  })

  it('adds nobody, whatever its role in the room, and learns nothing about who exists', async () => {
    await submit(ada, { type: 'member.role', room: inside, user: guest, role: 'owner' })
    for (const user of [ben, newId()]) expect(await submit(guest, { type: 'member.add', room: inside, user })).toBe('forbidden')
    expect(await submit(ada, { type: 'member.role', room: inside, user: guest, role: 'member' })).toBe('accepted')
  })

  it('is named by nobody outside its rooms, and names nobody there', async () => {
    await submit(guest, { type: 'message.send', room: inside, text: 'who is @ben?' })
    await submit(ada, { type: 'message.send', room: market, text: 'who is @gina?' })
    const { rows } = await db.query('select 1 from mentions where user_id = any($1::uuid[])', [[ben, guest]])
    expect(rows).toEqual([])
  })

  it('is one from the next command on when the role changes, and stays in the rooms it is in', async () => {
    await submit(ben, { type: 'room.join', room: market })
    const connected = await running.connect(ben).open(docName.room(market))
    await become(ben, 'guest')
    expect(await submit(ben, { type: 'room.create', room: newId(), kind: 'private', name: 'mine', members: [] })).toBe('forbidden')
    expect(await submit(ben, { type: 'member.add', room: market, user: guest })).toBe('forbidden')
    expect(await submit(ben, { type: 'message.send', room: market, text: 'still here' })).toBe('accepted')
    expect(connected.doc.getMap('members').has(ben)).toBe(true)
    await become(ben, 'admin')
    expect(await submit(ben, { type: 'room.archive', room: inside })).toBe('accepted')
    await become(ben, 'member')
    expect(await submit(ben, { type: 'room.unarchive', room: inside })).toBe('not_a_member')
  })

  it('whose account is deactivated writes nothing more, and its connections end within the beat', async () => {
    const gus = await addUser(db, 'gus', 'guest')
    await submit(ada, { type: 'member.add', room: inside, user: gus })
    const left = Promise.withResolvers<number>()
    const client = running.connect(gus)
    await client.open(docName.user(gus))
    client.socket.on('close', ({ event }: { event: { code: number } }) => {
      left.resolve(event.code)
      client.destroy()
    })
    await db.query('update users set disabled_at = 1 where id = $1', [gus])
    expect(await submit(gus, { type: 'message.send', room: inside, text: 'too late' })).toBe('account_disabled')
    const since = Date.now()
    expect(await left.promise).toBe(4401)
    expect(Date.now() - since).toBeLessThan(2_000)
    await expect(running.connect(gus).open(docName.user(gus))).rejects.toThrow('auth:account_disabled')
  })
})
