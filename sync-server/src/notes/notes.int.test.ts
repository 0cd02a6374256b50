import type { Database } from '@chatflow/database'
import { testDatabases } from '@chatflow/database/testing'
import type { Command } from '@chatflow/shared/command'
import { docName } from '@chatflow/shared/doc-names'
import { newId, type Id } from '@chatflow/shared/ids'
import { parseNotesStored } from '@chatflow/shared/stateless'
import type { HocuspocusProvider } from '@hocuspocus/provider'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { migrateSync } from '../migrate-sync.ts'
import { addUser, migrateAuthStandIn } from '../testing/people.ts'
import { RunningCore, until } from '../testing/running-core.ts'

interface Opened {
  doc: Y.Doc
  provider: HocuspocusProvider
  /** Resolves when the server has looked at all that was sent before. */
  handled(): Promise<void>
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

  beforeAll(async () => {
    db = await open()
    await migrateAuthStandIn(db)
    await migrateSync(db)
    one = await RunningCore.start(db)
    two = await RunningCore.start(db)
    ada = await addUser(db, 'ada')
    ben = await addUser(db, 'ben')
    eve = await addUser(db, 'eve')
    gast = await addUser(db, 'gast', 'guest')
  })

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
    const { doc, provider } = await core.connect(user).open(docName.notes(room), (payload) => heard.add(parseNotesStored(payload)?.mark ?? -1))
    const closed = new Promise<string>((resolve) => provider.on('close', ({ event }: { event: { reason: string } }) => resolve(event.reason)))
    const stored = async (): Promise<void> => {
      last += 1
      const mark = last
      provider.sendStateless(JSON.stringify({ type: 'notes-mark', mark }))
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
    return { doc, provider, handled, stored, closed }
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
})

function write(doc: Y.Doc, text: string): void {
  doc.transact(() => {
    const paragraph = new Y.XmlElement('paragraph')
    paragraph.insert(0, [new Y.XmlText(text)])
    const fragment = doc.getXmlFragment('notes')
    fragment.insert(fragment.length, [paragraph])
  })
}
