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
    return { doc, provider, stored, closed }
  }
  const textOf = (doc: Y.Doc): string => doc.getXmlFragment('notes').toString()
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
    ['a member', 'member', true],
    ['a reader', 'reader', false],
    ['a moderator', 'moderator', true],
  ] as const)('[R12] %s writes: %s, %s', async (_, role, writes) => {
    const room = await makeRoom([ben])
    await submit(ada, { type: 'member.role', room, user: ben, role })
    const { doc, provider } = await openNotes(one, ben, room)
    expect(provider.authorizedScope).toBe(writes ? 'read-write' : 'readonly')
    const watching = await openNotes(two, ada, room)
    write(doc, 'mine')
    const other = await openNotes(one, ada, room)
    write(other.doc, 'owner was here')
    await until(() => textOf(watching.doc).includes('owner was here'), 'the owner wrote')
    expect(textOf(watching.doc).includes('mine')).toBe(writes)
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
