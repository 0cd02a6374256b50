import type { Database } from '@chatflow/database'
import { testDatabases } from '@chatflow/database/testing'
import type { BansPage, Report, ReportsPage } from '@chatflow/shared/api/moderation'
import { dmRoomId, newId, type Id } from '@chatflow/shared/ids'
import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type HttpFixture, httpFixture } from '../testing/http-fixture.ts'
import { addUser } from '../testing/people.ts'

describe.each(testDatabases())('what moderators read on $name', ({ open }) => {
  let db: Database
  let http: HttpFixture
  let owner: Id
  let mod: Id
  let ben: Id
  let cleo: Id
  let admin: Id

  beforeAll(async () => {
    db = await open()
    http = await httpFixture(db, false)
    owner = await addUser(db, 'owner')
    mod = await addUser(db, 'mod')
    ben = await addUser(db, 'ben')
    cleo = await addUser(db, 'cleo')
    admin = await addUser(db, 'admin', 'admin')
  })

  afterAll(async () => {
    await http.close()
    await db.close()
  })

  const send = async (user: Id, fields: Record<string, unknown>): Promise<Id> => {
    const id = newId()
    const answer = await http.post(user, { commands: [{ v: 1, id, at: 1_700_000_000_000, ...fields }] })
    expect(answer.json()).toMatchObject({ results: [{ status: 'accepted' }] })
    return id
  }
  const makeRoom = async (kind: 'public' | 'private', members: Id[] = [mod, ben, cleo]): Promise<Id> => {
    const room = newId()
    await send(owner, { type: 'room.create', room, kind, name: `a ${kind} room`, members })
    if (members.includes(mod)) await send(owner, { type: 'member.role', room, user: mod, role: 'moderator' })
    return room
  }
  /** A message of ben's that cleo has reported. */
  const reported = async (room: Id, fields: Record<string, unknown> = {}): Promise<{ id: Id; message: Id }> => {
    const message = await send(ben, { type: 'message.send', room, text: `bad words in ${room}` })
    return { message, id: await send(cleo, { type: 'message.report', room, message, reason: 'abuse', ...fields }) }
  }
  const reports = async (user: Id, query = ''): Promise<ReportsPage> => {
    const answer = await http.get(user, `/api/reports${query}`)
    expect(answer.statusCode).toBe(200)
    return answer.json<ReportsPage>()
  }
  const inRoom = async (user: Id, room: Id, query = '?limit=100'): Promise<Report[]> => (await reports(user, query)).reports.filter((report) => report.room.id === room)
  const view = async (user: Id, report: Id): Promise<LightMyRequestResponse> =>
    http.app.inject({ method: 'POST', url: `/api/reports/${report}/message`, headers: { authorization: `Bearer ${await http.token(user)}` } })
  const codeOf = (answer: LightMyRequestResponse): string => answer.json<{ code: string }>().code
  const looks = async (report: Id): Promise<unknown[]> =>
    (await db.query("select actor, room_id, details from audit_log where action = 'report.message_viewed' and target_id = $1", [report])).rows

  it('lists bans to those who may lift them, the newest first, and to nobody else', async () => {
    const room = await makeRoom('public')
    await send(mod, { type: 'member.ban', room, user: ben, reason: 'advertising' })
    await send(owner, { type: 'member.ban', room, user: cleo })
    const page = (await http.get(mod, `/api/rooms/${room}/bans`)).json<BansPage>()
    expect(page).toMatchObject({
      total: 2,
      bans: [
        { user: { id: cleo, username: 'cleo', displayName: 'Cleo' }, by: { id: owner } },
        { user: { id: ben }, by: { id: mod, displayName: 'Mod' }, reason: 'advertising' },
      ],
    })
    expect((await http.get(mod, `/api/rooms/${room}/bans?limit=1&offset=1`)).json()).toMatchObject({ total: 2, bans: [{ user: { id: ben } }] })
    const member = await addUser(db, `member-${newId().slice(-6)}`)
    await send(member, { type: 'room.join', room })
    expect(codeOf(await http.get(member, `/api/rooms/${room}/bans`))).toBe('forbidden')
    expect(codeOf(await http.get(ben, `/api/rooms/${room}/bans`))).toBe('room_not_found')
    await send(mod, { type: 'member.unban', room, user: cleo })
    expect((await http.get(mod, `/api/rooms/${room}/bans`)).json()).toMatchObject({ total: 1, bans: [{ user: { id: ben } }] })
  })

  it('[R12] shows reports to those who moderate the room and to administrators, never to whom they are about', async () => {
    const room = await makeRoom('public')
    const { id, message } = await reported(room, { note: 'third time' })
    const expected = {
      id, message, seq: 2, room: { id: room, kind: 'public', name: 'a public room' }, author: { id: ben, username: 'ben', displayName: 'Ben' }, authorRole: 'member',
      reporter: { id: cleo, username: 'cleo', displayName: 'Cleo' }, reason: 'abuse', note: 'third time', content: 'shown', text: `bad words in ${room}`,
    }
    expect(await inRoom(mod, room)).toEqual([{ ...expected, role: 'moderator', at: expect.any(Number) as number }])
    expect(await inRoom(admin, room)).toEqual([{ ...expected, at: expect.any(Number) as number }])
    for (const user of [ben, cleo, await addUser(db, `else-${newId().slice(-6)}`)]) expect(await reports(user)).toEqual({ reports: [], open: 0 })
    const byOwner = await send(owner, { type: 'message.send', room, text: 'mine' })
    await send(cleo, { type: 'message.report', room, message: byOwner, reason: 'other' })
    expect(await inRoom(owner, room)).toHaveLength(1)
    expect(await inRoom(mod, room)).toHaveLength(2)
  })

  it('moves what is settled to the resolved ones, with who settled it and how', async () => {
    const room = await makeRoom('private')
    const { id } = await reported(room)
    const before = (await reports(mod)).open
    await send(mod, { type: 'report.resolve', room, report: id, outcome: 'removed', note: 'clear' })
    expect(await inRoom(owner, room)).toEqual([])
    expect((await reports(mod)).open).toBe(before - 1)
    const [settled] = await inRoom(owner, room, '?state=resolved&limit=100')
    expect(settled).toMatchObject({ id, outcome: 'removed', resolvedBy: { id: mod }, resolution: 'clear', resolvedAt: expect.any(Number) as number, content: 'deleted' })
    expect(settled).not.toHaveProperty('text')
  })

  it('pages from the newest on', async () => {
    const room = await makeRoom('private')
    const made: Id[] = []
    for (let n = 0; n < 5; n += 1) made.push((await reported(room)).id)
    const ids: Id[] = []
    for (;;) {
      const page = await reports(mod, `?limit=2${ids.length === 0 ? '' : `&before=${ids.at(-1)}`}`)
      ids.push(...page.reports.map(({ id }) => id))
      if (page.reports.length < 2) break
    }
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.filter((id) => made.includes(id)).sort()).toEqual([...made].sort())
    for (const query of ['?state=closed', '?limit=0', '?limit=101', '?before=x', '?more=1']) expect(codeOf(await http.get(mod, `/api/reports${query}`))).toBe('invalid_input')
  })

  it('withholds private messages from administrators who are not there; each look is noted in the audit log', async () => {
    const closed = await makeRoom('private')
    const dm = dmRoomId([ben, cleo])
    await send(ben, { type: 'room.create', room: dm, kind: 'dm', members: [cleo] })
    for (const room of [closed, dm]) {
      const { id, message } = await reported(room)
      const [listed] = await inRoom(admin, room)
      expect(listed).toMatchObject({ id, content: 'withheld' })
      expect(JSON.stringify(listed)).not.toContain('bad words')
      expect(await looks(id)).toEqual([])
      const answer = await view(admin, id)
      expect(answer.json()).toEqual({ text: `bad words in ${room}`, sentAt: 1_700_000_000_000 })
      expect(await looks(id)).toEqual([{ actor: admin, room_id: room, details: { message } }])
    }
    expect(await inRoom(cleo, dm)).toEqual([])
    // What the administrator reads as a member is no look at something private.
    await send(owner, { type: 'member.add', room: closed, user: admin })
    const again = await reported(closed)
    expect((await view(admin, again.id)).statusCode).toBe(200)
    expect(await looks(again.id)).toEqual([])
  })

  it('[R6] gives the message to administrators alone, while the report is open and the message there', async () => {
    const room = await makeRoom('private')
    const { id, message } = await reported(room)
    for (const user of [owner, mod, ben, cleo]) expect(codeOf(await view(user, id))).toBe('forbidden')
    expect(codeOf(await view(admin, newId()))).toBe('report_not_found')
    expect((await http.app.inject({ method: 'POST', url: `/api/reports/${id}/message` })).statusCode).toBe(401)
    await send(ben, { type: 'message.delete', room, message })
    expect(codeOf(await view(admin, id))).toBe('message_deleted')
    expect(await inRoom(admin, room)).toMatchObject([{ id, content: 'deleted' }])
    await send(admin, { type: 'report.resolve', room, report: id, outcome: 'dismissed' })
    expect(codeOf(await view(admin, id))).toBe('report_resolved')
    expect(await looks(id)).toEqual([])
    const tables = ['reports', 'audit_log', 'commands', 'messages', 'documents']
    for (const table of tables) expect(JSON.stringify((await db.query(`select * from ${table}`)).rows)).not.toContain(`bad words in ${room}`)
  })
})
