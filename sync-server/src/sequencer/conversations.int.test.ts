import type { Database } from '@chatflow/database'
import { testDatabases } from '@chatflow/database/testing'
import type { Command, CommandResult } from '@chatflow/shared/command'
import { newId, type Id } from '@chatflow/shared/ids'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readUser } from '../documents/user-content.ts'
import { httpFixture, type HttpFixture } from '../testing/http-fixture.ts'
import { addUser } from '../testing/people.ts'
import type { Effects } from './effects.ts'
import { eraseSome } from '../people/erase-everything.ts'
import { type MessageRow, toEntry } from './rows.ts'
import { Sequencer } from './sequencer.ts'

const silent = { warn: () => undefined, error: () => undefined }

describe.each(testDatabases())('conversations on $name', ({ open }) => {
  let db: Database
  let http: HttpFixture
  let sequencer: Sequencer
  let effects: Effects[] = []
  let ada: Id
  let ben: Id
  let cleo: Id
  let clock = 1_000_000

  beforeAll(async () => {
    db = await open()
    http = await httpFixture(db, false)
    sequencer = new Sequencer({ db, log: silent, onCommitted: (effect) => effects.push(effect), now: () => (clock += 1_000) })
    ada = await addUser(db, 'ada')
    ben = await addUser(db, 'ben')
    cleo = await addUser(db, 'cleo')
  })

  afterAll(async () => {
    await sequencer.close()
    await http.close()
    await db.close()
  })

  const command = (fields: Record<string, unknown>): Command => ({ v: 1, id: newId(), at: 1_000, ...fields }) as unknown as Command
  const submit = async (user: Id, fields: Record<string, unknown>): Promise<CommandResult> => sequencer.submit(user, command(fields))
  const makeRoom = async (kind: 'public' | 'private' = 'private', members: Id[] = [ben, cleo]): Promise<Id> => {
    const room = newId()
    expect(await submit(ada, { type: 'room.create', room, kind, name: `room ${room}`, members })).toMatchObject({ status: 'accepted' })
    return room
  }
  const say = async (user: Id, room: Id, text: string, replyTo?: Id): Promise<Id> => {
    const id = newId()
    expect(await submit(user, { id, type: 'message.send', room, text, ...(replyTo && { replyTo }) })).toMatchObject({ status: 'accepted' })
    return id
  }
  const entryOf = async (id: Id) => {
    const { rows } = await db.query<MessageRow>('select * from messages where id = $1', [id])
    return rows[0] && toEntry(rows[0])
  }
  const thread = async (user: Id, room: Id, message: Id, query = '') => {
    const answer = await http.get(user, `/api/rooms/${room}/messages/${message}/thread${query}`)
    return { status: answer.statusCode, ...answer.json<{ code?: string; root: { id: Id }; entries: { id: Id }[]; more: boolean }>() }
  }

  it('an answer knows what it answers and what its conversation began with; answers to answers belong to the same one', async () => {
    const room = await makeRoom()
    const root = await say(ada, room, 'question')
    const first = await say(ben, room, 'answer', root)
    const second = await say(cleo, room, 'answer to the answer', first)
    expect(await entryOf(first)).toMatchObject({ replyTo: root, replySeq: 2 })
    expect(await entryOf(first)).not.toHaveProperty('root')
    const last = await entryOf(second)
    expect(last).toMatchObject({ replyTo: first, replySeq: 3, root, rootSeq: 2 })
    expect(await entryOf(root)).toMatchObject({ answers: { count: 2, at: last?.receivedAt } })
    expect(await entryOf(first)).not.toHaveProperty('answers')
  })

  it('[R3] counting raises the rev of the beginning, so that all documents show it', async () => {
    const room = await makeRoom()
    const root = await say(ada, room, 'question')
    const before = await entryOf(root)
    effects = []
    await say(ben, room, 'answer', root)
    expect((await entryOf(root))?.rev).toBeGreaterThan(before?.rev ?? 0)
    expect(effects[0]?.room?.messages.map((row) => row.seq).sort()).toEqual([2, 3])
  })

  it('the count is right under deletion, in one batch too, and so is the time of the last answer', async () => {
    const room = await makeRoom()
    const root = await say(ada, room, 'question')
    const answers = [await say(ben, room, 'one', root), await say(cleo, room, 'two', root), await say(ben, room, 'three', root)]
    const time = async (index: number) => (await entryOf(answers[index] ?? ''))?.receivedAt
    await submit(ben, { type: 'message.delete', room, message: answers[0] })
    expect((await entryOf(root))?.answers).toEqual({ count: 2, at: await time(2) })
    await submit(ben, { type: 'message.delete', room, message: answers[2] })
    expect((await entryOf(root))?.answers).toEqual({ count: 1, at: await time(1) })
    await submit(ben, { type: 'message.delete', room, message: answers[2] })
    expect((await entryOf(root))?.answers?.count).toBe(1)

    const hasty = newId()
    await Promise.all([
      say(ada, room, 'other thing'),
      submit(ben, { id: hasty, type: 'message.send', room, text: 'hasty', replyTo: root }),
      submit(ben, { type: 'message.delete', room, message: hasty }),
    ])
    expect((await entryOf(root))?.answers).toEqual({ count: 1, at: await time(1) })
    await submit(cleo, { type: 'message.delete', room, message: answers[1] })
    expect(await entryOf(root)).not.toHaveProperty('answers')
    expect(await entryOf(answers[1] ?? '')).not.toHaveProperty('replyTo')
  })

  it('a beginning that is deleted keeps its answers', async () => {
    const room = await makeRoom()
    const root = await say(ada, room, 'question')
    await say(ben, room, 'answer', root)
    await submit(ada, { type: 'message.delete', room, message: root })
    expect(await entryOf(root)).toMatchObject({ deleted: true, text: '', answers: { count: 1 } })
    await say(cleo, room, 'another', root)
    expect(await entryOf(root)).toMatchObject({ deleted: true, answers: { count: 2 } })
  })

  it('deleting everything that somebody wrote takes their answers from the counts', async () => {
    const dora = await addUser(db, `dora${clock}`)
    const room = await makeRoom('private', [ben, dora])
    const root = await say(ada, room, 'question')
    const kept = await say(ben, room, 'kept', root)
    for (let i = 0; i < 3; i += 1) await say(dora, room, 'gone', root)
    await eraseSome(db, dora, clock)
    expect((await entryOf(root))?.answers).toEqual({ count: 1, at: (await entryOf(kept))?.receivedAt })
  })

  it('a conversation is read page by page, by any message of it, by members alone', async () => {
    const room = await makeRoom()
    const root = await say(ada, room, 'question')
    const answers: Id[] = []
    for (let i = 0; i < 5; i += 1) answers.push(await say(ben, room, `answer ${i}`, answers.at(-1) ?? root))
    await say(ben, room, 'something else')
    const newest = await thread(cleo, room, answers[2] ?? '', '?limit=2')
    expect([newest.status, newest.root.id, newest.entries.map(({ id }) => id), newest.more]).toEqual([200, root, answers.slice(3), true])
    const older = await thread(cleo, room, root, '?limit=4&before=6')
    expect([older.entries.map(({ id }) => id), older.more]).toEqual([answers.slice(0, 3), false])
    expect(await thread(cleo, room, newId())).toMatchObject({ status: 404, code: 'message_not_found' })
    const other = await makeRoom('private', [ben])
    expect(await thread(cleo, other, root)).toMatchObject({ status: 404, code: 'room_not_found' })
    expect(await thread(ben, other, root)).toMatchObject({ status: 404, code: 'message_not_found' })
  })

  it('@room of a moderator mentions everyone else, without their ids in the entry; taken out or deleted, it mentions nobody', async () => {
    const room = await makeRoom()
    const mentioned = async (user: Id) => (await readUser(db, user)).mentions.filter((mention) => mention.room === room).map(({ seq, by }) => [seq, by])
    effects = []
    const id = await say(ada, room, 'lunch, @room!')
    expect(await entryOf(id)).toMatchObject({ mentionsRoom: true })
    expect(await entryOf(id)).not.toHaveProperty('mentions')
    expect([await mentioned(ada), await mentioned(ben), await mentioned(cleo)]).toEqual([[], [[2, ada]], [[2, ada]]])
    expect(effects[0]?.room?.mentionsAll).toBe(true)
    expect(effects[0]?.users).toEqual(expect.arrayContaining([ben, cleo]))
    await submit(ada, { type: 'message.edit', room, message: id, text: 'lunch' })
    expect([await entryOf(id).then((entry) => entry?.mentionsRoom), await mentioned(ben)]).toEqual([undefined, []])
    await submit(ada, { type: 'message.edit', room, message: id, text: 'lunch @room' })
    expect(await mentioned(cleo)).toEqual([[2, ada]])
    await submit(ada, { type: 'message.delete', room, message: id })
    expect(await mentioned(cleo)).toEqual([])
  })

  it('@room of anybody else, in code, and in direct conversations is plain text', async () => {
    const room = await makeRoom()
    expect(await entryOf(await say(ben, room, 'hello @room'))).not.toHaveProperty('mentionsRoom')
    expect(await entryOf(await say(ada, room, 'type `@room` or @rooms or me@room'))).not.toHaveProperty('mentionsRoom')
    expect((await readUser(db, cleo)).mentions.filter((mention) => mention.room === room)).toEqual([])
  })

  it('a draft of a conversation stands beside the draft of the room', async () => {
    const room = await makeRoom()
    const root = await say(ada, room, 'question')
    await submit(ben, { type: 'draft.set', room, text: 'to the room' })
    await submit(ben, { type: 'draft.set', room, text: 'to the conversation', replyTo: root, thread: root })
    const drafts = (await readUser(db, ben)).drafts
    expect([drafts.get(room)?.text, drafts.get(`${room}/${root}`)]).toEqual(['to the room', { text: 'to the conversation', replyTo: root, at: 1_000 }])
    await submit(ben, { type: 'draft.set', room, text: '', thread: root, at: 1_001 })
    expect([...(await readUser(db, ben)).drafts.keys()].filter((key) => key.startsWith(room))).toEqual([room])
  })
})
