import { docName } from '@chatflow/shared/doc-names'
import { newId, type Id } from '@chatflow/shared/ids'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import * as Y from 'yjs'
import { padText } from '../../notes/pad-text.ts'
import { StoreError } from '../../platform/command-store.ts'
import { MemoryDevice } from '../../platform/memory-platform.ts'
import type { ChatCore } from '../chat-core.ts'
import { openPage, person, startServer } from '../testing/harness.ts'
import type { TestServer } from '../testing/test-server.ts'
import type { NotesSession } from './notes-session.ts'

/** Someone in a room with notes, on a device. */
async function scene() {
  const server = await startServer()
  const user = person()
  const room = newId()
  server.putRoom(room)
  server.putUser(user.id, room)
  return { server, user, room, device: new MemoryDevice() }
}

function open(core: ChatCore, room: Id): NotesSession {
  const lease = core.notes.acquire(room)
  onTestFinished(() => lease.release())
  return lease.session
}

function write({ doc, fragment }: Pick<NotesSession, 'doc' | 'fragment'>, text: string): void {
  doc.transact(() => {
    const block = new Y.XmlElement('block')
    block.setAttribute('kind', 'paragraph')
    block.insert(0, [new Y.XmlText(text)])
    fragment.insert(fragment.length, [block])
  })
}

const linesOf = (session: Pick<NotesSession, 'fragment'>) => padText(session).split('\n').filter((line) => line !== '')

function stored(server: TestServer, room: Id): string[] {
  const doc = new Y.Doc()
  const rows = server.rows.get(docName.notes(room))
  if (rows) Y.applyUpdate(doc, rows)
  return linesOf({ fragment: doc.getXmlFragment('notes') })
}

describe('notes', () => {
  it('[R8] stay in the strict store until the server says that they are stored, and leave it then', async () => {
    const { server, user, room, device } = await scene()
    server.storing = false
    const { core, platform } = await openPage(server, user, { device })
    const session = open(core, room)
    await session.loaded
    write(session, 'first')
    await vi.waitUntil(() => session.delivery.save === 'kept' && session.fetched)
    const store = platform.device.openStores.at(-1)?.notes
    expect(await store?.rooms()).toEqual([room])
    expect(core.notes.undelivered).toBe(1)
    server.storing = true
    // The mark that got no answer is asked again, or goes with the next change.
    write(session, 'second')
    await vi.waitUntil(() => session.delivery.save === 'saved', { timeout: 10_000 })
    expect(await store?.rooms()).toEqual([])
    expect(stored(server, room)).toEqual(['first', 'second'])
    expect(core.notes.undelivered).toBe(0)
  }, 15_000)

  it('[R8] written offline, in a page that is closed at once, come to the server without being opened again', async () => {
    const { server, user, room, device } = await scene()
    const offline = await openPage(server, user, { device, start: false })
    const session = open(offline.core, room)
    await session.loaded
    write(session, 'written on the train')
    await offline.core.close()
    const { core } = await openPage(server, user, { device })
    await vi.waitUntil(() => stored(server, room).length > 0)
    expect(stored(server, room)).toEqual(['written on the train'])
    await vi.waitUntil(() => core.notes.held(room) === undefined && core.notes.undelivered === 0)
  })

  it('open without a network with what they were, and merge what was written on both sides', async () => {
    const { server, user, room, device } = await scene()
    const first = await openPage(server, user, { device })
    const before = open(first.core, room)
    await vi.waitUntil(() => before.fetched)
    write(before, 'common')
    await vi.waitUntil(() => before.delivery.save === 'saved')
    await first.core.close()
    server.write(docName.notes(room), (doc) => write({ doc, fragment: doc.getXmlFragment('notes') }, 'by others'))

    const offline = await openPage(server, user, { device, start: false })
    const session = open(offline.core, room)
    await session.loaded
    expect(linesOf(session)).toEqual(['common'])
    write(session, 'by me, offline')
    offline.core.start()
    await vi.waitUntil(() => session.delivery.save === 'saved' && linesOf(session).length === 3)
    expect(linesOf(session).toSorted()).toEqual(['by me, offline', 'by others', 'common'])
    expect(stored(server, room)).toEqual(linesOf(session))
  })

  it('of the room that is open come to the device by themselves, to be there without a network', async () => {
    const { server, user, room, device } = await scene()
    const other = newId()
    server.putRoom(other)
    server.putUser(user.id, other)
    for (const name of [room, other]) server.write(docName.notes(name), (doc) => write({ doc, fragment: doc.getXmlFragment('notes') }, `of ${name}`))
    const first = await openPage(server, user, { device })
    const seen: boolean[] = []
    first.core.notes.changed.add(() => seen.push(first.core.notes.held(room)?.fetched === true))
    first.core.openRoom(room)
    await vi.waitUntil(() => seen.includes(true) && first.core.notes.held(room) === undefined, { timeout: 10_000 })
    await first.core.close()

    const { core } = await openPage(server, user, { device, start: false })
    const [fetched, left] = [open(core, room), open(core, other)]
    await Promise.all([fetched.loaded, left.loaded])
    expect(linesOf(fetched)).toEqual([`of ${room}`])
    expect(linesOf(left)).toEqual([])
  })

  it('are the same in two tabs of a device without a network, also after one of them was closed', async () => {
    const { server, user, room, device } = await scene()
    const [one, two] = [await openPage(server, user, { device, start: false }), await openPage(server, user, { device, start: false })]
    const [a, b] = [open(one.core, room), open(two.core, room)]
    await Promise.all([a.loaded, b.loaded])
    write(a, 'from the first tab')
    write(b, 'from the second tab')
    await vi.waitUntil(() => linesOf(a).length === 2 && linesOf(b).length === 2)
    expect(linesOf(a)).toEqual(linesOf(b))
    await one.core.close()
    two.core.start()
    await vi.waitUntil(() => b.delivery.save === 'saved')
    expect(stored(server, room)).toEqual(linesOf(b))
    expect(await device.openStores.at(-1)?.notes.rooms()).toEqual([])
  })

  it('[R8] say that the disk is full, still go to the server, and are saved then', async () => {
    const { server, user, room, device } = await scene()
    const { core } = await openPage(server, user, { device, start: false })
    const session = open(core, room)
    await session.loaded
    const store = device.openStores.at(-1)
    if (store) store.failure = new StoreError('full')
    write(session, 'no room for this')
    await vi.waitUntil(() => session.delivery.save === 'unkept')
    expect(session.delivery.problem).toBe('full')
    expect(core.notes.undelivered).toBe(1)
    core.start()
    await vi.waitUntil(() => session.delivery.save === 'saved')
    expect(stored(server, room)).toEqual(['no room for this'])
  })

  it('go in the pieces in which they were written where all of them together are too large to send', async () => {
    const { server, user, room, device } = await scene()
    const { core } = await openPage(server, user, { device, start: false })
    const session = open(core, room)
    await session.loaded
    for (const letter of ['a', 'b', 'c']) write(session, letter.repeat(400_000))
    core.start()
    await vi.waitUntil(() => session.delivery.save === 'saved', { timeout: 10_000 })
    expect(stored(server, room).map((line) => line.length)).toEqual([400_000, 400_000, 400_000])
    expect(Math.max(...server.notesUpdates)).toBeLessThan(900_000)
  }, 15_000)

  it('[R8] go in pieces with those that the disk did not take, each after what it builds upon', async () => {
    const { server, user, room, device } = await scene()
    const { core } = await openPage(server, user, { device, start: false })
    const session = open(core, room)
    await session.loaded
    const store = device.openStores.at(-1)
    for (const letter of ['a', 'b', 'c', 'd']) {
      if (store) store.failure = letter === 'b' || letter === 'd' ? new StoreError('full') : undefined
      write(session, letter.repeat(400_000))
      await session.delivery.settled()
    }
    if (store) store.failure = undefined
    core.start()
    await vi.waitUntil(() => session.delivery.save === 'saved', { timeout: 10_000 })
    expect(stored(server, room).map((line) => line[0])).toEqual(['a', 'b', 'c', 'd'])
    expect(server.notesWaited).toBe(false)
  }, 15_000)

  it('[R8] that are too large in one piece are not sent but kept, with the reason, until they are given up', async () => {
    const { server, user, room, device } = await scene()
    server.write(docName.notes(room), (doc) => write({ doc, fragment: doc.getXmlFragment('notes') }, 'of everyone'))
    const { core } = await openPage(server, user, { device })
    const lease = core.notes.acquire(room)
    const { session } = lease
    await vi.waitUntil(() => session.fetched)
    write(session, 'x'.repeat(1_000_000))
    await vi.waitUntil(() => session.refused !== undefined && session.delivery.save === 'kept')
    expect(session.refused).toBe('document_too_large')
    expect(server.notesUpdates.every((bytes) => bytes < 900_000)).toBe(true)
    expect(core.notes.undelivered).toBe(1)
    expect(padText(session)).toContain('xxx')
    lease.release()
    await core.notes.startOver(room)
    expect(core.notes.undelivered).toBe(0)
    const again = open(core, room)
    await vi.waitUntil(() => again.fetched)
    expect(linesOf(again)).toEqual(['of everyone'])
  })

  it('[R8] that the server refuses stay on this device, and nobody asks it again and again', async () => {
    const { server, user, room, device } = await scene()
    server.refusesNotes = 'gone:update_refused'
    const { core } = await openPage(server, user, { device })
    const session = open(core, room)
    await session.loaded
    write(session, 'not welcome')
    await vi.waitUntil(() => session.refused === 'update_refused')
    expect(linesOf(session)).toEqual(['not welcome'])
    expect(await device.openStores.at(-1)?.notes.rooms()).toEqual([room])
    expect(server.notesUpdates.filter((bytes) => bytes > 2)).toHaveLength(1)
  })

  it('written by somebody who may only read by now are told as refused', async () => {
    const { server, user, room, device } = await scene()
    const offline = await openPage(server, user, { device, start: false })
    const session = open(offline.core, room)
    await session.loaded
    write(session, 'too late')
    server.readers.add(user.id)
    offline.core.start()
    await vi.waitUntil(() => session.refused === 'forbidden')
    expect(stored(server, room)).toEqual([])
    expect(linesOf(session)).toEqual(['too late'])
  })

  it('[R5] leave the device with the room', async () => {
    const { server, user, room, device } = await scene()
    const { core } = await openPage(server, user, { device })
    const session = open(core, room)
    await vi.waitUntil(() => session.fetched)
    server.storing = false
    write(session, 'nobody will read this')
    await vi.waitUntil(() => session.delivery.save === 'kept')
    server.write(docName.user(user.id), (doc) => doc.getMap('rooms').delete(room))
    await vi.waitUntil(async () => (await device.openStores.at(-1)?.notes.rooms())?.length === 0)
    await vi.waitUntil(() => ![...device.replicas.values()].some((documents) => documents.has(docName.notes(room))))
    expect(core.notes.undelivered).toBe(0)
  })

  it('that the server has lost come back from this device when it begins a new history', async () => {
    const { server, user, room, device } = await scene()
    const first = await openPage(server, user, { device })
    const before = open(first.core, room)
    await vi.waitUntil(() => before.fetched)
    write(before, 'written after the backup')
    await vi.waitUntil(() => before.delivery.save === 'saved')
    await first.core.close()
    await server.rebuild(docName.notes(room), () => undefined)
    server.epoch = 'epoch-2'
    const { core } = await openPage(server, user, { device })
    const session = open(core, room)
    await vi.waitUntil(() => session.fetched)
    expect(linesOf(session)).toEqual(['written after the backup'])
  })
})
