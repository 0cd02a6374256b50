import type { Database } from '@chatflow/database'
import { testDatabases } from '@chatflow/database/testing'
import { createJobWorker } from '@chatflow/server-kit/jobs/job-worker'
import type { Command } from '@chatflow/shared/command'
import { docName } from '@chatflow/shared/doc-names'
import { dmRoomId, newId, type Id } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type * as Y from 'yjs'
import { openTables } from '../testing/open-tables.ts'
import { addUser } from '../testing/people.ts'
import { RunningCore, until } from '../testing/running-core.ts'
import { peopleJobs } from './people-jobs.ts'

const silent = { warn: () => undefined, error: () => undefined }

describe.each(testDatabases())('what a person shows to others on $name, on two instances', ({ open }) => {
  let db: Database
  let one: RunningCore
  let two: RunningCore
  let ada: Id
  let ben: Id
  beforeEach(async () => {
    db = await openTables(open)
    one = await RunningCore.start(db)
    two = await RunningCore.start(db)
    ada = await addUser(db, 'ada')
    ben = await addUser(db, 'ben')
  })
  afterEach(async () => {
    await one.close()
    await two.close()
    await db.close()
  })

  const submit = (user: Id, fields: Record<string, unknown>) => one.core.submit(user, { v: 1, id: newId(), at: Date.now(), ...fields } as unknown as Command)
  const set = async (user: Id, key: string, value: unknown): Promise<void> => {
    expect(await submit(user, { type: 'me.set', key, value })).toMatchObject({ status: 'accepted' })
    const worker = createJobWorker({ db, handlers: peopleJobs(db, one.core), log: silent })
    await worker.drain()
    await worker.close()
  }
  const makeRoom = async (members: Id[]): Promise<Id> => {
    const room = newId()
    await submit(ada, { type: 'room.create', room, kind: 'private', name: 'room', members })
    return room
  }
  const map = (doc: Y.Doc, name: string): Record<string, unknown> => doc.getMap(name).toJSON()

  it('a status is in the rooms of the person and with those in direct conversations, until it is taken away', async () => {
    const room = await makeRoom([ben])
    const dm = dmRoomId([ada, ben])
    await submit(ada, { type: 'room.create', room: dm, kind: 'dm', members: [ben] })
    const docs: Y.Doc[] = []
    for (const instance of [one, two]) for (const name of [docName.room(room), docName.room(dm), docName.user(ben)]) docs.push((await instance.connect(ben).open(name)).doc)
    const status = { emoji: '🌴', text: 'Away until Monday', until: Date.now() + 60_000 }
    await set(ada, 'status', status)
    await until(() => docs.every((doc) => JSON.stringify(map(doc, 'statuses')[ada]) === JSON.stringify(status)), 'the status is everywhere')
    await set(ada, 'status', null)
    await until(() => docs.every((doc) => map(doc, 'statuses')[ada] === undefined), 'it is gone everywhere')
  })

  it('a status that has ended is in no document that is read anew', async () => {
    const room = await makeRoom([ben])
    await set(ada, 'status', { text: 'Lunch', until: Date.now() - 1 })
    expect(map((await one.connect(ben).open(docName.room(room))).doc, 'statuses')).toEqual({})
  })

  it('receipts of whoever does not show them leave documents at once and come back when they are shown again', async () => {
    const room = await makeRoom([ben])
    await submit(ada, { type: 'message.send', room, text: 'hello' })
    await submit(ben, { type: 'room.read', room, seq: 2 })
    await submit(ada, { type: 'room.read', room, seq: 2 })
    const docs = [(await one.connect(ada).open(docName.room(room))).doc, (await two.connect(ada).open(docName.room(room))).doc]
    await until(() => docs.every((doc) => map(doc, 'reads')[ben] === 2))
    await set(ben, 'privacy.receipts', false)
    await until(() => docs.every((doc) => map(doc, 'reads')[ben] === undefined && map(doc, 'reads')[ada] === 2), 'they are gone')
    await submit(ada, { type: 'message.send', room, text: 'more' })
    await submit(ben, { type: 'room.read', room, seq: 3 })
    await one.core.lookNow()
    await one.core.keeper.settled()
    expect(docs.map((doc) => map(doc, 'reads'))).toEqual(docs.map(() => ({ [ada]: 2 })))
    await set(ben, 'privacy.receipts', true)
    await until(() => docs.every((doc) => map(doc, 'reads')[ben] === 3), 'they are back')
  })

  it('a room that grows past the number that has receipts loses them', async () => {
    const others = await Promise.all(Array.from({ length: LIMITS.receiptsUpToMembers - 1 }, (_, n) => addUser(db, `person${n}`)))
    const room = await makeRoom(others)
    await submit(ada, { type: 'message.send', room, text: 'hello' })
    await submit(ada, { type: 'room.read', room, seq: 2 })
    const { doc } = await one.connect(ada).open(docName.room(room))
    expect(map(doc, 'reads')).toEqual({ [ada]: 2 })
    await submit(ada, { type: 'member.add', room, user: ben })
    await until(() => Object.keys(map(doc, 'reads')).length === 0, 'they are gone')
  })

  it('the language that a person chooses is told to who writes mails; that of the browser, which no server knows, changes nothing there', async () => {
    for (const value of ['de', 'system', null, 'en']) await set(ada, 'language', value)
    const { rows } = await db.query<{ payload: unknown }>("select payload from jobs where type = 'language.changed' order by id")
    expect(rows.map(({ payload }) => payload)).toEqual(['de', 'en'].map((language) => ({ user: ada, language })))
  })
})
