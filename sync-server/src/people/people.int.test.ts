import type { Database } from '@chatflow/database'
import { testDatabases } from '@chatflow/database/testing'
import { createJobWorker } from '@chatflow/server-kit/jobs/job-worker'
import { enqueue } from '@chatflow/server-kit/jobs/enqueue'
import type { MessagesAfterDeletion } from '@chatflow/shared/api/account'
import type { Command, CommandResult } from '@chatflow/shared/command'
import { docName } from '@chatflow/shared/doc-names'
import type { Entry } from '@chatflow/shared/entry'
import { dmRoomId, newId, type Id } from '@chatflow/shared/ids'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { openTables } from '../testing/open-tables.ts'
import { addUser } from '../testing/people.ts'
import { RunningCore, until } from '../testing/running-core.ts'
import { peopleJobs } from './people-jobs.ts'
import { personDeleted } from './person-deleted.ts'

const silent = { warn: () => undefined, error: () => undefined }

describe.each(testDatabases())('people on $name, on two instances', ({ open }) => {
  let db: Database
  let one: RunningCore
  let two: RunningCore
  let ada: Id
  let ben: Id
  let eve: Id

  beforeEach(async () => {
    db = await openTables(open)
    one = await RunningCore.start(db)
    two = await RunningCore.start(db)
    ada = await addUser(db, 'adaplanted')
    ben = await addUser(db, 'ben')
    eve = await addUser(db, 'eve')
  })
  afterEach(async () => {
    await one.close()
    await two.close()
    await db.close()
  })

  const command = (fields: Record<string, unknown>): Command => ({ v: 1, id: newId(), at: Date.now(), ...fields }) as unknown as Command
  const submit = (user: Id, fields: Record<string, unknown>): Promise<CommandResult> => one.core.submit(user, command(fields))
  const makeRoom = async (owner: Id, members: Id[]): Promise<Id> => {
    const room = newId()
    await submit(owner, { type: 'room.create', room, kind: 'private', name: 'room', members })
    return room
  }
  const makeDm = async (a: Id, b: Id): Promise<Id> => {
    const room = dmRoomId([a, b])
    await submit(a, { type: 'room.create', room, kind: 'dm', members: [b] })
    return room
  }
  const say = async (user: Id, room: Id, text: string): Promise<Id> => (await submit(user, { type: 'message.send', room, text })).id
  const work = async (): Promise<void> => {
    const worker = createJobWorker({ db, handlers: peopleJobs(db, one.core), log: silent })
    await worker.drain()
    await worker.close()
  }
  const rename = async (displayName: string, avatar: string | null = null): Promise<void> => {
    await db.tx(async (q) => {
      await q.query('update users set display_name = $2, avatar = $3 where id = $1', [ada, displayName, avatar])
      await enqueue(q, 'account.changed', { user: ada }, { now: Date.now() })
    })
    await work()
  }
  /** What auth-server does to its own tables. */
  const remove = async (messages: MessagesAfterDeletion): Promise<void> => {
    await db.tx(async (q) => {
      await q.query("update users set username = null, display_name = 'Deleted user', avatar = null, disabled_at = 1, deleted_at = 1 where id = $1", [ada])
      await q.query('delete from session_families where user_id = $1', [ada])
      await enqueue(q, 'account.deleted', { user: ada, messages }, { now: Date.now() })
    })
  }
  const named = (doc: Y.Doc, map: string, user = ada): unknown => (doc.getMap(map).get(user) as { displayName?: string } | undefined)?.displayName
  const entries = (doc: Y.Doc): Entry[] => ([...doc.getMap('log').values()] as Entry[]).sort((a, b) => a.seq - b.seq)
  /** Names of stored documents that hold the word, deleted items included. */
  const storedWith = async (word: string): Promise<string[]> => {
    const { rows } = await db.query<{ name: string; state: Buffer }>('select name, state from documents')
    return rows.filter((row) => Buffer.from(row.state).includes(word)).map((row) => row.name)
  }
  const storeAll = async (): Promise<void> => {
    for (const { core } of [one, two]) for (const document of core.hocuspocus.documents.values()) await core.hocuspocus.debouncer.executeNow(`onStoreDocument-${document.name}`)
  }

  it('a new name and picture is in every document that shows the person within two seconds, on both', async () => {
    const room = await makeRoom(ben, [ada, eve])
    const left = await makeRoom(ben, [ada])
    const dm = await makeDm(ada, ben)
    for (const place of [room, left, dm]) await say(ada, place, 'hello')
    await submit(ada, { type: 'room.leave', room: left })
    const docs: [Y.Doc, string][] = []
    for (const instance of [one, two]) {
      const client = instance.connect(ben)
      for (const [name, map] of [
        [docName.room(room), 'members'], [docName.log(room, 0), 'people'], [docName.log(left, 0), 'people'],
        [docName.room(dm), 'members'], [docName.log(dm, 0), 'people'], [docName.user(ben), 'people'],
      ] as const) docs.push([(await client.open(name)).doc, map])
      docs.push([(await instance.connect(ada).open(docName.user(ada))).doc, 'people'])
    }
    expect(docs.map(([doc, map]) => named(doc, map))).toEqual(docs.map(() => 'Adaplanted'))
    const began = Date.now()
    await rename('Ada King', 'f'.repeat(64))
    await until(() => docs.every(([doc, map]) => named(doc, map) === 'Ada King'), 'the new name is everywhere')
    expect(Date.now() - began).toBeLessThan(2_000)
    expect(docs.map(([doc, map]) => (doc.getMap(map).get(ada) as { avatar: string }).avatar)).toEqual(docs.map(() => 'f'.repeat(64)))
    expect(one.core.sockets.ofUser(ada)[0]?.identity?.person.displayName).toBe('Ada King')
  })

  it('a name told twice changes documents once', async () => {
    const room = await makeRoom(ben, [ada])
    await say(ada, room, 'hello')
    const { doc } = await one.connect(ben).open(docName.log(room, 0))
    const own = await one.connect(ben).open(docName.room(room))
    await rename('Ada King')
    await until(() => named(doc, 'people') === 'Ada King' && named(own.doc, 'members') === 'Ada King')
    let updates = 0
    for (const watched of [doc, own.doc]) watched.on('update', () => (updates += 1))
    await rename('Ada King')
    await one.core.keeper.settled()
    await two.core.beat.now()
    await say(ben, room, 'after')
    await until(() => entries(doc).at(-1)?.text === 'after')
    // The message and the head, nothing for the name.
    expect(updates).toBeLessThanOrEqual(2)
  })

  it('a segment that was not loaded shows the new name when it is, whatever its stored state says', async () => {
    const room = await makeRoom(ben, [ada])
    await say(ada, room, 'hello')
    const client = one.connect(ben)
    await client.open(docName.log(room, 0))
    await storeAll()
    client.destroy()
    await until(() => one.core.hocuspocus.documents.size === 0)
    await rename('Ada King')
    const { doc } = await two.connect(ben).open(docName.log(room, 0))
    expect(named(doc, 'people')).toBe('Ada King')
  })

  describe('who is deleted', () => {
    it('leaves rooms and lists, and no document or stored state has the name, while messages stay', async () => {
      const room = await makeRoom(ben, [ada, eve])
      const dm = await makeDm(ada, ben)
      await say(ada, room, 'from ada')
      await say(ben, room, 'for @adaplanted')
      await say(ada, dm, 'hi ben')
      await submit(ada, { type: 'draft.set', room, text: 'half' })
      await submit(ada, { type: 'message.schedule', room, text: 'later', sendAt: Date.now() + 3_600_000 })
      await submit(ada, { type: 'me.set', key: 'density', value: 'compact' })
      await submit(ada, { type: 'room.read', room, seq: 2 })
      await submit(ada, { type: 'room.read', room: dm, seq: 1 })
      const mine = await one.connect(ada).open(docName.user(ada))
      const docs: Y.Doc[] = []
      for (const instance of [one, two]) {
        const client = instance.connect(ben)
        for (const name of [docName.room(room), docName.log(room, 0), docName.room(dm), docName.log(dm, 0), docName.user(ben)]) docs.push((await client.open(name)).doc)
      }
      await storeAll()
      expect((await storedWith('Adaplanted')).length).toBeGreaterThan(4)
      const gone = new Promise<void>((resolve) => mine.provider.on('disconnect', () => resolve()))
      await remove('keep')
      await work()
      await gone
      await until(() => docs.every((doc) => !Buffer.from(Y.encodeStateAsUpdate(doc)).includes('Adaplanted')), 'no document has the name')
      await storeAll()
      expect(await storedWith('Adaplanted')).toEqual([])
      const log = await two.connect(eve).open(docName.log(room, 0))
      expect(entries(log.doc).map(({ text, event, by }) => [text, event?.type, by])).toEqual([
        ['', 'created', ben], ['from ada', undefined, ada], ['for @adaplanted', undefined, ben], ['', 'left', ada],
      ])
      expect(log.doc.getMap('people').get(ada)).toEqual({ username: '', displayName: 'Deleted user' })
      const partner = await two.connect(ben).open(docName.user(ben))
      expect(partner.doc.getMap('rooms').get(dm)).toMatchObject({ kind: 'dm', with: [ada] })
      expect(partner.doc.getMap('people').get(ada)).toEqual({ username: '', displayName: 'Deleted user' })
      expect((await db.query('select room_id from members where user_id = $1', [ada])).rows).toEqual([{ room_id: dm }])
      for (const table of ['drafts', 'settings', 'cursors', 'mentions', 'user_state', 'scheduled', 'last_seen', 'push_subscriptions']) {
        const { rows } = await db.query(`select 1 from ${table} where user_id = $1`, [ada])
        expect({ table, rows }).toEqual({ table, rows: [] })
      }
    })

    it('[R6] takes all messages and reactions along, from rows, documents and stored states, on both', async () => {
      const room = await makeRoom(ben, [ada, eve])
      const bens = await say(ben, room, 'from ben')
      for (let i = 0; i < 300; i += 1) void say(ada, room, `planted-body-${i}`)
      const last = await say(ada, room, 'planted-body-last')
      await submit(ben, { type: 'message.react', room, message: last, emoji: '👍', on: true })
      await submit(ada, { type: 'message.react', room, message: bens, emoji: '🎉', on: true })
      const docs: Y.Doc[] = []
      for (const instance of [one, two]) for (const segment of [0, 1]) docs.push((await instance.connect(ben).open(docName.log(room, segment))).doc)
      await storeAll()
      expect(await storedWith('planted-body')).toHaveLength(2)
      await remove('remove')
      await work()
      await until(() => docs.every((doc) => !Buffer.from(Y.encodeStateAsUpdate(doc)).includes('planted-body') && doc.getMap('reactions').size === 0), 'no document has a body')
      await storeAll()
      expect(await storedWith('planted-body')).toEqual([])
      expect((await db.query("select 1 from messages where text like 'planted%'")).rows).toEqual([])
      expect((await db.query('select 1 from reactions where active')).rows).toEqual([])
      expect((await db.query('select text from messages where id = $1', [bens])).rows).toEqual([{ text: 'from ben' }])
      const entry = entries(docs[0] as Y.Doc).find(({ by }) => by === ada)
      expect(entry).toMatchObject({ deleted: true, text: '' })
    })

    it('is gone in the end, however often the work is broken off', async () => {
      const room = await makeRoom(ben, [ada])
      for (let i = 0; i < 450; i += 1) void say(ada, room, `planted ${i}`)
      await say(ada, room, 'the last')
      await remove('remove')
      const left = async (): Promise<number> => (await db.query<{ n: number }>('select count(*) as n from messages where not deleted and event is null')).rows[0]?.n ?? 0
      const seen: number[] = []
      // Dies after its second commit.
      let commits = 0
      const dying = personDeleted({ db, now: Date.now, follow: () => { if ((commits += 1) === 2) throw new Error('killed') } }, ada, 'remove')
      await expect(dying).rejects.toThrow('killed')
      seen.push(await left())
      // Has no time.
      for (let done = false; !done; ) {
        done = await personDeleted({ db, now: Date.now, follow: (effects) => one.core.follow(effects), workForMs: 0 }, ada, 'remove')
        seen.push(await left())
      }
      expect(seen).toEqual([251, 51, 0, 0])
    })

    it('leaves each room an owner: the longest-standing of the highest', async () => {
      const later = await addUser(db, 'later')
      const room = await makeRoom(ada, [ben])
      await submit(ada, { type: 'member.add', room, user: eve })
      await submit(ada, { type: 'member.add', room, user: later })
      await db.query('update members set joined_at = joined_at + case user_id when $2 then 1 when $3 then 2 when $4 then 3 else 0 end where room_id = $1', [room, ben, eve, later])
      await submit(ada, { type: 'member.role', room, user: later, role: 'moderator' })
      await submit(ada, { type: 'member.role', room, user: eve, role: 'moderator' })
      const owned = await makeRoom(ada, [ben, eve])
      await submit(ada, { type: 'member.role', room: owned, user: eve, role: 'owner' })
      const alone = await makeRoom(ada, [])
      await remove('keep')
      await work()
      const roles = async (of: Id) => Object.fromEntries((await db.query<{ user_id: Id; role: string }>('select user_id, role from members where room_id = $1', [of])).rows.map((row) => [row.user_id, row.role]))
      expect(await roles(room)).toEqual({ [ben]: 'member', [eve]: 'owner', [later]: 'moderator' })
      expect(await roles(owned)).toEqual({ [ben]: 'member', [eve]: 'owner' })
      expect(await roles(alone)).toEqual({})
      expect((await db.query('select target_id, room_id, details from audit_log where actor is null')).rows).toEqual([{ target_id: eve, room_id: room, details: { from: 'moderator', to: 'owner', because: 'owner_deleted' } }])
      expect((await db.query<{ n: number }>('select member_count as n from rooms where id = $1', [room])).rows).toEqual([{ n: 3 }])
    })

    it('can be added to nothing, named by nobody, and says nothing more', async () => {
      const room = await makeRoom(ben, [ada])
      await remove('keep')
      await work()
      await expect(submit(ben, { type: 'member.add', room, user: ada })).resolves.toMatchObject({ code: 'user_not_found' })
      await expect(submit(ben, { type: 'room.create', room: newId(), kind: 'private', name: 'x', members: [ada] })).resolves.toMatchObject({ code: 'user_not_found' })
      await expect(submit(ada, { type: 'message.send', room, text: 'still here' })).resolves.toMatchObject({ code: 'user_not_found' })
      await expect(one.connect(ada).open(docName.user(ada))).rejects.toThrow('auth:session_ended')
    })

    it('is in no column that is not spoken of here', async () => {
      // `members` is left by leaving. What names a person by id and shows the tombstone may stay.
      const known = [
        'drafts.user_id', 'settings.user_id', 'cursors.user_id', 'mentions.user_id', 'user_state.user_id', 'members.user_id', 'scheduled.user_id', 'notes_authors.user_id', 'notes_version_authors.user_id',
        'messages.by_user', 'message_words.by_user', 'messages.deleted_by', 'mentions.by_user', 'reactions.user_id', 'rooms.created_by', 'commands.user_id',
        'bans.user_id', 'bans.by_user', 'reports.author', 'reports.reporter', 'reports.resolved_by',
        // Gone with the sockets, which close as the sessions end.
        'socket_places.user_id', 'presence.user_id', 'shared_awareness.user_id', 'last_seen.user_id', 'push_subscriptions.user_id',
      ]
      const { rows } = await db.query<{ name: string }>(
        `select table_name || '.' || column_name as name from information_schema.columns
          where table_schema = current_schema() and udt_name = 'uuid' and table_name not in ('users', 'session_families', 'avatars', 'totp', 'recovery_codes', 'passkeys', 'invitations', 'jobs', 'audit_log', 'second_factor_missing')
            and column_name not in ('id', 'room_id', 'reply_to', 'root', 'thread', 'command_id', 'message_id', 'instance', 'socket', 'session_id', 'device', 'subscription_id', 'version')`,
      )
      expect(rows.map(({ name }) => name).filter((name) => !known.includes(name))).toEqual([])
    })
  })
})
