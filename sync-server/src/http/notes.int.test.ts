import type { Database } from '@chatflow/database'
import { testDatabases } from '@chatflow/database/testing'
import type { NotesVersionContent, NotesVersionsPage } from '@chatflow/shared/api/notes'
import { docName } from '@chatflow/shared/doc-names'
import { dmRoomId, newId, type Id } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'
import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { appendNotes, loadNotes } from '../notes/notes-rows.ts'
import { personDeleted } from '../people/person-deleted.ts'
import { type HttpFixture, httpFixture } from '../testing/http-fixture.ts'
import { addUser } from '../testing/people.ts'

const START = 1_700_000_000_000
const MINUTE = 60_000
const log = { error: () => undefined }

describe.each(testDatabases())('versions of notes on $name', ({ open }) => {
  let db: Database
  let http: HttpFixture
  let owner: Id
  let mod: Id
  let ben: Id
  let stranger: Id
  let gast: Id

  beforeAll(async () => {
    db = await open()
    http = await httpFixture(db, false)
    ;[owner, mod, ben, stranger] = (await Promise.all(['owner', 'mod', 'ben', 'stranger'].map((name) => addUser(db, name)))) as [Id, Id, Id, Id]
    gast = await addUser(db, 'gast', 'guest')
  })

  afterAll(async () => {
    await http.close()
    await db.close()
  })

  const send = async (user: Id, fields: Record<string, unknown>): Promise<void> => {
    const answer = await http.post(user, { commands: [{ v: 1, id: newId(), at: START, ...fields }] })
    expect(answer.json()).toMatchObject({ results: [{ status: 'accepted' }] })
  }
  const makeRoom = async (): Promise<Id> => {
    const room = newId()
    await send(owner, { type: 'room.create', room, kind: 'private', name: 'room', members: [mod, ben, gast] })
    await send(owner, { type: 'member.role', room, user: mod, role: 'moderator' })
    return room
  }
  /** Somebody's writing, as one increment of the room's notes. */
  const writer = (room: Id) => {
    const doc = new Y.Doc()
    return {
      doc,
      write: async (author: Id, text: string, now: number): Promise<void> => {
        const before = Y.encodeStateVector(doc)
        const paragraph = new Y.XmlElement('paragraph')
        paragraph.insert(0, [new Y.XmlText(text)])
        doc.getXmlFragment('notes').push([paragraph])
        await appendNotes(db, log, room, { update: Y.encodeStateAsUpdate(doc, before), authors: [author] }, now)
      },
    }
  }
  const list = async (user: Id, room: Id, query = ''): Promise<NotesVersionsPage> => {
    const answer = await http.get(user, `/api/rooms/${room}/notes/versions${query}`)
    expect(answer.statusCode).toBe(200)
    return answer.json<NotesVersionsPage>()
  }
  const textOf = (state: Uint8Array): string => {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, state)
    return doc.getXmlFragment('notes').toJSON().replaceAll(/<\/?paragraph>/g, '|').replaceAll('||', '|')
  }
  const look = async (user: Id, room: Id, version: Id): Promise<string> => {
    const answer = await http.get(user, `/api/rooms/${room}/notes/versions/${version}`)
    expect(answer.statusCode).toBe(200)
    return textOf(Buffer.from(answer.json<NotesVersionContent>().state, 'base64'))
  }
  const restore = async (user: Id, room: Id, version: Id): Promise<LightMyRequestResponse> =>
    http.app.inject({ method: 'POST', url: `/api/rooms/${room}/notes/versions/${version}/restore`, headers: { authorization: `Bearer ${await http.token(user)}` } })
  const codeOf = (answer: LightMyRequestResponse): string => (answer.statusCode === 204 ? 'done' : answer.json<{ code: string }>().code)
  const present = async (room: Id): Promise<string> => textOf((await loadNotes(db, log, room, START))?.state ?? new Uint8Array([0, 0]))
  const named = (page: NotesVersionsPage): [number, string[]][] => page.versions.map(({ at, authors }) => [(at - START) / MINUTE, authors.map(({ username }) => username)])

  it('are kept before a change that comes ten minutes or more after the last one, named by time and authors', async () => {
    const room = await makeRoom()
    expect(await list(ben, room)).toEqual({ versions: [], more: false })
    const { write } = writer(room)
    await write(ben, 'a', START)
    await write(owner, 'b', START + 2 * MINUTE)
    await write(ben, 'c', START + 9 * MINUTE)
    expect(named(await list(ben, room))).toEqual([])
    await write(mod, 'd', START + 11 * MINUTE)
    await write(mod, 'e', START + 12 * MINUTE)
    await write(mod, 'f', START + 600 * MINUTE)
    const page = await list(ben, room)
    expect(named(page)).toEqual([
      [12, ['mod']],
      [9, ['ben', 'owner']],
    ])
    expect(page.last).toMatchObject({ at: START + 600 * MINUTE, by: { id: mod, username: 'mod', displayName: 'Mod' } })
    expect(await Promise.all(page.versions.map(({ id }) => look(gast, room, id)))).toEqual(['|a|b|c|d|e|', '|a|b|c|'])
    const first = await list(ben, room, '?limit=1')
    expect([first.more, named(first)]).toEqual([true, [[12, ['mod']]]])
    expect(named(await list(ben, room, `?before=${first.versions[0]?.id}`))).toEqual([[9, ['ben', 'owner']]])
  })

  it('[R12] are looked at by every member, and set back by moderators and owners alone', async () => {
    const room = await makeRoom()
    const { write } = writer(room)
    await write(ben, 'a', START)
    await write(ben, 'b', START + 20 * MINUTE)
    const version = (await list(owner, room)).versions[0]?.id ?? ''
    const paths = [`/api/rooms/${room}/notes/versions`, `/api/rooms/${room}/notes/versions/${version}`]
    for (const path of paths) {
      for (const user of [owner, mod, ben, gast]) expect((await http.get(user, path)).statusCode).toBe(200)
      expect(codeOf(await http.get(stranger, path))).toBe('room_not_found')
      expect((await http.app.inject({ url: path })).statusCode).toBe(401)
    }
    expect(codeOf(await restore(stranger, room, version))).toBe('room_not_found')
    for (const user of [ben, gast]) expect(codeOf(await restore(user, room, version))).toBe('forbidden')
    expect(await present(room)).toBe('|a|b|')
    for (const user of [mod, owner]) expect(codeOf(await restore(user, room, version))).toBe('done')
    expect(await present(room)).toBe('|a|')
    await send(owner, { type: 'room.archive', room })
    expect(codeOf(await restore(owner, room, version))).toBe('forbidden')
    expect((await http.get(ben, paths[1] ?? '')).statusCode).toBe(200)
  })

  it('[R12] of direct conversations are set back by both', async () => {
    const room = dmRoomId([ben, mod])
    await send(ben, { type: 'room.create', room, kind: 'dm', members: [mod] })
    const { write } = writer(room)
    await write(ben, 'a', START)
    await write(ben, 'b', START + 20 * MINUTE)
    const version = (await list(mod, room)).versions[0]?.id ?? ''
    expect(codeOf(await restore(mod, room, version))).toBe('done')
    expect(await present(room)).toBe('|a|')
    expect(codeOf(await restore(owner, room, version))).toBe('room_not_found')
  })

  it('[R9] of other rooms are none', async () => {
    const [room, other] = [await makeRoom(), await makeRoom()]
    for (const each of [room, other]) {
      const { write } = writer(each)
      await write(ben, each, START)
      await write(ben, 'b', START + 20 * MINUTE)
    }
    const version = (await list(owner, other)).versions[0]?.id ?? ''
    expect(codeOf(await http.get(owner, `/api/rooms/${room}/notes/versions/${version}`))).toBe('version_not_found')
    expect(codeOf(await restore(owner, room, version))).toBe('version_not_found')
    expect(codeOf(await restore(owner, room, newId()))).toBe('version_not_found')
    expect(await present(room)).toBe(`|${room}|b|`)
  })

  it('keep what is there before it is set back, in one step with the change, and the audit log says who did it', async () => {
    const room = await makeRoom()
    const { write } = writer(room)
    await write(ben, 'a', START)
    await write(ben, 'b', START + 20 * MINUTE)
    await write(owner, 'c', START + 21 * MINUTE)
    const version = (await list(owner, room)).versions[0]?.id ?? ''
    expect(codeOf(await restore(mod, room, version))).toBe('done')
    const { versions, last } = await list(ben, room)
    expect(versions.map(({ reason }) => reason)).toEqual(['restore', 'time'])
    expect([await look(ben, room, versions[0]?.id ?? ''), versions[0]?.authors.map(({ username }) => username)]).toEqual(['|a|b|c|', ['ben', 'owner']])
    expect(last?.by?.username).toBe('mod')
    const audited = await db.query("select actor, action, target_id, room_id, details from audit_log where room_id = $1 and action like 'notes.%'", [room])
    expect(audited.rows).toEqual([{ actor: mod, action: 'notes.restored', target_id: room, room_id: room, details: { version } }])
    // And back again.
    expect(codeOf(await restore(mod, room, versions[0]?.id ?? ''))).toBe('done')
    expect(await present(room)).toBe('|a|b|c|')
    // What is as it was is not changed, and no version kept for it.
    const before = (await list(ben, room)).versions.length
    expect(codeOf(await restore(mod, room, versions[0]?.id ?? ''))).toBe('done')
    expect((await list(ben, room)).versions).toHaveLength(before)
  })

  it('are no more than there may be, and thinner the older they are', async () => {
    const room = await makeRoom()
    const { write } = writer(room)
    for (let i = 0; i < LIMITS.notesVersions + 15; i += 1) await write(ben, String(i), START + i * 10 * MINUTE)
    const { versions } = await list(ben, room, '?limit=100')
    expect(versions).toHaveLength(LIMITS.notesVersions)
    expect(versions.slice(0, 10).map(({ at }) => (at - START) / MINUTE)).toEqual(Array.from({ length: 10 }, (_, i) => (LIMITS.notesVersions + 13 - i) * 10))
    expect(versions.at(-1)?.at).toBe(START)
    const { rows } = await db.query<{ n: number }>('select count(*) as n from notes_version_authors a left join notes_versions v on v.id = a.version where v.id is null')
    expect(rows[0]?.n).toBe(0)
  })

  it('no longer name an account that is gone; the text stays, being common', async () => {
    const room = await makeRoom()
    const leaving = await addUser(db, `leaving-${newId().slice(-6)}`)
    await send(owner, { type: 'member.add', room, user: leaving })
    const { write } = writer(room)
    await write(leaving, 'mine', START)
    await write(ben, 'b', START + 20 * MINUTE)
    expect((await list(ben, room)).versions[0]?.authors.map(({ id }) => id)).toEqual([leaving])
    await personDeleted({ db, follow: () => undefined, now: Date.now }, leaving, 'remove')
    const { versions } = await list(ben, room)
    expect(versions[0]?.authors).toEqual([])
    expect([await look(ben, room, versions[0]?.id ?? ''), await present(room)]).toEqual(['|mine|', '|mine|b|'])
    for (const table of ['notes_authors', 'notes_version_authors']) expect((await db.query(`select 1 from ${table} where user_id = $1`, [leaving])).rows).toEqual([])
  })

  it('go with the room, and so do the notes', async () => {
    const room = await makeRoom()
    const { write } = writer(room)
    await write(ben, 'a', START)
    await write(ben, 'b', START + 20 * MINUTE)
    await db.query("insert into notes_damaged (room_id, at, n, bytes) values ($1, 1, 0, '\\x00')", [room])
    await db.query('delete from rooms where id = $1', [room])
    const tables = ['notes', 'notes_updates', 'notes_authors', 'notes_versions', 'notes_damaged']
    for (const table of tables) expect((await db.query(`select 1 from ${table} where room_id = $1`, [room])).rows).toEqual([])
    expect((await db.query('select 1 from documents where name = $1', [docName.notes(room)])).rows).toEqual([])
  })

  it('text that was deleted leaves the stored notes when a version is kept, and is in older versions alone', async () => {
    const room = await makeRoom()
    const { doc, write } = writer(room)
    await write(ben, 'secret', START)
    const before = Y.encodeStateVector(doc)
    doc.getXmlFragment('notes').delete(0, 1)
    await appendNotes(db, log, room, { update: Y.encodeStateAsUpdate(doc, before), authors: [ben] }, START + MINUTE)
    await write(ben, 'after', START + 20 * MINUTE)
    const { rows } = await db.query<{ found: boolean }>("select position('secret'::bytea in state) > 0 as found from notes where room_id = $1", [room])
    expect(rows).toEqual([{ found: false }])
  })
})
