import type { Database } from '@chatflow/database'
import { testDatabases } from '@chatflow/database/testing'
import type { Command, CommandResult } from '@chatflow/shared/command'
import { dmRoomId, newId, type Id } from '@chatflow/shared/ids'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTables } from '../testing/open-tables.ts'
import { addUser } from '../testing/people.ts'
import type { Effects } from './effects.ts'
import type { MessageRow } from './rows.ts'
import { Sequencer } from './sequencer.ts'

const silent = { warn: () => undefined, error: () => undefined }

describe.each(testDatabases())('sequencer on $name', ({ open }) => {
  let db: Database
  let sequencer: Sequencer
  let effects: Effects[] = []
  let ada: Id
  let ben: Id
  let cleo: Id
  let names = 0

  beforeAll(async () => {
    db = await openTables(open)
    sequencer = new Sequencer({ db, log: silent, onCommitted: (effect) => effects.push(effect) })
    ada = await addUser(db, 'ada')
    ben = await addUser(db, 'ben')
    cleo = await addUser(db, 'cleo')
  })

  afterAll(async () => {
    await sequencer.close()
    await db.close()
  })

  const command = (fields: Record<string, unknown>): Command => ({ v: 1, id: newId(), at: Date.now(), ...fields }) as unknown as Command
  const send = (user: Id, fields: Record<string, unknown>): Promise<CommandResult> => sequencer.submit(user, command(fields))
  const makeRoom = async (kind: 'public' | 'private' = 'private', members: Id[] = [ben]): Promise<Id> => {
    const room = newId()
    names += 1
    expect(await send(ada, { type: 'room.create', room, kind, name: `room ${names}`, members })).toMatchObject({ status: 'accepted' })
    return room
  }
  const say = (user: Id, room: Id, text: string): Promise<CommandResult> => send(user, { type: 'message.send', room, text })
  const messages = async (room: Id): Promise<MessageRow[]> => (await db.query<MessageRow>('select * from messages where room_id = $1 order by seq', [room])).rows
  const texts = async (room: Id): Promise<string[]> => (await messages(room)).filter((row) => row.event === null).map((row) => row.text)
  const codeOf = (result: CommandResult): string => (result.status === 'rejected' ? result.code : 'accepted')

  it('[R3] gives dense sequence numbers in the order of arrival, many at a time', async () => {
    const room = await makeRoom()
    const results = await Promise.all(Array.from({ length: 200 }, (_, index) => say(index % 2 === 0 ? ada : ben, room, `m${index}`)))
    expect(results.every((result) => result.status === 'accepted')).toBe(true)
    const rows = await messages(room)
    expect(rows.map((row) => row.seq)).toEqual(Array.from({ length: 201 }, (_, index) => index + 1))
    expect(rows.slice(1).map((row) => row.text)).toEqual(Array.from({ length: 200 }, (_, index) => `m${index}`))
  })

  it('[R2] answers a repeat with the stored result and does nothing', async () => {
    const room = await makeRoom()
    const once = command({ type: 'message.send', room, text: 'once' })
    const first = await sequencer.submit(ada, once)
    const both = await Promise.all([sequencer.submit(ada, once), sequencer.submit(ada, once)])
    expect(both).toEqual([first, first])
    expect(await texts(room)).toEqual(['once'])
  })

  it('[R2] two instances on one database take the same command once', async () => {
    const other = new Sequencer({ db, log: silent, onCommitted: () => undefined })
    const room = await makeRoom()
    const same = Array.from({ length: 30 }, (_, index) => command({ type: 'message.send', room, text: `x${index}` }))
    const results = await Promise.all(same.flatMap((item) => [sequencer.submit(ada, item), other.submit(ada, item)]))
    expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(30)
    expect(new Set(await texts(room)).size).toBe(30)
    expect((await texts(room)).length).toBe(30)
    await other.close()
  })

  it('[R2] a late repeat of an old edit never undoes what came after it', async () => {
    const room = await makeRoom()
    const message = newId()
    await sequencer.submit(ada, { v: 1, id: message, at: 1, type: 'message.send', room, text: 'first' })
    const old = command({ type: 'message.edit', room, message, text: 'second' })
    await sequencer.submit(ada, old)
    await send(ada, { type: 'message.edit', room, message, text: 'third' })
    await sequencer.submit(ada, old)
    expect(await texts(room)).toEqual(['third'])
  })

  it('[R4] refuses a command id that another user has used', async () => {
    const room = await makeRoom()
    const mine = command({ type: 'message.send', room, text: 'mine' })
    await sequencer.submit(ada, mine)
    expect(codeOf(await sequencer.submit(ben, mine))).toBe('command_id_taken')
    expect((await messages(room)).filter((row) => row.id === mine.id).map((row) => row.by_user)).toEqual([ada])
  })

  it('[R5] a user who is not a member writes nothing from the commit of the removal on', async () => {
    const room = await makeRoom()
    const results = await Promise.all([say(ben, room, 'before'), send(ada, { type: 'member.remove', room, user: ben }), say(ben, room, 'after')])
    expect(results.map(codeOf)).toEqual(['accepted', 'accepted', 'not_a_member'])
    expect(await texts(room)).toEqual(['before'])
  })

  it('[R12] refuses public rooms and invitations of who has not confirmed an address, until it is confirmed', async () => {
    const name = `new-${newId().slice(-6)}`
    const eve = await addUser(db, name)
    await db.query('update users set email_verified_at = null where id = $1', [eve])
    const make = async (kind: 'public' | 'private', members: Id[]): Promise<string> => codeOf(await send(eve, { type: 'room.create', room: newId(), kind, name, members }))
    expect([await make('public', []), await make('private', [ada]), await make('private', [])]).toEqual(['email_unverified', 'email_unverified', 'accepted'])
    const own = newId()
    await send(eve, { type: 'room.create', room: own, kind: 'private', name, members: [eve] })
    const invite = command({ type: 'member.add', room: own, user: ada })
    expect(await sequencer.submit(eve, invite)).toMatchObject({ status: 'rejected', code: 'email_unverified', message: 'Confirm your email address first.' })
    expect(codeOf(await send(eve, { type: 'room.create', room: dmRoomId([eve, ada]), kind: 'dm', members: [ada] }))).toBe('accepted')
    expect(codeOf(await say(eve, own, 'to myself'))).toBe('accepted')
    const room = await makeRoom('public', [])
    expect(codeOf(await send(eve, { type: 'room.join', room }))).toBe('accepted')
    expect(codeOf(await send(eve, { type: 'member.add', room, user: ben }))).toBe('email_unverified')
    await db.query('update users set email_verified_at = 1 where id = $1', [eve])
    expect(codeOf(await sequencer.submit(eve, { ...invite, attempt: 2 }))).toBe('accepted')
    expect(await make('public', [ada])).toBe('accepted')
  })

  it('a rejected command takes effect with a higher attempt only', async () => {
    const room = await makeRoom('private', [])
    const early = command({ type: 'message.send', room, text: 'let me in' })
    expect(codeOf(await sequencer.submit(ben, early))).toBe('not_a_member')
    await send(ada, { type: 'member.add', room, user: ben })
    expect(codeOf(await sequencer.submit(ben, early))).toBe('not_a_member')
    expect(codeOf(await sequencer.submit(ben, { ...early, attempt: 2 } as Command))).toBe('accepted')
    expect(await texts(room)).toEqual(['let me in'])
  })

  it('[R9] one bad command never blocks the next', async () => {
    const room = await makeRoom()
    const results = await Promise.all([
      say(ada, room, 'a'),
      send(ada, { type: 'message.edit', room, message: newId(), text: 'nothing there' }),
      say(ada, room, '   '),
      say(ada, room, 'b'),
    ])
    expect(results.map(codeOf)).toEqual(['accepted', 'message_not_found', 'text_empty', 'accepted'])
    expect(await texts(room)).toEqual(['a', 'b'])
  })

  it('[R9] what the database refuses is rejected by itself, the rest of the batch is kept', async () => {
    const room = await makeRoom()
    const results = await Promise.all([
      say(ada, room, 'a'),
      sequencer.submit(ada, { v: 1, id: newId(), at: 1, type: 'message.send', room, text: 'nul \u0000 here' }),
      say(ada, room, 'b'),
    ])
    expect(results.map(codeOf)).toEqual(['accepted', 'invalid_command', 'accepted'])
    expect(await texts(room)).toEqual(['a', 'b'])
  })

  it('[R1] an outage in the middle of a batch rejects nothing', async () => {
    const room = await makeRoom()
    let failures = 3
    const failing = new Proxy(db, {
      get: (target, key) =>
        key === 'tx'
          ? (fn: Parameters<Database['tx']>[0]) =>
              target.tx(async (q) => {
                const result = await fn(q)
                if (failures > 0) {
                  failures -= 1
                  throw Object.assign(new Error('connection lost'), { code: '08006' })
                }
                return result
              })
          : Reflect.get(target, key, target),
    })
    const shaky = new Sequencer({ db: failing, log: silent, onCommitted: () => undefined })
    const results = await Promise.all(['a', 'b', 'c'].map((text) => shaky.submit(ada, command({ type: 'message.send', room, text }))))
    expect(results.map(codeOf)).toEqual(['accepted', 'accepted', 'accepted'])
    expect(await texts(room)).toEqual(['a', 'b', 'c'])
    await shaky.close()
  })

  it('lets two people open the same direct conversation, and keeps its members fixed', async () => {
    const room = dmRoomId([ada, cleo])
    const results = await Promise.all([
      send(ada, { type: 'room.create', room, kind: 'dm', members: [cleo] }),
      send(cleo, { type: 'room.create', room, kind: 'dm', members: [ada] }),
    ])
    expect(results.map(codeOf)).toEqual(['accepted', 'accepted'])
    expect(codeOf(await send(ada, { type: 'member.add', room, user: ben }))).toBe('dm_members_fixed')
    expect(codeOf(await send(ben, { type: 'room.create', room, kind: 'dm', members: [ada] }))).toBe('room_id_mismatch')
    expect(codeOf(await send(ben, { type: 'room.join', room }))).toBe('room_not_found')
    await say(ada, room, 'hello')
    expect(codeOf(await send(cleo, { type: 'room.leave', room }))).toBe('accepted')
    await say(ada, room, 'still there?')
    const hidden = await db.query('select 1 from members where room_id = $1 and hidden', [room])
    expect(hidden.rows).toEqual([])
  })

  it('lets nobody take the place of a direct conversation of others, or learn whether they have one', async () => {
    const room = dmRoomId([ada, ben])
    const take = (): Promise<CommandResult> => send(cleo, { type: 'room.create', room, kind: 'public', name: 'mine', members: [] })
    expect(codeOf(await take())).toBe('room_id_mismatch')
    expect(codeOf(await send(ada, { type: 'room.create', room, kind: 'dm', members: [ben] }))).toBe('accepted')
    expect(codeOf(await take())).toBe('room_id_mismatch')
    expect(codeOf(await say(ben, room, 'hello'))).toBe('accepted')
  })

  it('[R5] answers an outsider as if the room were not there', async () => {
    const codes = async (room: Id): Promise<string[]> => {
      const message = newId()
      const answers = [
        say(cleo, room, 'x'),
        send(cleo, { type: 'message.edit', room, message, text: 'x' }),
        send(cleo, { type: 'message.delete', room, message }),
        send(cleo, { type: 'message.react', room, message, emoji: '👍', on: true }),
        send(cleo, { type: 'room.update', room, topic: 'x' }),
        send(cleo, { type: 'room.join', room }),
        send(cleo, { type: 'room.leave', room }),
        send(cleo, { type: 'room.read', room, seq: 1 }),
        send(cleo, { type: 'member.add', room, user: cleo }),
        send(cleo, { type: 'draft.set', room, text: 'x' }),
      ]
      return (await Promise.all(answers)).map(codeOf)
    }
    const dm = dmRoomId([ada, ben])
    await send(ada, { type: 'room.create', room: dm, kind: 'dm', members: [ben] })
    const unknown = await codes(newId())
    expect(await codes(await makeRoom('private'))).toEqual(unknown)
    expect(await codes(dm)).toEqual(unknown)
  })

  it('edits, deletes, reacts and pins, each raising the rev of what it changed', async () => {
    const room = await makeRoom()
    const message = newId()
    await sequencer.submit(ben, { v: 1, id: message, at: 5, type: 'message.send', room, text: 'hello @ada' })
    expect(codeOf(await send(ada, { type: 'message.react', room, message, emoji: '👍', on: true }))).toBe('accepted')
    expect(codeOf(await send(ada, { type: 'message.pin', room, message, on: true }))).toBe('accepted')
    expect(codeOf(await send(ada, { type: 'message.edit', room, message, text: 'not mine' }))).toBe('forbidden')
    expect(codeOf(await send(ben, { type: 'message.pin', room, message, on: false }))).toBe('forbidden')
    const [row] = (await messages(room)).slice(-1)
    expect(row).toMatchObject({ mentions: [ada], pinned: true, sent_at: 5 })
    expect((await db.query('select * from mentions where user_id = $1 and room_id = $2', [ada, room])).rows).toHaveLength(1)
    expect(codeOf(await send(ada, { type: 'message.delete', room, message }))).toBe('accepted')
    const [gone] = (await messages(room)).slice(-1)
    expect(gone).toMatchObject({ deleted: true, text: '', mentions: null, pinned: false })
    expect((await db.query('select active from reactions where room_id = $1', [room])).rows).toEqual([{ active: false }])
    expect((await db.query('select * from mentions where room_id = $1', [room])).rows).toEqual([])
    expect(codeOf(await send(ada, { type: 'message.react', room, message, emoji: '👍', on: true }))).toBe('message_deleted')
  })

  it('joins, leaves, renames and keeps at least one owner', async () => {
    const room = await makeRoom('public', [])
    expect(codeOf(await send(ben, { type: 'room.join', room }))).toBe('accepted')
    expect(codeOf(await send(ben, { type: 'room.update', room, name: 'mine now' }))).toBe('forbidden')
    expect(codeOf(await send(ada, { type: 'room.update', room, name: 'renamed', topic: 'news' }))).toBe('accepted')
    expect(codeOf(await send(ada, { type: 'room.leave', room }))).toBe('last_owner')
    expect(codeOf(await send(ada, { type: 'member.role', room, user: ben, role: 'owner' }))).toBe('accepted')
    expect(codeOf(await send(ada, { type: 'room.leave', room }))).toBe('accepted')
    expect((await messages(room)).map((row) => row.event?.type)).toEqual(['created', 'joined', 'renamed', 'topic', 'left'])
    expect((await db.query('select member_count from rooms where id = $1', [room])).rows).toEqual([{ member_count: 1 }])
    expect(codeOf(await send(cleo, { type: 'room.join', room: await makeRoom('private') }))).toBe('room_not_found')
  })

  it('moves cursors forward only, and keeps the later draft and setting whatever arrives last', async () => {
    const room = await makeRoom()
    await say(ada, room, 'one')
    await send(ben, { type: 'room.read', room, seq: 2 })
    await send(ben, { type: 'room.read', room, seq: 1 })
    expect((await db.query('select seq from cursors where user_id = $1 and room_id = $2', [ben, room])).rows).toEqual([{ seq: 2 }])
    const draft = (at: number, text: string): Promise<CommandResult> => sequencer.submit(ben, { v: 1, id: newId(), at, type: 'draft.set', room, text })
    await draft(20, 'later')
    await draft(10, 'earlier')
    expect((await db.query('select text from drafts where user_id = $1', [ben])).rows).toEqual([{ text: 'later' }])
    await sequencer.submit(ben, { v: 1, id: newId(), at: 20, type: 'me.set', key: 'theme', value: 'dark' })
    await sequencer.submit(ben, { v: 1, id: newId(), at: 10, type: 'me.set', key: 'theme', value: 'light' })
    expect((await db.query('select value from settings where user_id = $1', [ben])).rows).toEqual([{ value: 'dark' }])
  })

  it('tells what it changed only after the commit', async () => {
    const room = await makeRoom()
    effects = []
    await say(ada, room, 'hello')
    expect(effects).toHaveLength(1)
    expect(effects[0]?.room).toMatchObject({ id: room, head: 2, messages: [{ text: 'hello' }], document: false })
  })

  it('keeps no body of a rejected command', async () => {
    const room = await makeRoom('private', [])
    const secret = command({ type: 'message.send', room, text: 'planted secret' })
    await sequencer.submit(ben, secret)
    const kept = await db.query('select * from commands where id = $1', [secret.id])
    expect(kept.rows).toHaveLength(1)
    expect(JSON.stringify(kept.rows)).not.toContain('planted')
  })
})
