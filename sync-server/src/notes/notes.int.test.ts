import type { Database } from '@chatflow/database'
import { testDatabases } from '@chatflow/database/testing'
import type { Command } from '@chatflow/shared/command'
import { docName } from '@chatflow/shared/doc-names'
import { newId, type Id } from '@chatflow/shared/ids'
import { parseNotesStored } from '@chatflow/shared/stateless'
import type { HocuspocusProvider } from '@hocuspocus/provider'
import { LIMITS } from '@chatflow/shared/limits'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { openTables } from '../testing/open-tables.ts'
import { addUser } from '../testing/people.ts'
import { poison } from '../testing/poison.ts'
import { RunningCore, type StockClient, until } from '../testing/running-core.ts'

interface Opened {
  doc: Y.Doc
  provider: HocuspocusProvider
  /** Resolves when the server has looked at all that was sent before. */
  handled(): Promise<void>
  /** Sends a mark, and answers it. */
  ask(): number
  /** Marks that were answered. */
  heard: Set<number>
  /** Resolves when all that was written before is committed. */
  stored(): Promise<void>
  /** The reason with which the server closed these notes. */
  closed: Promise<string>
}

describe.each(testDatabases())('notes on $name, with stock clients', ({ open }) => {
  let db: Database
  let one: RunningCore
  let two: RunningCore
  let ada: Id
  let ben: Id
  let eve: Id
  let gast: Id
  const clients: StockClient[] = []

  beforeAll(async () => {
    db = await openTables(open)
    one = await RunningCore.start(db)
    two = await RunningCore.start(db)
    ada = await addUser(db, 'ada')
    ben = await addUser(db, 'ben')
    eve = await addUser(db, 'eve')
    gast = await addUser(db, 'gast', 'guest')
  })

  // A person has so many sockets and no more.
  afterEach(() => clients.splice(0).forEach((client) => client.destroy()))

  afterAll(async () => {
    await one.close()
    await two.close()
    await db.close()
  })

  const submit = async (user: Id, fields: Record<string, unknown>): Promise<void> => {
    expect(await one.core.submit(user, { v: 1, id: newId(), at: 1, ...fields } as unknown as Command)).toMatchObject({ status: 'accepted' })
  }
  const makeRoom = async (members: Id[] = [ben]): Promise<Id> => {
    const room = newId()
    await submit(ada, { type: 'room.create', room, kind: 'private', name: 'room', members })
    return room
  }
  const openNotes = async (core: RunningCore, user: Id, room: Id): Promise<Opened> => {
    let last = 0
    const heard = new Set<number>()
    const client = core.connect(user)
    clients.push(client)
    const { doc, provider } = await client.open(docName.notes(room), (payload) => heard.add(parseNotesStored(payload)?.mark ?? -1))
    const closed = new Promise<string>((resolve) => {
      provider.on('close', ({ event }: { event: { reason: string } }) => {
        resolve(event.reason)
        // As the protocol asks for: a client that went on would be refused for ever.
        if (event.reason.startsWith('gone:')) provider.destroy()
      })
    })
    const ask = (): number => {
      last += 1
      provider.sendStateless(JSON.stringify({ type: 'notes-mark', mark: last }))
      return last
    }
    const stored = async (): Promise<void> => {
      const mark = ask()
      await until(() => heard.has(mark), 'it is stored')
    }
    const handled = async (): Promise<void> => {
      // Messages of a document are taken one after another: the answer to a question comes after all that was sent before it.
      const answered = new Promise<void>((resolve) => provider.on('message', ({ message }: { message: { readVarString(): string; readVarUint(): number } }) => {
        message.readVarString()
        if (message.readVarUint() === 0 && message.readVarUint() === 1) resolve()
      }))
      provider.forceSync()
      await answered
    }
    return { doc, provider, ask, heard, handled, stored, closed }
  }
  const textOf = (doc: Y.Doc): string => doc.getXmlFragment('notes').toJSON()
  /** A new instance that has nothing loaded. */
  const afresh = async (user: Id, room: Id): Promise<string> => {
    const third = await RunningCore.start(db)
    const { doc } = await third.connect(user).open(docName.notes(room))
    const text = textOf(doc)
    await third.close()
    return text
  }

  it('what one member writes the others see, on every instance, and a later load too', async () => {
    const room = await makeRoom()
    const [mine, here, there] = await Promise.all([openNotes(one, ada, room), openNotes(one, ben, room), openNotes(two, ben, room)])
    write(mine.doc, 'first')
    write(there.doc, 'second')
    await until(() => [mine, here, there].every(({ doc }) => textOf(doc).includes('first') && textOf(doc).includes('second')), 'everybody has both')
    expect(new Set([mine, here, there].map(({ doc }) => textOf(doc))).size).toBe(1)
    await Promise.all([mine.stored(), there.stored()])
    expect(await afresh(ben, room)).toBe(textOf(mine.doc))
  })

  it.each([
    ['a reader', 'reader', 'member', false],
    ['a member', 'member', 'member', true],
    ['a moderator', 'moderator', 'member', true],
    ['an owner', 'owner', 'member', true],
    ['a guest', 'member', 'guest', false],
  ] as const)('[R12] %s, as %s of the room and %s of the server, writes: %s', async (_, role, global, writes) => {
    const person = global === 'guest' ? gast : ben
    const room = await makeRoom([person])
    await submit(ada, { type: 'member.role', room, user: person, role })
    const [theirs, watching] = await Promise.all([openNotes(one, person, room), openNotes(one, ada, room)])
    expect(theirs.provider.authorizedScope).toBe(writes ? 'read-write' : 'readonly')
    write(theirs.doc, 'mine')
    await theirs.handled()
    write(watching.doc, 'of the owner')
    await until(() => textOf(theirs.doc).includes('of the owner'), 'everyone reads')
    expect(textOf(watching.doc).includes('mine')).toBe(writes)
  })

  it('[R12] whoever is not a member opens them not, and in an archived room nobody writes', async () => {
    const room = await makeRoom()
    await expect(openNotes(one, eve, room)).rejects.toThrow('gone:not_a_member')
    await expect(openNotes(one, ada, newId())).rejects.toThrow('gone:not_a_member')
    await submit(ada, { type: 'room.archive', room })
    const { provider } = await openNotes(one, ada, room)
    expect(provider.authorizedScope).toBe('readonly')
  })

  it('[R5] whoever is removed, or becomes a reader, writes no more within two seconds, on every instance; and the room archived, nobody', async () => {
    for (const [fields, reason] of [
      [{ type: 'member.remove', user: ben }, undefined],
      [{ type: 'member.role', user: ben, role: 'reader' }, 'retry:forbidden'],
      [{ type: 'room.archive' }, 'retry:forbidden'],
    ] as const) {
      const room = await makeRoom()
      const theirs = await Promise.all([openNotes(one, ben, room), openNotes(two, ben, room)])
      const sockets = theirs.map(({ provider }) => new Promise<number>((resolve) => provider.configuration.websocketProvider.on('close', ({ event }: { event: { code: number } }) => resolve(event.code))))
      const at = Date.now()
      await submit(ada, { ...fields, room })
      if (reason === undefined) expect(await Promise.all(sockets)).toEqual([4403, 4403])
      else expect(await Promise.all(theirs.map(({ closed }) => closed))).toEqual([reason, reason])
      expect(Date.now() - at).toBeLessThan(2_000)
      // Whatever they still send, by a client that minds nothing.
      for (const { doc } of theirs) write(doc, 'too late')
      const reader = await openNotes(two, ada, room)
      if (fields.type !== 'room.archive') {
        write(reader.doc, 'all others go on')
        await reader.stored()
      }
      await reader.handled()
      expect(textOf(reader.doc)).not.toContain('too late')
      if (reason === undefined) await expect(openNotes(one, ben, room)).rejects.toThrow('gone:not_a_member')
      else expect((await openNotes(one, ben, room)).provider.authorizedScope).toBe('readonly')
    }
  })

  it('[R12] many who open the same notes at once may all write, whoever is judged meanwhile', async () => {
    const people = await Promise.all(Array.from({ length: 15 }, (_, i) => addUser(db, `many-${i}-${newId().slice(-6)}`)))
    const room = await makeRoom(people)
    const opened = await Promise.all(people.map((user, i) => openNotes(i % 2 === 0 ? one : two, user, room)))
    opened.forEach(({ doc }, i) => write(doc, `from ${i}.`))
    await Promise.all(opened.map(({ stored }) => stored()))
    const text = await afresh(ada, room)
    for (let i = 0; i < people.length; i += 1) expect(text).toContain(`from ${i}.`)
  })

  it('whoever becomes a member again may write again', async () => {
    const room = await makeRoom()
    await submit(ada, { type: 'member.role', room, user: ben, role: 'reader' })
    const theirs = await openNotes(one, ben, room)
    await submit(ada, { type: 'member.role', room, user: ben, role: 'member' })
    expect(await theirs.closed).toBe('retry:forbidden')
    const again = await openNotes(one, ben, room)
    write(again.doc, 'back')
    await again.stored()
    expect(await afresh(ada, room)).toContain('back')
  })

  it('a deletion is stored like what was written, and a mark answered only then', async () => {
    const room = await makeRoom()
    const mine = await openNotes(one, ada, room)
    write(mine.doc, 'to be gone')
    write(mine.doc, 'to stay')
    await mine.stored()
    mine.doc.getXmlFragment('notes').delete(0, 1)
    await mine.stored()
    const { rows } = await db.query<{ head: number }>('select head from notes where room_id = $1', [room])
    expect(rows[0]?.head).toBeGreaterThanOrEqual(2)
    expect(await afresh(ada, room)).toBe('<paragraph>to stay</paragraph>')
  })

  it('a mark of somebody whose update lacks its predecessor, gets no answer', async () => {
    const room = await makeRoom()
    const mine = await openNotes(one, ada, room)
    const lost = new Y.Doc()
    write(lost, 'first')
    const before = Y.encodeStateVector(lost)
    write(lost, 'second')
    Y.applyUpdate(mine.doc, Y.encodeStateAsUpdate(lost, before))
    send(mine, Y.encodeStateAsUpdate(lost, before))
    mine.ask()
    const other = await openNotes(one, ben, room)
    write(other.doc, 'third')
    await other.stored()
    expect(other.doc.store.pendingStructs).toBeNull()
    await mine.handled()
    expect(mine.heard.size).toBe(0)
    expect(await afresh(ada, room)).toBe('<paragraph>third</paragraph>')
    send(mine, Y.encodeStateAsUpdate(lost))
    await mine.stored()
    expect(await afresh(ada, room)).toContain('second')
  })

  it('[R9] an update that Yjs cannot apply closes its writer\'s notes and nobody else\'s, and is in no load', async () => {
    const room = await makeRoom([eve])
    const [hostile, honest] = await Promise.all([openNotes(one, eve, room), openNotes(one, ada, room)])
    write(honest.doc, 'before')
    await honest.stored()
    send(hostile, poison())
    expect(await hostile.closed).toBe('gone:update_refused')
    write(honest.doc, 'after')
    await honest.stored()
    expect(await afresh(ada, room)).toBe('<paragraph>before</paragraph><paragraph>after</paragraph>')
    // Nothing of that person is tried for a while.
    const again = await openNotes(one, eve, room)
    write(again.doc, 'harmless')
    expect(await again.closed).toBe('gone:update_refused')
    // The socket lives, and so do its other documents.
    expect(hostile.provider.configuration.websocketProvider.status).toBe('connected')
  })

  it('[R10] what would make the notes too large closes its writer\'s notes; others go on writing smaller things', async () => {
    const room = await makeRoom()
    const [large, small] = await Promise.all([openNotes(one, ben, room), openNotes(two, ada, room)])
    const closed = vi.fn()
    void large.closed.then(closed)
    for (let i = 0; i < 10 && closed.mock.calls.length === 0; i += 1) {
      write(large.doc, 'x'.repeat(850_000))
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(await large.closed).toBe('gone:document_too_large')
    write(small.doc, 'small')
    await small.stored()
    const { rows } = await db.query<{ bytes: number }>(
      'select (select coalesce(octet_length(state), 0) from notes where room_id = $1) + (select coalesce(sum(octet_length(update)), 0) from notes_updates where room_id = $1) as bytes',
      [room],
    )
    expect(Number(rows[0]?.bytes)).toBeLessThan(LIMITS.notesDocumentBytes + 100_000)
    expect(await afresh(ada, room)).toContain('small')
  }, 30_000)

  it('stored parts that cannot be read are set aside, and the notes go on from what can', async () => {
    const room = await makeRoom()
    const mine = await openNotes(one, ada, room)
    write(mine.doc, 'first')
    await mine.stored()
    write(mine.doc, 'second')
    await mine.stored()
    await closeAll(one, mine)
    const { rows } = await db.query<{ head: number }>('select head from notes where room_id = $1', [room])
    const head = rows[0]?.head ?? 0
    await db.query('insert into notes_updates (room_id, n, update) values ($1, $2, $3)', [room, head + 1, poison()])
    await db.query('update notes set head = head + 1 where room_id = $1', [room])
    expect(await afresh(ada, room)).toBe('<paragraph>first</paragraph><paragraph>second</paragraph>')
    expect((await db.query<{ bytes: Uint8Array }>('select bytes from notes_damaged where room_id = $1 order by n desc limit 1', [room])).rows.map(({ bytes }) => new Uint8Array(bytes))).toEqual([poison()])
    // It is set aside once, not with each load.
    const again = await openNotes(one, ben, room)
    write(again.doc, 'third')
    await again.stored()
    expect(await afresh(ada, room)).toBe('<paragraph>first</paragraph><paragraph>second</paragraph><paragraph>third</paragraph>')
    expect((await db.query('select 1 from notes_damaged where room_id = $1', [room])).rows).toHaveLength(head + 1)
  })

  it('a stored state that cannot be read is set aside, and the notes go on from their last version', async () => {
    const room = await makeRoom()
    const mine = await openNotes(one, ada, room)
    write(mine.doc, 'kept as a version')
    await mine.stored()
    await closeAll(one, mine)
    await db.query("insert into notes_versions (id, room_id, at, reason, state) select $2, $1, 1, 'time', update from notes_updates where room_id = $1", [room, newId()])
    await db.query("insert into notes_versions (id, room_id, at, reason, state) values ($2, $1, 2, 'time', '\\x0102')", [room, newId()])
    await db.query("update notes set state = '\\xffff00' where room_id = $1", [room])
    await db.query('delete from notes_updates where room_id = $1', [room])
    expect(await afresh(ada, room)).toBe('<paragraph>kept as a version</paragraph>')
    expect((await db.query('select 1 from notes_damaged where room_id = $1', [room])).rows).toHaveLength(1)
  })

  it('many increments become one state, for instances that have missed some of them too', async () => {
    const room = await makeRoom()
    const [mine, there] = await Promise.all([openNotes(one, ada, room), openNotes(two, ben, room)])
    write(mine.doc, 'first')
    await mine.stored()
    await until(() => textOf(there.doc) === textOf(mine.doc), 'both have the first')
    // Written by a third instance meanwhile.
    const elsewhere = new Y.Doc()
    Y.applyUpdate(elsewhere, Y.encodeStateAsUpdate(mine.doc))
    let n = 1
    const increments: Promise<unknown>[] = []
    elsewhere.on('update', (update: Uint8Array) => {
      n += 1
      increments.push(db.query('insert into notes_updates (room_id, n, update) values ($1, $2, $3)', [room, n, update]))
    })
    for (let i = 0; i < 250; i += 1) write(elsewhere, `number ${i}`.padEnd(1_500))
    await Promise.all(increments)
    await db.query('update notes set head = $2, loose_bytes = 400000 where room_id = $1', [room, n])
    write(mine.doc, 'last')
    await mine.stored()
    expect((await db.query('select n from notes_updates where room_id = $1', [room])).rows).toEqual([])
    expect((await db.query('select head, upto from notes where room_id = $1', [room])).rows).toEqual([{ head: 252, upto: 252 }])
    await until(() => textOf(there.doc) === textOf(mine.doc), 'both have it all')
    expect(textOf(there.doc)).toMatch(/first.*number 0.*number 249/)
    expect(await afresh(ada, room)).toBe(textOf(mine.doc))
  })

  it('set back while others write, one of them without a network: a change that all merge, whichever instance made it', async () => {
    const room = await makeRoom()
    const [mine, offline, there] = await Promise.all([openNotes(one, ada, room), openNotes(one, ben, room), openNotes(two, ben, room)])
    write(mine.doc, 'common ground')
    await mine.stored()
    await until(() => textOf(offline.doc) === textOf(mine.doc), 'it has come')
    // As if ten minutes had passed: the next change keeps a version first.
    await db.query('update notes set versioned_at = versioned_at - $2 where room_id = $1', [room, LIMITS.notesVersionEveryMs])
    write(mine.doc, 'spam')
    await mine.stored()
    await until(() => textOf(offline.doc) === textOf(mine.doc), 'it has come')
    const socket = offline.provider.configuration.websocketProvider
    socket.disconnect()
    const text = (offline.doc.getXmlFragment('notes').get(0) as Y.XmlElement).get(0) as Y.XmlText
    text.insert(6, ' and safe')
    write(offline.doc, 'from the train')
    const { rows } = await db.query<{ id: Id }>('select id from notes_versions where room_id = $1', [room])
    expect(rows).toHaveLength(1)
    await two.core.restoreNotes(room, rows[0]?.id ?? '', ada)
    expect(await afresh(ada, room)).toBe('<paragraph>common ground</paragraph>')
    await until(() => textOf(mine.doc) === textOf(there.doc) && !textOf(mine.doc).includes('spam'), 'all who are connected see it')
    void socket.connect()
    await until(() => offline.provider.synced, 'it is back')
    await offline.stored()
    const expected = '<paragraph>common and safe ground</paragraph><paragraph>from the train</paragraph>'
    await until(() => [mine, offline, there].every(({ doc }) => textOf(doc) === expected), 'all have the same')
    expect(await afresh(ada, room)).toBe(expected)
    // Nobody has them open: it is done all the same, and they are let go.
    await closeAll(one, mine, offline)
    await closeAll(two, there)
    const { rows: versions } = await db.query<{ id: Id }>("select id from notes_versions where room_id = $1 and reason = 'restore'", [room])
    await one.core.restoreNotes(room, versions[0]?.id ?? '', ada)
    expect(await afresh(ada, room)).toContain('spam')
    await until(() => !one.core.hocuspocus.documents.has(docName.notes(room)), 'they are let go')
  })

  it('what is written while the beat looks is stored once', async () => {
    const room = await makeRoom()
    const mine = await openNotes(one, ada, room)
    write(mine.doc, 'first')
    await mine.stored()
    // What the beat asked before this came, or before the notes were loaded.
    await one.core.notes.heal([{ id: room, head: 0 }])
    await one.core.notes.heal([])
    await mine.stored()
    expect((await db.query('select head from notes where room_id = $1', [room])).rows).toEqual([{ head: 1 }])
  })

  it('a database that was restored gets back what is loaded', async () => {
    const room = await makeRoom()
    const mine = await openNotes(one, ada, room)
    write(mine.doc, 'first')
    await mine.stored()
    await db.query('delete from notes where room_id = $1', [room])
    await until(async () => (await db.query('select 1 from notes_updates where room_id = $1', [room])).rows.length > 0, 'it is stored again')
    expect(await afresh(ada, room)).toBe('<paragraph>first</paragraph>')
  })

  it('[R4] awareness speaks only of whom the token names, with a cursor and nothing else, and not of who only reads or does not show it', async () => {
    const room = await makeRoom([ben, eve])
    await submit(ada, { type: 'member.role', room, user: eve, role: 'reader' })
    const [watching, hostile, reader] = await Promise.all([openNotes(one, ada, room), openNotes(one, ben, room), openNotes(one, eve, room)])
    const place = { type: null, tname: 'notes', item: { client: 1, clock: 2 }, assoc: 0 }
    const cursor = { anchor: place, head: { ...place, extra: '<img>' }, more: 1 }
    const states = (): Record<string, unknown>[] => [...(watching.provider.awareness?.getStates().values() ?? [])].filter((state) => 'user' in state)
    hostile.provider.awareness?.setLocalState({ user: { id: ada, username: 'ada', displayName: 'Ada' }, cursor, color: 'url(x)', html: '<b>' })
    reader.provider.awareness?.setLocalState({ cursor })
    await until(() => states().length === 2, 'both are seen')
    expect(states().sort((a, b) => Number('cursor' in b) - Number('cursor' in a))).toEqual([
      { user: { id: ben, username: 'ben', displayName: 'Ben' }, cursor: { anchor: place, head: place } },
      { user: { id: eve, username: 'eve', displayName: 'Eve' } },
    ])
    hostile.provider.awareness?.setLocalState({ cursor: { anchor: 'x'.repeat(100), head: place } })
    await until(() => states().every((state) => !('cursor' in state)), 'what is no cursor is none')
    await submit(ben, { type: 'me.set', key: 'privacy.presence', value: false })
    await until(() => states().length === 1, 'who does not show it is not said')
    hostile.provider.awareness?.setLocalState({ cursor })
    await hostile.handled()
    await watching.handled()
    expect(states()).toHaveLength(1)
  })
})

function write(doc: Y.Doc, text: string): void {
  doc.transact(() => {
    const paragraph = new Y.XmlElement('paragraph')
    paragraph.insert(0, [new Y.XmlText(text)])
    const fragment = doc.getXmlFragment('notes')
    fragment.insert(fragment.length, [paragraph])
  })
}

/** An update as a client sends it that makes its own. */
function send({ provider }: Opened, update: Uint8Array): void {
  provider.configuration.websocketProvider.send(
    encoding.encode((encoder) => {
      encoding.writeVarString(encoder, provider.effectiveName)
      encoding.writeVarUint(encoder, 0)
      encoding.writeVarUint(encoder, 2)
      encoding.writeVarUint8Array(encoder, update)
    }),
  )
}

/** Lets go of notes and waits until the instance has too. */
async function closeAll({ core }: RunningCore, ...opened: Opened[]): Promise<void> {
  const names = opened.map(({ provider }) => provider.configuration.name)
  for (const { provider } of opened) provider.destroy()
  await until(() => names.every((name) => !core.hocuspocus.documents.has(name)), 'they are let go')
}
