import type { Database } from '@chatflow/database'
import { testDatabases } from '@chatflow/database/testing'
import type { AdminRooms } from '@chatflow/shared/api/admin'
import { dmRoomId, newId, type Id } from '@chatflow/shared/ids'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type HttpFixture, httpFixture } from '../testing/http-fixture.ts'
import { addUser } from '../testing/people.ts'

describe.each(testDatabases())('rooms as administrators see them on $name', ({ open }) => {
  let db: Database
  let http: HttpFixture
  let root: Id
  let ada: Id
  let ben: Id
  const rooms: Id[] = []

  beforeAll(async () => {
    db = await open()
    http = await httpFixture(db, false)
    root = await addUser(db, 'root', 'admin')
    ada = await addUser(db, 'ada')
    ben = await addUser(db, 'ben')
    for (const [name, kind] of [['plans', 'private'], ['general', 'public'], ['100%', 'public']] as const) {
      const room = newId()
      rooms.push(room)
      await submit(ada, { type: 'room.create', room, kind, name, topic: `topic of ${name}`, members: [ben] })
    }
    await submit(ada, { type: 'message.send', room: rooms[0], text: 'secret words' })
    await submit(ada, { type: 'room.create', room: dmRoomId([ada, ben]), kind: 'dm', members: [ben] })
  })
  afterAll(async () => {
    await http.close()
    await db.close()
  })
  const submit = async (user: Id, fields: object): Promise<string> => {
    const answer = await http.post(user, { commands: [{ v: 1, id: newId(), at: Date.now(), ...fields }] })
    const [result] = answer.json<{ results: { status: string; code?: string }[] }>().results
    return result?.code ?? result?.status ?? 'none'
  }
  const list = async (query = '') => (await http.get(root, `/api/admin/rooms${query}`)).json<AdminRooms>()
  const names = async (query = '') => (await list(query)).rooms.map((room) => room.name)

  it('are told with their size and age, private ones too, newest first, and never with what is said there', async () => {
    const answer = await http.get(root, '/api/admin/rooms')
    expect(answer.json<AdminRooms>()).toEqual({
      rooms: [expect.objectContaining({ name: '100%' }), expect.objectContaining({ name: 'general', kind: 'public' }), {
        room: rooms[0], kind: 'private', name: 'plans', members: 2, messages: 2, createdAt: expect.any(Number), lastActivityAt: expect.any(Number), archived: false,
      }],
      more: false,
      directConversations: 1,
    })
    expect(answer.body).not.toMatch(/secret/)
    expect(answer.body).not.toContain(dmRoomId([ada, ben]))
  })

  it('are found by name, topic and id, page by page', async () => {
    expect(await names('?q=PLAN')).toEqual(['plans'])
    expect(await names('?q=topic%20of')).toEqual(['100%', 'general', 'plans'])
    expect(await names('?q=%25')).toEqual(['100%'])
    expect(await names(`?ids=${rooms[0]},${rooms[1]},${newId()}`)).toEqual(['general', 'plans'])
    expect(await names(`?ids=${dmRoomId([ada, ben])}`)).toEqual([])
    const page = await list('?limit=2')
    expect(page).toMatchObject({ rooms: [{ name: '100%' }, { name: 'general' }], more: true })
    expect(await list(`?limit=2&before=${page.rooms[1]?.room}`)).toMatchObject({ rooms: [{ name: 'plans' }], more: false })
  })

  it.each(['?ids=x', '?ids=', '?before=x', '?limit=0', '?limit=101', '?q=%00', '?other=1'])('[R9] refuse the query %s', async (query) => {
    expect((await http.get(root, `/api/admin/rooms${query}`)).json()).toMatchObject({ status: 400, code: 'invalid_input' })
  })

  it('are hidden from everybody else, whatever their token says', async () => {
    expect((await http.get(ada, '/api/admin/rooms')).json()).toMatchObject({ status: 403, code: 'forbidden' })
    expect((await http.get(ada, '/api/admin/rooms', { role: 'admin' })).json()).toMatchObject({ status: 403, code: 'forbidden' })
    expect((await http.app.inject({ url: '/api/admin/rooms' })).json()).toMatchObject({ status: 401, code: 'unauthenticated' })
  })

  it('are archived and opened again by administrators who are no members, and by owners, not by others', async () => {
    const [room = ''] = rooms
    expect(await submit(ben, { type: 'room.archive', room })).toBe('forbidden')
    expect(await submit(root, { type: 'room.archive', room })).toBe('accepted')
    expect(await submit(ada, { type: 'message.send', room, text: 'too late' })).toBe('room_archived')
    expect((await list('?q=plans')).rooms[0]?.archived).toBe(true)
    expect(await submit(ben, { type: 'room.unarchive', room })).toBe('forbidden')
    expect(await submit(ada, { type: 'room.unarchive', room })).toBe('accepted')
    expect(await submit(ada, { type: 'message.send', room, text: 'in time' })).toBe('accepted')
    const { rows } = await db.query('select actor, action, target_id, room_id from audit_log order by id')
    expect(rows).toEqual([
      { actor: root, action: 'room.archived', target_id: room, room_id: room },
      { actor: ada, action: 'room.unarchived', target_id: room, room_id: room },
    ])
  })

  it('stay closed to administrators in every other way', async () => {
    const [room = ''] = rooms
    for (const command of [{ type: 'message.send', text: 'x' }, { type: 'room.update', name: 'mine' }, { type: 'member.add', user: root }, { type: 'member.role', user: ben, role: 'owner' }, { type: 'room.read', seq: 1 }]) {
      expect(await submit(root, { room, ...command })).toBe('not_a_member')
    }
    expect((await http.get(root, `/api/rooms/${room}/messages`)).json()).toMatchObject({ code: 'room_not_found' })
    const dm = dmRoomId([ada, ben])
    for (const type of ['room.archive', 'room.unarchive']) expect(await submit(root, { type, room: dm })).toBe('not_a_member')
    expect(await submit(root, { type: 'room.archive', room: newId() })).toBe('room_not_found')
    expect((await db.query('select 1 from members where user_id = $1', [root])).rows).toEqual([])
  })
})
