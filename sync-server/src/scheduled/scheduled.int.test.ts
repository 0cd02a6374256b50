import type { Database } from '@chatflow/database'
import { testDatabases } from '@chatflow/database/testing'
import type { Command, CommandResult } from '@chatflow/shared/command'
import { docName } from '@chatflow/shared/doc-names'
import type { Scheduled } from '@chatflow/shared/entry'
import { newId, scheduledMessageId, type Id } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openTables } from '../testing/open-tables.ts'
import { addUser } from '../testing/people.ts'
import { RunningCore, until } from '../testing/running-core.ts'
import { Scheduler } from './scheduler.ts'

const HOUR = 3_600_000

describe.each(testDatabases())('scheduled messages on $name', ({ open }) => {
  let db: Database
  let one: RunningCore
  let two: RunningCore
  let ada: Id
  let ben: Id
  let room: Id
  beforeEach(async () => {
    db = await openTables(open)
    one = await RunningCore.start(db)
    two = await RunningCore.start(db)
    ada = await addUser(db, 'ada')
    ben = await addUser(db, 'ben')
    room = newId()
    await submit(ada, { type: 'room.create', room, kind: 'private', name: 'room', members: [ben] })
  })
  afterEach(async () => {
    await one.close()
    await two.close()
    await db.close()
  })

  const submit = (user: Id, fields: Record<string, unknown>): Promise<CommandResult> => one.core.submit(user, { v: 1, id: newId(), at: Date.now(), ...fields } as unknown as Command)
  const schedule = async (user: Id, text: string, sendAt = Date.now() + HOUR): Promise<Id> => {
    const result = await submit(user, { type: 'message.schedule', room, text, sendAt })
    expect(result.status).toBe('accepted')
    return result.id
  }
  const code = (result: CommandResult): string => (result.status === 'rejected' ? result.code : 'accepted')
  const messages = async (): Promise<{ id: Id; by_user: Id; text: string }[]> => (await db.query<{ id: Id; by_user: Id; text: string }>('select id, by_user, text from messages where event is null order by seq')).rows
  const rows = async (): Promise<{ id: Id; text: string; failed: string | null }[]> => (await db.query<{ id: Id; text: string; failed: string | null }>('select id, text, failed from scheduled order by send_at')).rows
  const beats = async (): Promise<void> => {
    await Promise.all([one.core.beat.now(), two.core.beat.now()])
  }
  const sent = (text: string): Promise<void> => until(async () => {
    await beats()
    return (await messages()).some((message) => message.text === text)
  }, `${text} is sent`)

  it('[R2] [R4] are sent once, as their author, at their time, however many instances look', async () => {
    const { doc } = await two.connect(ada).open(docName.user(ada))
    const id = await schedule(ada, 'in a moment')
    await until(() => (doc.getMap('scheduled').get(id) as Scheduled | undefined)?.text === 'in a moment')
    await beats()
    expect(await messages()).toEqual([])
    expect((await submit(ada, { type: 'message.reschedule', scheduled: id, sendAt: Date.now() - 1 })).status).toBe('accepted')
    await sent('in a moment')
    await beats()
    await beats()
    expect(await messages()).toEqual([{ id: scheduledMessageId(id), by_user: ada, text: 'in a moment' }])
    expect(await rows()).toEqual([])
    await until(() => doc.getMap('scheduled').size === 0, 'gone from the list')
  })

  it('[R2] are sent once when the instance that took them dies before it could say so', async () => {
    const id = await schedule(ada, 'twice taken', Date.now() - 1)
    const follow = (): void => undefined
    const log = { warn: () => undefined }
    // The first one submits and hears nothing of it any more; the second looks a minute later.
    const dead = new Scheduler({ db, log, follow, submit: async (user, command) => one.core.submit(user, command).then(() => new Promise<never>(() => undefined)) })
    await dead.beat()
    await until(async () => (await messages()).length === 1)
    const next = new Scheduler({ db, log, follow, submit: (user, command) => two.core.submit(user, command), now: () => Date.now() + 60_000 })
    await next.beat()
    await until(async () => (await rows()).length === 0, 'the row is gone')
    expect((await messages()).map((message) => message.id)).toEqual([scheduledMessageId(id)])
  })

  it('[R8] of whoever may not write by then stay with the reason, are changed, and sent once they may', async () => {
    const { doc } = await one.connect(ben).open(docName.user(ben))
    const id = await schedule(ben, 'from outside')
    await submit(ada, { type: 'member.remove', room, user: ben })
    await submit(ben, { type: 'message.reschedule', scheduled: id, sendAt: 0 })
    await until(async () => {
      await beats()
      return (doc.getMap('scheduled').get(id) as Scheduled | undefined)?.failed === 'not_a_member'
    }, 'the reason is shown')
    expect(await rows()).toEqual([{ id, text: 'from outside', failed: 'not_a_member' }])
    await submit(ada, { type: 'member.add', room, user: ben })
    expect(code(await submit(ben, { type: 'message.reschedule', scheduled: id, text: 'from inside' }))).toBe('accepted')
    await sent('from inside')
    expect(await messages()).toMatchObject([{ by_user: ben, text: 'from inside' }])
  })

  it('[R6] when cancelled or changed leave nothing of the text in rows and stored states', async () => {
    const { provider } = await one.connect(ada).open(docName.user(ada))
    const id = await schedule(ada, 'planted-secret')
    const other = await schedule(ada, 'planted-before')
    await one.core.keeper.settled()
    for (const document of one.core.hocuspocus.documents.values()) await one.core.hocuspocus.debouncer.executeNow(`onStoreDocument-${document.name}`)
    const stored = async (): Promise<boolean> => {
      const { rows: documents } = await db.query<{ state: Buffer }>('select state from documents')
      return documents.some(({ state }) => Buffer.from(state).includes('planted'))
    }
    expect(await stored()).toBe(true)
    await submit(ada, { type: 'message.unschedule', scheduled: id })
    await submit(ada, { type: 'message.reschedule', scheduled: other, text: 'changed' })
    expect(await stored()).toBe(false)
    await until(() => (provider.document.getMap('scheduled').get(other) as Scheduled | undefined)?.text === 'changed')
    for (const document of one.core.hocuspocus.documents.values()) await one.core.hocuspocus.debouncer.executeNow(`onStoreDocument-${document.name}`)
    expect(await stored()).toBe(false)
    expect((await rows()).map((row) => row.text)).toEqual(['changed'])
    expect(JSON.stringify((await db.query('select * from commands')).rows)).not.toContain('planted')
  })

  it('are their own: nobody changes or cancels those of others, nor what is on its way or gone', async () => {
    const id = await schedule(ada, 'hands off')
    expect(code(await submit(ben, { type: 'message.reschedule', scheduled: id, text: 'mine' }))).toBe('scheduled_not_found')
    expect(code(await submit(ben, { type: 'message.unschedule', scheduled: id }))).toBe('scheduled_not_found')
    expect(await rows()).toEqual([{ id, text: 'hands off', failed: null }])
    await db.query('update scheduled set taken_at = $1', [Date.now()])
    expect(code(await submit(ada, { type: 'message.unschedule', scheduled: id }))).toBe('scheduled_not_found')
    await db.query('update scheduled set taken_at = null')
    expect(code(await submit(ada, { type: 'message.unschedule', scheduled: id }))).toBe('accepted')
    expect(code(await submit(ada, { type: 'message.unschedule', scheduled: id }))).toBe('scheduled_not_found')
  })

  it('[R9] that cannot be are refused by name: too many, too far ahead, empty, or where one may not write', async () => {
    const outside = await addUser(db, 'eve')
    expect(code(await submit(outside, { type: 'message.schedule', room, text: 'x', sendAt: 0 }))).toBe('not_a_member')
    await submit(ada, { type: 'member.role', room, user: ben, role: 'reader' })
    expect(code(await submit(ben, { type: 'message.schedule', room, text: 'x', sendAt: 0 }))).toBe('forbidden')
    expect(code(await submit(ada, { type: 'message.schedule', room, text: ' \n', sendAt: 0 }))).toBe('text_empty')
    expect(code(await submit(ada, { type: 'message.schedule', room, text: 'x', sendAt: Date.now() + LIMITS.scheduledAheadMs + 60_000 }))).toBe('schedule_too_far')
    const results = await Promise.all(Array.from({ length: LIMITS.scheduledPerUser + 1 }, (_, n) => submit(ada, { type: 'message.schedule', room, text: `${n}`, sendAt: Date.now() + HOUR })))
    expect(results.map(code).filter((each) => each !== 'accepted')).toEqual(['too_many_scheduled'])
    await submit(ada, { type: 'room.archive', room })
    expect(code(await submit(ada, { type: 'message.schedule', room, text: 'x', sendAt: 0 }))).toBe('room_archived')
  })
})
