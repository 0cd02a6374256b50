import type { Database } from '@chatflow/database'
import { testDatabases } from '@chatflow/database/testing'
import { dmRoomId, newId, type Id } from '@chatflow/shared/ids'
import type { Entry } from '@chatflow/shared/entry'
import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type HttpFixture, httpFixture } from '../testing/http-fixture.ts'
import { addUser } from '../testing/people.ts'

describe.each(testDatabases())('the routes on $name', ({ open }) => {
  let db: Database
  let http: HttpFixture
  let ada: Id
  let ben: Id
  let eve: Id
  let guest: Id

  beforeAll(async () => {
    db = await open()
    http = await httpFixture(db, true)
    ada = await addUser(db, 'ada')
    ben = await addUser(db, 'ben')
    eve = await addUser(db, 'eve')
    guest = await addUser(db, 'guest', 'guest')
  })

  afterAll(async () => {
    await http.close()
    await db.close()
  })

  const command = (fields: Record<string, unknown>): Record<string, unknown> => ({ v: 1, id: newId(), at: 1_700_000_000_000, ...fields })
  const send = async (user: Id, fields: Record<string, unknown>): Promise<unknown> => {
    const answer = await http.post(user, { commands: [command(fields)] })
    return answer.json<{ results: unknown[] }>().results[0]
  }
  const makeRoom = async (kind: 'public' | 'private' = 'private', members: Id[] = [ben], name = 'room'): Promise<Id> => {
    const room = newId()
    expect(await send(ada, { type: 'room.create', room, kind, name, members })).toMatchObject({ status: 'accepted' })
    return room
  }
  /** Messages by rows, as an import makes them: without any limit on how fast. */
  const fill = async (room: Id, upTo: number, by: Id = ada): Promise<void> => {
    await db.query(
      `insert into messages (room_id, seq, id, rev, by_user, sent_at, received_at, text)
       select $1, n, gen_random_uuid(), n, $2, n, n, 'message ' || n from generate_series((select head + 1 from rooms where id = $1), $3::bigint) n`,
      [room, by, upTo],
    )
    await db.query('update rooms set head = $2, rev = $2 where id = $1', [room, upTo])
  }
  const problemOf = (answer: LightMyRequestResponse): { status: number; code: string; fields: string[] } => {
    expect(answer.headers['content-type']).toContain('application/problem+json')
    const { status, code, fields = {} } = answer.json<{ status: number; code: string; fields?: Record<string, string> }>()
    expect(answer.statusCode).toBe(status)
    return { status, code, fields: Object.keys(fields).sort() }
  }

  describe('POST /api/commands', () => {
    it('answers each command by itself, in the order given', async () => {
      const room = newId()
      const commands = [
        command({ type: 'room.create', room, kind: 'private', name: 'x', members: [] }),
        command({ type: 'message.send', room, text: 'one' }),
        command({ type: 'message.edit', room, message: newId(), text: 'of nothing' }),
        command({ type: 'message.send', room, text: 'two' }),
        command({ type: 'me.set', key: 'theme', value: 'dark' }),
      ]
      const answer = await http.post(ada, { commands })
      expect(answer.statusCode).toBe(200)
      expect(answer.json()).toEqual({
        results: [
          { id: commands[0]?.['id'], status: 'accepted' },
          { id: commands[1]?.['id'], status: 'accepted', seq: 2 },
          { id: commands[2]?.['id'], status: 'rejected', code: 'message_not_found', message: expect.any(String) as string },
          { id: commands[3]?.['id'], status: 'accepted', seq: 3 },
          { id: commands[4]?.['id'], status: 'accepted' },
        ],
      })
    })

    it('[R2] gives a repeat the first answer and no effect, also within one request', async () => {
      const room = await makeRoom()
      const once = command({ type: 'message.send', room, text: 'once' })
      const answers = [await http.post(ada, { commands: [once] }), await http.post(ada, { commands: [once] }), await http.post(ada, { commands: [once, once] })]
      const results = answers.flatMap((answer) => answer.json<{ results: unknown[] }>().results)
      expect(results).toEqual(Array.from({ length: 4 }, () => ({ id: once['id'], status: 'accepted', seq: 2 })))
      const page = (await http.get(ada, `/api/rooms/${room}/messages`)).json<{ entries: Entry[] }>()
      expect(page.entries.map(({ text }) => text)).toEqual(['', 'once'])
    })

    it('[R4] the author is whom the token names, whatever the command says', async () => {
      const room = await makeRoom()
      const forged = command({ type: 'message.send', room, text: 'from ben?', by: ben })
      expect(await send(ada, forged)).toMatchObject({ status: 'rejected', code: 'invalid_command' })
      const taken = command({ type: 'message.send', room, text: 'mine' })
      await http.post(ada, { commands: [taken] })
      expect(await send(ben, taken)).toMatchObject({ status: 'rejected', code: 'command_id_taken' })
    })

    it('[R5] rejects what an outsider, a guest or a removed member may not do', async () => {
      const room = await makeRoom()
      expect(await send(eve, { type: 'message.send', room, text: 'x' })).toMatchObject({ code: 'not_a_member' })
      expect(await send(guest, { type: 'room.create', room: newId(), kind: 'public', name: 'mine', members: [] })).toMatchObject({ code: 'forbidden' })
      expect(await send(guest, { type: 'room.join', room: await makeRoom('public') })).toMatchObject({ code: 'room_not_found' })
      await send(ada, { type: 'member.remove', room, user: ben })
      expect(await send(ben, { type: 'message.send', room, text: 'x' })).toMatchObject({ code: 'not_a_member' })
      expect(problemOf(await http.get(ben, `/api/rooms/${room}/messages`))).toMatchObject({ status: 404, code: 'room_not_found' })
    })

    it('[R9] rejects a bad command that has an id, and goes on with the others', async () => {
      const room = await makeRoom()
      const commands = [
        command({ type: 'message.send', room, text: 'x'.repeat(16_001) }),
        command({ type: 'no.such', room }),
        command({ type: 'message.send', room, text: 'a\u0000b' }),
        command({ type: 'message.send', room, text: '\ud800' }),
        command({ type: 'message.send', room, text: '   ' }),
        command({ type: 'message.send', room, text: 'good' }),
      ]
      const { results } = (await http.post(ada, { commands })).json<{ results: { code?: string; status: string }[] }>()
      expect(results.map(({ code, status }) => code ?? status)).toEqual(['text_too_long', 'unknown_command_type', 'invalid_command', 'invalid_command', 'text_empty', 'accepted'])
    })

    it('[R9] refuses a request in which something cannot be named, and does nothing of it', async () => {
      const room = await makeRoom()
      const good = command({ type: 'message.send', room, text: 'not alone' })
      for (const bad of ['text', 7, null, [], {}, { ...good, id: 'x' }]) {
        expect(problemOf(await http.post(ada, { commands: [good, bad] }))).toMatchObject({ status: 400, code: 'invalid_command' })
      }
      expect((await http.get(ada, `/api/rooms/${room}/messages`)).json()).toMatchObject({ head: 1 })
    })

    it.each([
      ['nothing', {}, ['commands']],
      ['no list', { commands: 'x' }, ['commands']],
      ['an empty list', { commands: [] }, ['commands']],
      ['more than 100', { commands: Array.from({ length: 101 }, () => ({})) }, ['commands']],
      ['another field', { commands: [{}], more: 1 }, ['more']],
      ['a list by itself', [], ['']],
      ['null', 'null', ['']],
    ])('[R9] names the field that is wrong: %s', async (_, body, fields) => {
      expect(problemOf(await http.post(ada, body))).toEqual({ status: 400, code: 'invalid_input', fields })
    })

    it.each([
      ['{"commands":', 'invalid_json'],
      ['', 'invalid_json'],
      [`{"commands":[{"__proto__":{"admin":true}}]}`, 'invalid_json'],
    ])('[R9] refuses the body %j', async (body, code) => {
      expect(problemOf(await http.post(ada, body))).toMatchObject({ status: 400, code })
    })

    it('[R9] refuses a body above 1 MiB, and another type than JSON', async () => {
      expect(problemOf(await http.post(ada, JSON.stringify({ commands: ['x'.repeat(1_048_576)] })))).toMatchObject({ status: 413, code: 'body_too_large' })
      const answer = await http.app.inject({
        method: 'POST',
        url: '/api/commands',
        headers: { authorization: `Bearer ${await http.token(ada)}`, 'content-type': 'text/plain' },
        payload: 'x',
      })
      expect(problemOf(answer)).toMatchObject({ status: 415, code: 'unsupported_media_type' })
    })

    it('[R9] is not brought down by values without end', async () => {
      const value = `${'['.repeat(200_000)}${']'.repeat(200_000)}`
      const id = newId()
      const answer = await http.post(ada, `{"commands":[{"v":1,"id":"${id}","at":1,"type":"me.set","key":"k","value":${value}}]}`)
      expect(answer.json()).toMatchObject({ results: [{ id, status: 'rejected', code: 'invalid_command' }] })
    })

    it('[R13] keeps nothing of a request with a command of a newer version: it is to be sent again', async () => {
      const room = await makeRoom()
      const commands = [command({ type: 'message.send', room, text: 'x' }), { ...command({ type: 'message.fly' }), v: 2 }]
      expect(problemOf(await http.post(ada, { commands }))).toMatchObject({ status: 503, code: 'command_held' })
      expect((await http.get(ada, `/api/rooms/${room}/messages`)).json()).toMatchObject({ head: 1 })
    })

    it('[R10] takes twenty messages at once and two a second, says when to come back, and does nothing until then', async () => {
      const bot = await addUser(db, `bot-${newId().slice(-6)}`)
      const room = newId()
      expect(await send(bot, { type: 'room.create', room, kind: 'private', name: 'x', members: [] })).toMatchObject({ status: 'accepted' })
      const messages = (count: number): unknown => ({ commands: Array.from({ length: count }, () => command({ type: 'message.send', room, text: 'x' })) })
      expect(problemOf(await http.post(bot, messages(21)))).toMatchObject({ status: 400, code: 'invalid_input' })
      expect((await http.post(bot, messages(20))).statusCode).toBe(200)
      const refused = await http.post(bot, messages(10))
      expect(problemOf(refused)).toMatchObject({ status: 429, code: 'rate_limited' })
      expect(Number(refused.headers['retry-after'])).toBeGreaterThanOrEqual(1)
      expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(5)
      expect((await http.get(bot, `/api/rooms/${room}/messages`)).json()).toMatchObject({ head: 21 })
      // Somebody else is not held up by it.
      expect(await send(ada, { type: 'me.set', key: 'k', value: 1 })).toMatchObject({ status: 'accepted' })
    })
  })

  it('[R10] takes a hundred commands of any type at once and fifty a second, says when to come back, and does nothing until then', async () => {
    const bot = await addUser(db, `bot-${newId().slice(-6)}`)
    const full = () => ({ commands: Array.from({ length: 100 }, (_, i) => command({ type: 'me.set', key: `k${i}`, value: 1 })) })
    const answers = await Promise.all([full(), full(), full()].map((body) => http.post(bot, body)))
    expect(answers.map(({ statusCode }) => statusCode).sort((a, b) => a - b)).toEqual([200, 429, 429])
    for (const refused of answers.filter(({ statusCode }) => statusCode === 429)) {
      expect(problemOf(refused)).toMatchObject({ code: 'rate_limited' })
      expect(Number(refused.headers['retry-after'])).toBeGreaterThanOrEqual(1)
      expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(2)
    }
    expect((await db.query('select 1 from commands where user_id = $1', [bot])).rowCount).toBe(100)
    // What is not of the expected form counts as well.
    const other = await addUser(db, `bot-${newId().slice(-6)}`)
    const wrong = () => ({ commands: Array.from({ length: 100 }, () => ({ id: newId(), type: 'nothing.known', v: 1, at: 1 })) })
    expect((await Promise.all([wrong(), wrong()].map((body) => http.post(other, body)))).map(({ statusCode }) => statusCode).sort((a, b) => a - b)).toEqual([200, 429])
  })

  describe('GET /api/rooms/:room/messages', () => {
    let room: Id
    const page = async (query: string, user = ada): Promise<number[]> => {
      const answer = await http.get(user, `/api/rooms/${room}/messages${query}`)
      expect(answer.statusCode).toBe(200)
      const { entries, head } = answer.json<{ entries: Entry[]; head: number }>()
      expect(head).toBe(300)
      return entries.map(({ seq }) => seq)
    }
    const range = (from: number, to: number): number[] => Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index)

    beforeAll(async () => {
      room = await makeRoom()
      await fill(room, 300)
    })

    it.each([
      ['', 251, 300],
      ['?limit=3', 298, 300],
      ['?limit=100', 201, 300],
      ['?before=11&limit=4', 7, 10],
      ['?before=3&limit=10', 1, 2],
      ['?before=1', 1, 0],
      ['?before=0', 1, 0],
      ['?before=9007199254740991&limit=1', 300, 300],
      ['?after=0&limit=2', 1, 2],
      ['?after=298', 299, 300],
      ['?after=300', 1, 0],
      ['?around=100&limit=10', 95, 104],
      ['?around=100&limit=1', 100, 100],
      ['?around=1&limit=4', 1, 2],
      ['?around=300&limit=4', 298, 300],
    ])('gives of %j the entries %i to %i, ascending', async (query, from, to) => {
      expect(await page(query)).toEqual(range(from, to))
    })

    it('leads through the whole room in both directions, without a gap or a repeat', async () => {
      const up: number[] = []
      for (let after = 0, got = await page('?after=0&limit=77'); got.length > 0; got = await page(`?after=${after}&limit=77`)) {
        up.push(...got)
        after = up.at(-1) ?? 0
      }
      expect(up).toEqual(range(1, 300))
      const down: number[] = []
      for (let got = await page('?limit=99'); got.length > 0; got = await page(`?before=${down[0]}&limit=99`)) down.unshift(...got)
      expect(down).toEqual(range(1, 300))
    })

    it('finds where a time lies in a room: the first entry at or after it, one past the head if there is none', async () => {
      const room = await makeRoom()
      // Two rows were made a moment ago; these come from long before.
      await db.query('delete from messages where room_id = $1', [room])
      await db.query('update rooms set head = 0 where id = $1', [room])
      const at = async (time: number): Promise<unknown> => (await http.get(ben, `/api/rooms/${room}/seq-at?time=${time}`)).json()
      expect(await at(5)).toEqual({ seq: 1, head: 0 })
      await fill(room, 1_000)
      // Each of them at ten times its number, in pairs.
      await db.query('update messages set received_at = seq / 2 * 20 where room_id = $1', [room])
      expect(await at(0)).toEqual({ seq: 1, head: 1_000 })
      expect(await at(5_000)).toEqual({ seq: 500, head: 1_000 })
      expect(await at(5_001)).toEqual({ seq: 502, head: 1_000 })
      expect(await at(10_000)).toEqual({ seq: 1_000, head: 1_000 })
      expect(await at(10_001)).toEqual({ seq: 1_001, head: 1_000 })
      await db.query('delete from messages where room_id = $1 and seq <= 700', [room])
      await db.query('update rooms set floor = 700 where id = $1', [room])
      expect(await at(5)).toEqual({ seq: 701, head: 1_000 })
      expect(problemOf(await http.get(eve, `/api/rooms/${room}/seq-at?time=5`))).toMatchObject({ status: 404, code: 'room_not_found' })
      expect(problemOf(await http.get(ben, `/api/rooms/${room}/seq-at?time=soon`))).toMatchObject({ status: 400 })
    })

    it('shows an entry as documents do, and a deleted one without its body', async () => {
      const own = await makeRoom()
      const message = newId()
      await send(ada, { type: 'message.send', id: message, room: own, text: 'secret @ben' })
      const entries = async (): Promise<Entry[]> => (await http.get(ben, `/api/rooms/${own}/messages`)).json<{ entries: Entry[] }>().entries
      expect((await entries())[1]).toMatchObject({ seq: 2, id: message, by: ada, text: 'secret @ben', mentions: [ben] })
      await send(ada, { type: 'message.delete', room: own, message })
      const answer = await http.get(ben, `/api/rooms/${own}/messages`)
      expect(answer.json<{ entries: Entry[] }>().entries[1]).toMatchObject({ id: message, text: '', deleted: true })
      expect(answer.body).not.toContain('secret')
    })

    it('[R5] is for members alone: to anyone else a room is as unknown as one that does not exist', async () => {
      const rooms = [newId(), room, await makeRoom('public')]
      const answers = await Promise.all(rooms.map((each) => http.get(eve, `/api/rooms/${each}/messages`)))
      expect(problemOf(answers[0] as (typeof answers)[0])).toMatchObject({ status: 404, code: 'room_not_found' })
      expect(new Set(answers.map(({ statusCode, body }) => `${statusCode} ${body}`)).size).toBe(1)
    })

    it.each(['?limit=0', '?limit=101', '?limit=x', '?limit=1.5', '?limit=', '?before=-1', '?before=1.5', '?before=x', '?after=NaN', '?around=Infinity', '?before=9007199254740993', '?before=1&before=2', '?more=1', '?before=%00', '?limit[]=1', '?after=1&before=5', '?around=1&after=5'])(
      '[R9] names what is wrong with %s',
      async (query) => {
        const { fields, ...rest } = problemOf(await http.get(ada, `/api/rooms/${room}/messages${query}`))
        expect(rest).toEqual({ status: 400, code: 'invalid_input' })
        expect(fields.length).toBeGreaterThan(0)
      },
    )

    it.each(['not-a-uuid', '%00', '..', "'; drop table rooms; --", '%ff', 'x'.repeat(400)])('[R9] answers no 500 to the room %j', async (name) => {
      const answer = await http.get(ada, `/api/rooms/${encodeURI(name).replaceAll('%25', '%')}/messages`)
      expect(answer.statusCode).toBeGreaterThanOrEqual(400)
      expect(answer.statusCode).toBeLessThan(500)
      expect(problemOf(answer).code).toMatch(/^(invalid_input|not_found)$/)
    })
  })

  describe('GET /api/rooms/:room/members', () => {
    it('lists by role, then by time of joining, in pages', async () => {
      const room = await makeRoom('private', [ben, eve])
      await send(ada, { type: 'member.role', room, user: eve, role: 'moderator' })
      const all = (await http.get(ben, `/api/rooms/${room}/members`)).json<{ members: { id: Id; role: string }[]; total: number }>()
      expect(all.total).toBe(3)
      expect(all.members.map(({ id, role }) => [id, role])).toEqual([[ada, 'owner'], [eve, 'moderator'], [ben, 'member']])
      expect(all.members[0]).toEqual({ id: ada, role: 'owner', username: 'ada', displayName: 'Ada' })
      expect((await http.get(ben, `/api/rooms/${room}/members?offset=1&limit=1`)).json()).toMatchObject({ members: [{ id: eve }], total: 3 })
      expect((await http.get(ben, `/api/rooms/${room}/members?offset=3`)).json()).toEqual({ members: [], total: 3 })
    })

    it('finds members by a part of their names, in the same order and in pages', async () => {
      const mark = newId().slice(-6)
      const [one, two] = [await addUser(db, `zoe-${mark}`), await addUser(db, `kim-${mark}`)]
      const room = await makeRoom('private', [ben, one, two])
      await send(ada, { type: 'member.role', room, user: two, role: 'moderator' })
      const find = async (query: string): Promise<unknown> => (await http.get(ben, `/api/rooms/${room}/members?${query}`)).json()
      expect(await find(`q=${mark.toUpperCase()}`)).toMatchObject({ members: [{ id: two }, { id: one }], total: 2 })
      expect(await find(`q=${mark}&offset=1&limit=1`)).toMatchObject({ members: [{ id: one }], total: 2 })
      expect(await find('q=%25')).toEqual({ members: [], total: 0 })
      // Someone outside of the room is not found in it.
      expect(await find('q=eve')).toEqual({ members: [], total: 0 })
    })

    it('[R5] is for members alone: to anyone else a room is as unknown as one that does not exist', async () => {
      const answers = await Promise.all([newId(), await makeRoom()].map((each) => http.get(eve, `/api/rooms/${each}/members`)))
      expect(problemOf(answers[0] as (typeof answers)[0])).toMatchObject({ status: 404, code: 'room_not_found' })
      expect(new Set(answers.map(({ statusCode, body }) => `${statusCode} ${body}`)).size).toBe(1)
    })

    it.each(['?offset=-1', '?offset=x', '?offset=1000001', '?limit=0', '?limit=101', '?before=1'])('[R9] names what is wrong with %s', async (query) => {
      expect(problemOf(await http.get(ada, `/api/rooms/${newId()}/members${query}`))).toMatchObject({ status: 400, code: 'invalid_input' })
    })
  })

  describe('GET /api/bootstrap', () => {
    it('gives the rooms of the caller with head, cursor and unread', async () => {
      const reader = await addUser(db, `reader-${newId().slice(-6)}`)
      const room = await makeRoom('private', [reader], 'news')
      await makeRoom('private', [], 'not mine')
      await fill(room, 150)
      const bootstrap = async (): Promise<{ epoch: string; protocol: number; time: number; rooms: Record<string, unknown>[] }> => (await http.get(reader, '/api/bootstrap')).json()
      const first = await bootstrap()
      expect(first).toMatchObject({ protocol: 1, epoch: expect.any(String) as string })
      expect(Math.abs(first.time - Date.now())).toBeLessThan(60_000)
      expect(first.rooms).toEqual([{ room, kind: 'private', name: 'news', role: 'member', head: 150, rev: 2, cursor: 0, unread: 100 }])
      await send(reader, { type: 'room.read', room, seq: 140 })
      expect((await bootstrap()).rooms).toMatchObject([{ cursor: 140, unread: 10 }])
      await send(reader, { type: 'room.unread', room, seq: 131 })
      expect((await bootstrap()).rooms).toMatchObject([{ cursor: 140, unread: 20 }])
      // One's own messages, deleted ones and events are not unread.
      await send(reader, { type: 'room.read', room, seq: 150 })
      const gone = newId()
      await send(ada, { type: 'message.send', id: gone, room, text: 'x' })
      await send(ada, { type: 'message.delete', room, message: gone })
      await send(reader, { type: 'message.send', room, text: 'mine' })
      await send(ada, { type: 'room.update', room, topic: 'new' })
      expect((await bootstrap()).rooms).toMatchObject([{ head: 153, unread: 0 }])
    })

    it('counts nothing as unread that was said before one came', async () => {
      const [added, joined] = [await addUser(db, `added-${newId().slice(-6)}`), await addUser(db, `joined-${newId().slice(-6)}`)]
      const room = await makeRoom('public', [], 'old')
      await fill(room, 300)
      await send(ada, { type: 'member.add', room, user: added })
      await send(joined, { type: 'room.join', room })
      for (const person of [added, joined]) {
        const { rooms } = (await http.get(person, '/api/bootstrap')).json<{ rooms: Record<string, unknown>[] }>()
        expect(rooms).toMatchObject([{ room, head: 302, cursor: person === added ? 300 : 301, unread: 0 }])
      }
      await send(ada, { type: 'message.send', room, text: 'welcome' })
      expect((await http.get(added, '/api/bootstrap')).json<{ rooms: unknown[] }>().rooms).toMatchObject([{ unread: 1 }])
    })

    it('leaves out a direct conversation that was left, until something is said in it', async () => {
      const [one, two] = [await addUser(db, `one-${newId().slice(-6)}`), await addUser(db, `two-${newId().slice(-6)}`)]
      const room = dmRoomId([one, two])
      const rooms = async (): Promise<unknown[]> => (await http.get(two, '/api/bootstrap')).json<{ rooms: unknown[] }>().rooms
      await send(one, { type: 'room.create', room, kind: 'dm', members: [two] })
      expect(await rooms()).toHaveLength(1)
      await send(two, { type: 'room.leave', room })
      expect(await rooms()).toEqual([])
      await send(one, { type: 'message.send', room, text: 'still there?' })
      expect(await rooms()).toMatchObject([{ room, kind: 'dm', unread: 1 }])
    })
  })

  describe('the directories', () => {
    it('find people by a part of their names, beginnings first, and take signs of patterns for what they are', async () => {
      const mark = newId().slice(-6)
      const [first, second] = [await addUser(db, `${mark}-zoe`), await addUser(db, `x-${mark}`)]
      await db.query('update users set disabled_at = 1 where id = $1', [await addUser(db, `${mark}-gone`)])
      const find = async (query: string): Promise<Id[]> =>
        (await http.get(ada, `/api/users?q=${encodeURIComponent(query)}`)).json<{ users: { id: Id }[] }>().users.map(({ id }) => id)
      expect(await find(mark)).toEqual([first, second])
      expect(await find(` ${mark.toUpperCase()} `)).toEqual([first, second])
      expect(await find(`${mark.slice(0, 2)}%`)).toEqual([])
      expect(await find('_')).toEqual([])
      expect(await find('\\')).toEqual([])
      expect((await find('')).length).toBeGreaterThan(3)
    })

    it('find public rooms, say which one is in, and nothing of others', async () => {
      const mark = newId().slice(-6)
      const open = await makeRoom('public', [], `open ${mark}`)
      await makeRoom('private', [], `closed ${mark}`)
      const archived = await makeRoom('public', [], `old ${mark}`)
      await send(ada, { type: 'room.archive', room: archived })
      const find = async (user: Id): Promise<unknown> => (await http.get(user, `/api/rooms?q=${mark}`)).json()
      expect(await find(ada)).toEqual({ rooms: [{ room: open, name: `open ${mark}`, topic: '', members: 1, joined: true }], more: false })
      expect(await find(eve)).toMatchObject({ rooms: [{ room: open, joined: false }] })
    })

    it('give public rooms page by page, and say whether there are more', async () => {
      const mark = newId().slice(-6)
      const rooms: Id[] = []
      for (let n = 1; n <= 3; n += 1) rooms.push(await makeRoom('public', n === 2 ? [ben] : [], `page ${n} ${mark}`))
      const page = async (query: string): Promise<{ rooms: { room: Id }[]; more: boolean }> => (await http.get(ada, `/api/rooms?q=${mark}&${query}`)).json()
      const first = await page('limit=2')
      expect(first).toMatchObject({ rooms: [{ room: rooms[1] }, { room: rooms[0] }], more: true })
      expect(await page('limit=2&offset=2')).toMatchObject({ rooms: [{ room: rooms[2] }], more: false })
      expect(await page('offset=3')).toEqual({ rooms: [], more: false })
    })

    it.each(['?offset=-1', '?limit=0', '?limit=101', '?offset=x'])('[R9] names what is wrong with %s', async (query) => {
      expect(problemOf(await http.get(ada, `/api/rooms${query}`))).toMatchObject({ status: 400, code: 'invalid_input' })
    })

    it.each(['/api/users', '/api/rooms'])('%s is not for guests, and at most 50 long', async (path) => {
      expect(problemOf(await http.get(guest, path, { role: 'guest' }))).toMatchObject({ status: 403, code: 'forbidden' })
      const answer = (await http.get(ada, path)).json<Record<string, unknown[]>>()
      expect(Object.values(answer)[0]?.length).toBeLessThanOrEqual(50)
    })

    it.each([`?q=${'x'.repeat(101)}`, '?q=%00', '?q=a&q=b', '?query=a', '?q[]=a'])('[R9] names what is wrong with %s', async (query) => {
      for (const path of ['/api/users', '/api/rooms']) expect(problemOf(await http.get(ada, path + query))).toMatchObject({ status: 400, code: 'invalid_input' })
    })

    it.each(['?q=%ff', '?q=%ed%a0%80', '?q=%', '?q=%F0%9F%98%80', "?q='; drop table users; --", '?q=\\'])('[R9] answers no 500 to %s', async (query) => {
      expect((await http.get(ada, `/api/users${query}`)).statusCode).toBeLessThan(500)
    })
  })

  describe('who may ask', () => {
    const ROUTES = ['/api/bootstrap', '/api/users', '/api/rooms', `/api/rooms/${newId()}/messages`, `/api/rooms/${newId()}/members`]

    it.each([...ROUTES, '/api/commands'])('%s wants a token that is good', async (url) => {
      const method = url === '/api/commands' ? 'POST' : 'GET'
      const ask = async (authorization?: string): Promise<LightMyRequestResponse> =>
        http.app.inject({ method, url, ...(authorization === undefined ? {} : { headers: { authorization } }) })
      for (const authorization of [undefined, '', 'Bearer', 'Bearer x', `Basic ${await http.token(ada)}`, `Bearer ${await http.token(ada)}x`]) {
        const answer = await ask(authorization)
        expect(problemOf(answer)).toMatchObject({ status: 401, code: 'unauthenticated' })
        expect(answer.headers['www-authenticate']).toBe('Bearer')
      }
      expect(problemOf(await ask(`Bearer ${await http.token(ada, { exp: 1 })}`))).toMatchObject({ status: 401, code: 'token_expired' })
      expect(problemOf(await ask(`Bearer ${await http.token(ada, { aud: 'other' })}`))).toMatchObject({ status: 401, code: 'unauthenticated' })
    })

    it('[R5] nobody whose session has ended, or whose account is closed, though the token is still good', async () => {
      const [left, closed] = [await addUser(db, `left-${newId().slice(-6)}`), await addUser(db, `closed-${newId().slice(-6)}`)]
      await db.query('update session_families set ended_at = 1 where id = $1', [left])
      await db.query('update users set disabled_at = 1 where id = $1', [closed])
      for (const path of ROUTES) {
        expect(problemOf(await http.get(left, path))).toMatchObject({ status: 401, code: 'session_ended' })
        expect(problemOf(await http.get(closed, path))).toMatchObject({ status: 403, code: 'account_disabled' })
        expect(problemOf(await http.get(newId(), path))).toMatchObject({ status: 401, code: 'session_ended' })
      }
      expect(problemOf(await http.post(left, { commands: [command({ type: 'me.set', key: 'k', value: 1 })] }))).toMatchObject({ code: 'session_ended' })
    })
  })

  it('nobody who must set up a second factor first', async () => {
    const missing = await addUser(db, `missing-${newId().slice(-6)}`)
    await db.query('insert into second_factor_missing (user_id) values ($1)', [missing])
    expect(problemOf(await http.get(missing, '/api/bootstrap'))).toMatchObject({ status: 403, code: 'second_factor_missing' })
    expect(problemOf(await http.post(missing, { commands: [command({ type: 'me.set', key: 'k', value: 1 })] }))).toMatchObject({ code: 'second_factor_missing' })
    await db.query('delete from second_factor_missing where user_id = $1', [missing])
    expect((await http.get(missing, '/api/bootstrap')).statusCode).toBe(200)
  })

  it('health checks need no token, and other methods and paths are named as what they are', async () => {
    for (const url of ['/healthz', '/readyz']) expect((await http.app.inject(url)).json()).toEqual({ status: 'ok' })
    expect(problemOf(await http.app.inject({ method: 'DELETE', url: '/api/bootstrap' }))).toMatchObject({ status: 405, code: 'method_not_allowed' })
    expect(problemOf(await http.app.inject('/api/nothing'))).toMatchObject({ status: 404, code: 'not_found' })
  })
})

it('a server whose database is away says so, and does not fall over', async () => {
  const [first] = testDatabases()
  if (first === undefined) throw new Error('no database')
  const db = await first.open()
  const http = await httpFixture(db, true)
  const ada = await addUser(db, 'ada')
  await db.close()
  expect((await http.app.inject('/healthz')).statusCode).toBe(200)
  for (const answer of [await http.app.inject('/readyz'), await http.get(ada, '/api/bootstrap')]) {
    expect(answer.statusCode).toBe(503)
    expect(answer.json()).toMatchObject({ code: 'unavailable' })
  }
  await http.close()
})
