import type { Database } from '@chatflow/database'
import { testDatabases } from '@chatflow/database/testing'
import type { Command } from '@chatflow/shared/command'
import { docName } from '@chatflow/shared/doc-names'
import { newId, type Id } from '@chatflow/shared/ids'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTables } from '../testing/open-tables.ts'
import { addUser } from '../testing/people.ts'
import { RunningCore, until } from '../testing/running-core.ts'

describe.each(testDatabases())('moderation over two instances on $name', ({ open }) => {
  let db: Database
  let one: RunningCore
  let two: RunningCore
  let ada: Id
  let ben: Id
  let cleo: Id

  beforeAll(async () => {
    db = await openTables(open)
    one = await RunningCore.start(db)
    two = await RunningCore.start(db)
    ada = await addUser(db, 'ada')
    ben = await addUser(db, 'ben')
    cleo = await addUser(db, 'cleo')
  })

  afterAll(async () => {
    await one.close()
    await two.close()
    await db.close()
  })

  const submit = async (user: Id, fields: Record<string, unknown>): Promise<void> => {
    expect(await one.core.submit(user, { v: 1, id: newId(), at: 1, ...fields } as unknown as Command)).toMatchObject({ status: 'accepted' })
  }
  const makeRoom = async (): Promise<Id> => {
    const room = newId()
    await submit(ada, { type: 'room.create', room, kind: 'public', name: 'room', members: [ben, cleo] })
    return room
  }

  it('[R5] the live documents of a banned person close on every instance within two seconds, and do not open again', async () => {
    const room = await makeRoom()
    const clients = [one.connect(ben), two.connect(ben)]
    for (const client of clients) await Promise.all([client.open(docName.room(room)), client.open(docName.log(room, 0))])
    const closed = Promise.all(clients.map((client) => new Promise<number>((resolve) => client.socket.on('close', ({ event }: { event: { code: number } }) => resolve(event.code)))))
    const at = Date.now()
    await submit(ada, { type: 'member.ban', room, user: ben })
    expect(await closed).toEqual([4403, 4403])
    expect(Date.now() - at).toBeLessThan(2_000)
    for (const instance of [one, two]) await expect(instance.connect(ben).open(docName.room(room))).rejects.toThrow('gone:not_a_member')
    const own = await two.connect(ben).open(docName.user(ben))
    expect(own.doc.getMap('rooms').has(room)).toBe(false)
  })

  it('the number of open reports reaches those who moderate, on every instance, and nobody else', async () => {
    const room = await makeRoom()
    const admin = await addUser(db, `admin-${newId().slice(-6)}`, 'admin')
    const readers = await Promise.all([ada, admin, ben].map((user) => two.connect(user).open(docName.user(user))))
    const open = (): unknown[] => readers.map(({ doc }) => doc.getMap('moderation').get('openReports') ?? 0)
    const before = open() as number[]
    const message = newId()
    const report = newId()
    await submit(ben, { type: 'message.send', id: message, room, text: 'bad words' })
    await submit(cleo, { type: 'message.report', id: report, room, message, reason: 'abuse' })
    await until(() => open()[0] === (before[0] ?? 0) + 1 && open()[1] === (before[1] ?? 0) + 1, 'the report is counted')
    await submit(ada, { type: 'report.resolve', room, report, outcome: 'dismissed' })
    await until(() => JSON.stringify(open()) === JSON.stringify(before), 'and no longer, once settled')
    expect(open()[2]).toBe(0)
  })
})
