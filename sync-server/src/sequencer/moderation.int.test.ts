import type { Database } from '@chatflow/database'
import { testDatabases } from '@chatflow/database/testing'
import type { Command, CommandResult } from '@chatflow/shared/command'
import { dmRoomId, newId, type Id } from '@chatflow/shared/ids'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTables } from '../testing/open-tables.ts'
import { addUser } from '../testing/people.ts'
import type { MessageRow, ReportRow } from './rows.ts'
import { Sequencer } from './sequencer.ts'

const silent = { warn: () => undefined, error: () => undefined }

describe.each(testDatabases())('moderation on $name', ({ open }) => {
  let db: Database
  let sequencer: Sequencer
  let owner: Id
  let mod: Id
  let ben: Id
  let cleo: Id
  let admin: Id

  beforeAll(async () => {
    db = await openTables(open)
    sequencer = new Sequencer({ db, log: silent, onCommitted: () => undefined })
    owner = await addUser(db, 'owner')
    mod = await addUser(db, 'mod')
    ben = await addUser(db, 'ben')
    cleo = await addUser(db, 'cleo')
    admin = await addUser(db, 'admin', 'admin')
  })

  afterAll(async () => {
    await sequencer.close()
    await db.close()
  })

  const command = (fields: Record<string, unknown>): Command => ({ v: 1, id: newId(), at: Date.now(), ...fields }) as unknown as Command
  const submit = async (user: Id, fields: Record<string, unknown>): Promise<string> => codeOf(await sequencer.submit(user, command(fields)))
  const codeOf = (result: CommandResult): string => (result.status === 'rejected' ? result.code : 'accepted')
  /** Owned by `owner`, moderated by `mod`, with ben and cleo in it. */
  const makeRoom = async (kind: 'public' | 'private' = 'public'): Promise<Id> => {
    const room = newId()
    expect(await submit(owner, { type: 'room.create', room, kind, name: 'room', members: [mod, ben, cleo] })).toBe('accepted')
    expect(await submit(owner, { type: 'member.role', room, user: mod, role: 'moderator' })).toBe('accepted')
    return room
  }
  const makeDm = async (): Promise<Id> => {
    const room = dmRoomId([ben, cleo])
    await submit(ben, { type: 'room.create', room, kind: 'dm', members: [cleo] })
    return room
  }
  const say = async (user: Id, room: Id, text = 'hello'): Promise<Id> => {
    const id = newId()
    expect(await submit(user, { type: 'message.send', id, room, text })).toBe('accepted')
    return id
  }
  const report = async (user: Id, room: Id, message: Id, fields: Record<string, unknown> = {}): Promise<Id> => {
    const id = newId()
    expect(await submit(user, { type: 'message.report', id, room, message, reason: 'spam', ...fields })).toBe('accepted')
    return id
  }
  const isMember = async (room: Id, user: Id): Promise<boolean> => (await db.query('select 1 from members where room_id = $1 and user_id = $2', [room, user])).rows.length > 0
  const bans = async (room: Id): Promise<unknown[]> => (await db.query('select user_id, by_user, reason from bans where room_id = $1', [room])).rows
  const reports = async (room: Id): Promise<ReportRow[]> => (await db.query<ReportRow>('select * from reports where room_id = $1 order by at, id', [room])).rows
  const audited = async (room: Id): Promise<Record<string, unknown>[]> =>
    (await db.query('select actor, action, target_id, details from audit_log where room_id = $1 order by id', [room])).rows as Record<string, unknown>[]
  const message = async (id: Id): Promise<MessageRow | undefined> => (await db.query<MessageRow>('select * from messages where id = $1', [id])).rows[0]
  const events = async (room: Id): Promise<unknown[]> =>
    (await db.query<MessageRow>('select * from messages where room_id = $1 and event is not null order by seq', [room])).rows.map((row) => row.event?.type)
  /** All rows that a refused command must leave as they are. */
  const everything = async (room: Id): Promise<string> => {
    const tables = ['rooms where id', 'members where room_id', 'messages where room_id', 'bans where room_id', 'reports where room_id', 'audit_log where room_id']
    return JSON.stringify(await Promise.all(tables.map(async (table) => (await db.query(`select * from ${table} = $1`, [room])).rows)))
  }

  it('[R5] a ban takes out at once and keeps out, by joining and by being added, until it is lifted', async () => {
    const room = await makeRoom()
    const results = await Promise.all([
      submit(ben, { type: 'message.send', room, text: 'before' }),
      submit(mod, { type: 'member.ban', room, user: ben, reason: 'advertising' }),
      submit(ben, { type: 'message.send', room, text: 'after' }),
      submit(ben, { type: 'room.join', room }),
      submit(owner, { type: 'member.add', room, user: ben }),
    ])
    expect(results).toEqual(['accepted', 'accepted', 'not_a_member', 'banned', 'banned'])
    expect(await bans(room)).toEqual([{ user_id: ben, by_user: mod, reason: 'advertising' }])
    expect(await events(room)).toEqual(['created', 'banned'])
    expect((await db.query('select member_count from rooms where id = $1', [room])).rows).toEqual([{ member_count: 3 }])
    expect(await submit(ben, { type: 'room.join', room })).toBe('banned')
    expect(await submit(mod, { type: 'member.unban', room, user: ben })).toBe('accepted')
    expect(await submit(ben, { type: 'room.join', room })).toBe('accepted')
    expect(await bans(room)).toEqual([])
    expect((await audited(room)).slice(1)).toEqual([
      { actor: mod, action: 'member.banned', target_id: ben, details: { wasMember: true } },
      { actor: mod, action: 'member.unbanned', target_id: ben, details: {} },
    ])
  })

  it('[R2] a ban that is set again or lifted again changes nothing, and one batch may hold both', async () => {
    const room = await makeRoom()
    const ban = command({ type: 'member.ban', room, user: ben, reason: 'first' })
    expect(codeOf(await sequencer.submit(mod, ban))).toBe('accepted')
    const before = await everything(room)
    expect(codeOf(await sequencer.submit(mod, ban))).toBe('accepted')
    expect(await submit(owner, { type: 'member.ban', room, user: ben, reason: 'second' })).toBe('accepted')
    expect(await everything(room)).toBe(before)
    const results = await Promise.all(['unban', 'ban', 'unban', 'ban', 'unban', 'unban'].map((what) => submit(mod, { type: `member.${what}`, room, user: ben })))
    expect(new Set(results)).toEqual(new Set(['accepted']))
    expect(await bans(room)).toEqual([])
  })

  it('[R12] bans those of lower rank only, who need not be members; nobody without the right changes anything', async () => {
    const room = await makeRoom()
    const stranger = await addUser(db, `stranger-${newId().slice(-6)}`)
    const before = await everything(room)
    const refused: [Id, Record<string, unknown>, string][] = [
      [ben, { type: 'member.ban', room, user: cleo }, 'forbidden'],
      [ben, { type: 'member.unban', room, user: cleo }, 'forbidden'],
      [ben, { type: 'member.remove', room, user: cleo }, 'forbidden'],
      [mod, { type: 'member.ban', room, user: owner }, 'forbidden'],
      [mod, { type: 'member.ban', room, user: mod }, 'forbidden'],
      [owner, { type: 'member.ban', room, user: owner }, 'forbidden'],
      [owner, { type: 'member.ban', room, user: newId() }, 'user_not_found'],
      [stranger, { type: 'member.ban', room, user: ben }, 'not_a_member'],
      [stranger, { type: 'member.unban', room, user: ben }, 'not_a_member'],
      [mod, { type: 'member.ban', room: newId(), user: ben }, 'not_a_member'],
      [ben, { type: 'report.resolve', room, report: newId(), outcome: 'dismissed' }, 'forbidden'],
      [stranger, { type: 'report.resolve', room, report: newId(), outcome: 'dismissed' }, 'not_a_member'],
      [mod, { type: 'report.resolve', room, report: newId(), outcome: 'dismissed' }, 'report_not_found'],
    ]
    const codes: string[] = []
    for (const [user, fields] of refused) codes.push(await submit(user, fields))
    expect(codes).toEqual(refused.map(([, , code]) => code))
    expect(await everything(room)).toBe(before)
    expect(await submit(mod, { type: 'member.ban', room, user: stranger })).toBe('accepted')
    expect(await submit(stranger, { type: 'room.join', room })).toBe('banned')
    // Of someone who was not there nothing is said in the room.
    expect(await events(room)).toEqual(['created'])
  })

  it('[R12] an administrator moderates public rooms without being in them, private ones only as a member, and never takes the last owner', async () => {
    const open = await makeRoom('public')
    const text = await say(owner, open)
    expect(await submit(admin, { type: 'message.delete', room: open, message: text })).toBe('accepted')
    expect(await submit(admin, { type: 'member.ban', room: open, user: mod })).toBe('accepted')
    expect(await submit(admin, { type: 'member.remove', room: open, user: ben })).toBe('accepted')
    expect(await submit(admin, { type: 'member.ban', room: open, user: owner })).toBe('last_owner')
    expect(await submit(admin, { type: 'message.send', room: open, text: 'not in it' })).toBe('not_a_member')
    const closed = await makeRoom('private')
    const secret = await say(owner, closed)
    for (const fields of [{ type: 'message.delete', message: secret }, { type: 'member.ban', user: ben }, { type: 'member.remove', user: ben }, { type: 'member.unban', user: ben }]) {
      expect(await submit(admin, { room: closed, ...fields })).toBe('not_a_member')
    }
    await submit(owner, { type: 'member.add', room: closed, user: admin })
    expect(await submit(admin, { type: 'member.ban', room: closed, user: mod })).toBe('accepted')
    const dm = await makeDm()
    expect(await submit(admin, { type: 'message.delete', room: dm, message: await say(ben, dm) })).toBe('not_a_member')
    expect(await submit(ben, { type: 'member.ban', room: dm, user: cleo })).toBe('dm_members_fixed')
    expect(await submit(ben, { type: 'member.unban', room: dm, user: cleo })).toBe('dm_members_fixed')
  })

  it('[R6] what a moderator deletes leaves its body nowhere, says who deleted it, and is in the audit log; one\'s own is not', async () => {
    const room = await makeRoom()
    const [theirs, own] = [await say(ben, room, 'planted-body @cleo'), await say(ben, room, 'mine')]
    await submit(cleo, { type: 'message.react', room, message: theirs, emoji: '👍', on: true })
    expect(await submit(mod, { type: 'message.delete', room, message: theirs })).toBe('accepted')
    expect(await submit(ben, { type: 'message.delete', room, message: own })).toBe('accepted')
    expect(await message(theirs)).toMatchObject({ text: '', deleted: true, by_user: ben, deleted_by: mod, mentions: null })
    expect(await message(own)).toMatchObject({ text: '', deleted: true, deleted_by: null })
    expect((await audited(room)).slice(1)).toEqual([{ actor: mod, action: 'message.deleted_by_other', target_id: theirs, details: { author: ben, seq: 2 } }])
    expect(await everything(room)).not.toContain('planted-body')
  })

  it('[R2] a report is made once per person and message, by members only, about messages of others that are there', async () => {
    const room = await makeRoom()
    const text = await say(ben, room)
    const first = command({ type: 'message.report', room, message: text, reason: 'abuse', note: 'see above' })
    expect(codeOf(await sequencer.submit(cleo, first))).toBe('accepted')
    expect(codeOf(await sequencer.submit(cleo, first))).toBe('accepted')
    await report(cleo, room, text, { reason: 'other' })
    const [one, two] = await Promise.all([submit(mod, { type: 'message.report', room, message: text, reason: 'spam' }), submit(mod, { type: 'message.report', room, message: text, reason: 'spam' })])
    expect([one, two]).toEqual(['accepted', 'accepted'])
    const made = await reports(room)
    expect(made.map(({ reporter, reason }) => ({ reporter, reason }))).toEqual([{ reporter: cleo, reason: 'abuse' }, { reporter: mod, reason: 'spam' }])
    expect(made[0]).toMatchObject({ id: first.id, message_id: text, author: ben, seq: 2, note: 'see above', outcome: null })
    expect((await audited(room)).slice(1).map(({ actor, action, details }) => ({ actor, action, details }))).toEqual([
      { actor: cleo, action: 'report.made', details: { reason: 'abuse' } },
      { actor: mod, action: 'report.made', details: { reason: 'spam' } },
    ])

    const before = await everything(room)
    const created = (await db.query<{ id: Id }>('select id from messages where room_id = $1 and seq = 1', [room])).rows[0]?.id
    const outsider = await addUser(db, `outsider-${newId().slice(-6)}`)
    expect(await submit(ben, { type: 'message.report', room, message: text, reason: 'spam' })).toBe('forbidden')
    expect(await submit(cleo, { type: 'message.report', room, message: created, reason: 'spam' })).toBe('forbidden')
    expect(await submit(cleo, { type: 'message.report', room, message: newId(), reason: 'spam' })).toBe('message_not_found')
    expect(await submit(outsider, { type: 'message.report', room, message: text, reason: 'spam' })).toBe('not_a_member')
    expect(await submit(admin, { type: 'message.report', room, message: text, reason: 'spam' })).toBe('not_a_member')
    expect(await everything(room)).toBe(before)
    await submit(ben, { type: 'message.delete', room, message: text })
    expect(await submit(owner, { type: 'message.report', room, message: text, reason: 'spam' })).toBe('message_deleted')
  })

  it('[R10] nobody fills the queue: with 50 open reports in a room a person waits until some are settled', async () => {
    const room = await makeRoom()
    const texts = await Promise.all(Array.from({ length: 52 }, () => say(ben, room)))
    const codes = await Promise.all(texts.map((text) => submit(cleo, { type: 'message.report', room, message: text, reason: 'spam' })))
    expect(codes.filter((code) => code === 'accepted')).toHaveLength(50)
    expect(codes.slice(50)).toEqual(['too_many_reports', 'too_many_reports'])
    expect(await submit(mod, { type: 'message.report', room, message: texts[51], reason: 'spam' })).toBe('accepted')
    await submit(mod, { type: 'report.resolve', room, report: (await reports(room))[0]?.id, outcome: 'dismissed' })
    expect(await submit(cleo, { type: 'message.report', room, message: texts[50], reason: 'spam' })).toBe('accepted')
  })

  it('the first decision settles all reports about a message; the second is told so and does nothing', async () => {
    const room = await makeRoom()
    const text = await say(ben, room)
    const [first, second] = [await report(cleo, room, text), await report(mod, room, text)]
    const results = await Promise.all([
      submit(mod, { type: 'report.resolve', room, report: first, outcome: 'dismissed', note: 'a joke' }),
      submit(owner, { type: 'report.resolve', room, report: first, outcome: 'banned' }),
      submit(owner, { type: 'report.resolve', room, report: second, outcome: 'removed' }),
    ])
    expect(results).toEqual(['accepted', 'report_resolved', 'report_resolved'])
    expect((await reports(room)).map(({ outcome, resolved_by, resolution }) => ({ outcome, resolved_by, resolution }))).toEqual([
      { outcome: 'dismissed', resolved_by: mod, resolution: 'a joke' },
      { outcome: 'dismissed', resolved_by: mod, resolution: 'a joke' },
    ])
    expect(await isMember(room, ben)).toBe(true)
    expect(await message(text)).toMatchObject({ deleted: false })
    expect(new Set((await audited(room)).filter(({ action }) => action === 'report.resolved').map(({ target_id }) => target_id))).toEqual(new Set([first, second]))
  })

  it('[R2] a report by another instance at the same moment is settled or refused, never lost', async () => {
    const other = new Sequencer({ db, log: silent, onCommitted: () => undefined })
    const room = await makeRoom()
    const text = await say(ben, room)
    const id = await report(cleo, room, text)
    const outcomes = await Promise.all([sequencer, other, sequencer, other].map(async (one, n) => codeOf(await one.submit(n % 2 === 0 ? mod : owner, command({ type: 'report.resolve', room, report: id, outcome: n % 2 === 0 ? 'removed' : 'banned' })))))
    expect(outcomes.filter((code) => code === 'accepted')).toHaveLength(1)
    expect(outcomes.filter((code) => code === 'report_resolved')).toHaveLength(3)
    const [row] = await reports(room)
    expect((await message(text))?.deleted).toBe(row?.outcome === 'removed')
    expect(await isMember(room, ben)).toBe(row?.outcome !== 'banned')
    await other.close()
  })

  it.each([
    { outcome: 'removed', deleted: true, member: true, banned: 0 },
    { outcome: 'warned', deleted: false, member: true, banned: 0 },
    { outcome: 'expelled', deleted: false, member: false, banned: 0 },
    { outcome: 'banned', deleted: false, member: false, banned: 1 },
  ])('a report is settled as $outcome, and what that names is done in the same step', async ({ outcome, deleted, member, banned }) => {
    const room = await makeRoom('private')
    const text = await say(ben, room)
    const id = await report(cleo, room, text)
    expect(await submit(mod, { type: 'report.resolve', room, report: id, outcome })).toBe('accepted')
    expect(await message(text)).toMatchObject({ deleted, deleted_by: deleted ? mod : null })
    expect(await isMember(room, ben)).toBe(member)
    expect(await bans(room)).toHaveLength(banned)
    expect(await reports(room)).toMatchObject([{ outcome, resolved_by: mod }])
  })

  it('[R12] nobody settles a report about their own message, a moderator bans no owner by it, and a refused step leaves the report open', async () => {
    const room = await makeRoom()
    const [byMod, byOwner] = [await say(mod, room), await say(owner, room)]
    const [aboutMod, aboutOwner] = [await report(cleo, room, byMod), await report(cleo, room, byOwner)]
    expect(await submit(mod, { type: 'report.resolve', room, report: aboutMod, outcome: 'dismissed' })).toBe('forbidden')
    expect(await submit(mod, { type: 'report.resolve', room, report: aboutOwner, outcome: 'banned' })).toBe('forbidden')
    expect(await submit(admin, { type: 'report.resolve', room, report: aboutOwner, outcome: 'expelled' })).toBe('last_owner')
    expect((await reports(room)).map(({ outcome }) => outcome)).toEqual([null, null])
    expect(await submit(owner, { type: 'report.resolve', room, report: aboutMod, outcome: 'banned', note: 'after two warnings' })).toBe('accepted')
    expect(await bans(room)).toEqual([{ user_id: mod, by_user: owner, reason: 'after two warnings' }])
    expect(await submit(admin, { type: 'report.resolve', room, report: aboutOwner, outcome: 'removed' })).toBe('accepted')
  })

  it('[R12] reports of a direct conversation are settled by administrators only, who may delete what was reported and nothing else', async () => {
    const room = await makeDm()
    const [text, other] = [await say(ben, room), await say(ben, room)]
    const id = await report(cleo, room, text)
    expect(await submit(cleo, { type: 'report.resolve', room, report: id, outcome: 'removed' })).toBe('forbidden')
    expect(await submit(mod, { type: 'report.resolve', room, report: id, outcome: 'removed' })).toBe('not_a_member')
    expect(await submit(admin, { type: 'report.resolve', room, report: id, outcome: 'banned' })).toBe('dm_members_fixed')
    expect(await submit(admin, { type: 'message.delete', room, message: other })).toBe('not_a_member')
    expect(await submit(admin, { type: 'report.resolve', room, report: id, outcome: 'removed' })).toBe('accepted')
    expect(await message(text)).toMatchObject({ deleted: true, deleted_by: admin })
    expect(await message(other)).toMatchObject({ deleted: false })
  })

  it('raises the documents of those who may settle a report, and of nobody else', async () => {
    const room = await makeRoom()
    const text = await say(ben, room)
    const revs = async (): Promise<Map<Id, number>> => new Map((await db.query<{ user_id: Id; rev: number }>('select user_id, rev from user_state')).rows.map((row) => [row.user_id, row.rev]))
    const before = await revs()
    await report(cleo, room, text)
    const after = await revs()
    const raised = [owner, mod, ben, cleo, admin].filter((user) => (after.get(user) ?? 0) > (before.get(user) ?? 0))
    expect(raised).toEqual([owner, mod, admin])
  })

  it('tells the audit log of removals, roles and archived rooms, in the room\'s own order', async () => {
    const room = await makeRoom()
    await submit(owner, { type: 'member.remove', room, user: cleo })
    await submit(owner, { type: 'room.archive', room })
    expect(await audited(room)).toEqual([
      { actor: owner, action: 'member.role_changed', target_id: mod, details: { from: 'member', to: 'moderator' } },
      { actor: owner, action: 'member.removed', target_id: cleo, details: {} },
      { actor: owner, action: 'room.archived', target_id: room, details: {} },
    ])
  })
})
