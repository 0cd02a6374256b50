import { docName } from '@chatflow/shared/doc-names'
import { newId } from '@chatflow/shared/ids'
import { describe, expect, it, vi } from 'vitest'
import { StoreError } from '../platform/command-store.ts'
import { createMemoryPlatform, MemoryDevice } from '../platform/memory-platform.ts'
import type { Clock, Platform, Timer } from '../platform/platform.ts'
import { systemClock } from '../platform/system-clock.ts'
import { createChatCore } from './chat-core.ts'
import { openPage, person, startServer, until } from './testing/harness.ts'

describe('sending', () => {
  it('keeps a command, offers it, and settles it when the server has committed it', async () => {
    const server = await startServer()
    const user = person()
    const room = newId()
    server.putRoom(room)
    server.putUser(user.id, room)
    const { core } = await openPage(server, user)
    core.openRoom(room)
    const id = await core.enqueue({ type: 'message.send', room, text: 'hello' })
    await until(core, () => core.queue.get(id)?.status === 'settled' && core.entries(room).length === 1)
    expect(core.queue.get(id)?.seq).toBe(1)
    expect(core.entries(room)).toMatchObject([{ seq: 1, id, text: 'hello', by: user.id }])
  })

  it('[R8] takes everything offline, and delivers it in order after a restart of the page', async () => {
    const server = await startServer()
    const user = person()
    const room = newId()
    server.putRoom(room)
    server.putUser(user.id, room)
    const device = new MemoryDevice()
    const offline = await openPage(server, user, { device, start: false })
    for (let i = 0; i < 450; i += 1) await offline.core.enqueue({ type: 'message.send', room, text: `n ${i}` })
    await offline.core.close()
    const { core } = await openPage(server, user, { device })
    expect(core.undelivered()).toHaveLength(450)
    await until(core, () => core.undelivered().length === 0)
    const entries = await core.readRoom(room)
    expect(entries.map((entry) => entry.text)).toEqual(Array.from({ length: 450 }, (_, i) => `n ${i}`))
    expect(server.offered).toHaveLength(450)
  })

  it('never has more than 200 commands out at once', async () => {
    const server = await startServer()
    server.answering = false
    const user = person()
    const room = newId()
    const { core } = await openPage(server, user, { start: false })
    for (let i = 0; i < 300; i += 1) await core.enqueue({ type: 'message.send', room, text: `n ${i}` })
    core.start()
    await vi.waitUntil(() => server.mostWaiting > 0)
    await core.enqueue({ type: 'message.send', room, text: 'one more' })
    server.answer()
    await until(core, () => core.undelivered().length === 0)
    expect(server.offered).toHaveLength(301)
    expect(server.mostWaiting).toBe(200)
  })

  it('[R2] offers what has no mark again after a reconnect, and each takes effect once', async () => {
    const server = await startServer()
    server.answering = false
    const user = person()
    const room = newId()
    server.putRoom(room)
    server.putUser(user.id, room)
    const { core } = await openPage(server, user)
    await until(core, () => core.isOnline)
    await core.enqueue({ type: 'message.send', room, text: 'one' })
    await core.enqueue({ type: 'message.send', room, text: 'two' })
    server.disconnectAll()
    await until(core, () => !core.isOnline)
    await core.enqueue({ type: 'message.send', room, text: 'three' })
    server.answering = true
    await until(core, () => core.undelivered().length === 0)
    expect((await core.readRoom(room)).map((entry) => entry.text)).toEqual(['one', 'two', 'three'])
  })

  it('[R8] gives the text back when the device cannot keep it', async () => {
    const server = await startServer()
    const { core, platform } = await openPage(server, person(), { start: false })
    const store = platform.device.openStores.at(-1)
    if (store) store.failure = new StoreError('full')
    await expect(core.enqueue({ type: 'message.send', room: newId(), text: 'typed' })).rejects.toMatchObject({ code: 'full' })
    expect(core.undelivered()).toEqual([])
  })

  it('[R8] delivers what is kept also when the disk is full by then', async () => {
    const server = await startServer()
    const user = person()
    const room = newId()
    server.putRoom(room)
    server.putUser(user.id, room)
    const { core, platform } = await openPage(server, user, { start: false })
    await core.enqueue({ type: 'message.send', room, text: 'one' })
    await core.enqueue({ type: 'message.send', room, text: 'two' })
    const store = platform.device.openStores.at(-1)
    if (store) store.failure = new StoreError('full')
    core.start()
    await until(core, () => core.undelivered().length === 0)
    expect(server.offered).toHaveLength(2)
    if (store) store.failure = undefined
    await core.close()
    // Nothing of it could be written down: the next page offers it again, and it stays once.
    const later = await openPage(server, user, { device: platform.device })
    expect(later.core.undelivered()).toHaveLength(2)
    await until(later.core, () => later.core.undelivered().length === 0)
    expect(await later.core.readRoom(room)).toHaveLength(2)
  })

  it('sends only the last of several read cursors and drafts that were never offered', async () => {
    const server = await startServer()
    const room = newId()
    const { core } = await openPage(server, person(), { start: false })
    for (const seq of [1, 5, 3]) await core.enqueue({ type: 'room.read', room, seq })
    for (const text of ['h', 'ha', 'half']) await core.enqueue({ type: 'draft.set', room, text })
    expect(core.queue.list().map(({ command }) => ('seq' in command ? command.seq : 'text' in command ? command.text : ''))).toEqual([5, 3, 'half'])
  })

  it('begins a new run after 500 marks, so that no outbox grows', async () => {
    const server = await startServer()
    const user = person()
    const room = newId()
    server.putRoom(room)
    server.putUser(user.id, room)
    const { core } = await openPage(server, user, { start: false })
    for (let i = 0; i < 700; i += 1) await core.enqueue({ type: 'message.react', room, message: room, emoji: '👍', on: i % 2 === 0 })
    core.start()
    await until(core, () => core.undelivered().length === 0)
    expect(server.offered).toHaveLength(700)
    expect(server.outboxes.size).toBe(2)
  })

  it('works online on a device that keeps nothing, and says so', async () => {
    const server = await startServer()
    const user = person()
    const room = newId()
    server.putRoom(room)
    server.putUser(user.id, room)
    const { core } = await openPage(server, user, { durable: false })
    expect(core.durable).toBe(false)
    const id = await core.enqueue({ type: 'message.send', room, text: 'hello' })
    await until(core, () => core.queue.get(id)?.status === 'settled')
  })
})

describe('what depends on something', () => {
  it('waits until that is committed, and names it then', async () => {
    const server = await startServer()
    const user = person()
    const room = newId()
    const { core } = await openPage(server, user, { start: false })
    await core.enqueue({ type: 'room.create', room, kind: 'private', name: 'new', members: [] })
    const first = await core.enqueue({ type: 'message.send', room, text: 'first' })
    await core.enqueue({ type: 'message.send', room, text: 'answer', replyTo: first })
    core.start()
    await until(core, () => core.undelivered().length === 0)
    expect(server.offered.map((command) => command.type)).toEqual(['room.create', 'message.send', 'message.send'])
    expect((await core.readRoom(room)).map((entry) => entry.replyTo)).toEqual([undefined, first])
  })

  it('is refused with it, and retried with it', async () => {
    const server = await startServer()
    const user = person()
    const room = newId()
    server.refuses.set('room.create', 'forbidden')
    const { core } = await openPage(server, user)
    const created = await core.enqueue({ type: 'room.create', room, kind: 'private', name: 'new', members: [] })
    const message = await core.enqueue({ type: 'message.send', room, text: 'first' })
    await until(core, () => core.queue.get(message)?.status === 'rejected')
    expect(core.queue.get(created)?.code).toBe('forbidden')
    expect(core.queue.get(message)?.code).toBe('depends_on')
    server.refuses.clear()
    await core.queue.retry(message)
    await until(core, () => core.undelivered().length === 0)
    expect((await core.readRoom(room)).map((entry) => entry.id)).toEqual([message])
  })

  it('is taken back with a message that nobody can know yet; answers to it stay', async () => {
    const server = await startServer()
    const room = newId()
    const { core } = await openPage(server, person(), { start: false })
    const message = await core.enqueue({ type: 'message.send', room, text: 'oops' })
    await core.enqueue({ type: 'message.react', room, message, emoji: '👍', on: true })
    const answer = await core.enqueue({ type: 'message.send', room, text: 'answer', replyTo: message })
    expect(await core.queue.cancel(message)).toBe(true)
    expect(core.undelivered().map((record) => record.command)).toEqual([expect.objectContaining({ id: answer, text: 'answer' })])
    expect(core.undelivered()[0]?.command).not.toHaveProperty('replyTo')
  })
})

describe('a refusal', () => {
  it('keeps the message until it is retried, under the same id', async () => {
    const server = await startServer()
    const user = person()
    const room = newId()
    server.putRoom(room)
    server.putUser(user.id, room)
    server.refuses.set('message.send', 'room_archived')
    const { core } = await openPage(server, user)
    const id = await core.enqueue({ type: 'message.send', room, text: 'hello' })
    await until(core, () => core.queue.get(id)?.status === 'rejected')
    server.refuses.clear()
    await core.queue.retry(id)
    await until(core, () => core.queue.get(id)?.status === 'settled')
    expect(core.queue.get(id)?.command.attempt).toBe(2)
  })

  it('[R2] of a command that another tab has discarded leaves nothing behind', async () => {
    const server = await startServer()
    const user = person()
    const room = newId()
    server.refuses.set('message.send', 'not_a_member')
    const device = new MemoryDevice()
    const one = await openPage(server, user, { device })
    const two = await openPage(server, user, { device })
    const id = await one.core.enqueue({ type: 'message.send', room, text: 'hello' })
    await until(one.core, () => one.core.queue.get(id)?.status === 'rejected')
    await until(two.core, () => two.core.queue.get(id)?.status === 'rejected')
    await one.core.queue.discard(id)
    await until(two.core, () => two.core.queue.get(id) === undefined)
    expect(two.core.undelivered()).toEqual([])
  })
})

describe('two tabs', () => {
  it('[R2] agree offline, and both may offer: it takes effect once', async () => {
    const server = await startServer()
    const user = person()
    const room = newId()
    server.putRoom(room)
    server.putUser(user.id, room)
    const device = new MemoryDevice()
    const one = await openPage(server, user, { device, start: false })
    const two = await openPage(server, user, { device, start: false })
    const id = await one.core.enqueue({ type: 'message.send', room, text: 'hello' })
    await until(two.core, () => two.core.queue.get(id) !== undefined)
    one.core.start()
    two.core.start()
    await until(one.core, () => one.core.queue.get(id)?.status === 'settled')
    await until(two.core, () => two.core.queue.get(id)?.status === 'settled')
    expect(await two.core.readRoom(room)).toHaveLength(1)
  })
})

describe('replicas', () => {
  it('[R3] are replaced when they hold what the server does not know, and shown until then', async () => {
    const server = await startServer()
    const user = person()
    const room = newId()
    const id = newId()
    server.putRoom(room)
    server.putUser(user.id, room)
    server.putEntry(room, { seq: 1, id, text: 'of the old lineage' })
    const device = new MemoryDevice()
    const first = await openPage(server, user, { device })
    first.core.openRoom(room)
    await until(first.core, () => first.core.entries(room).length === 1)
    await server.rebuild(docName.log(room, 0), (doc) => doc.getMap('log').set('1', { seq: 1, id, rev: 2, by: 'x', sentAt: 1, receivedAt: 1, text: 'rebuilt' }))
    await until(first.core, () => first.core.entries(room)[0]?.text === 'rebuilt')
    await first.core.close()
    const later = await openPage(server, user, { device, start: false })
    later.core.openRoom(room)
    await until(later.core, () => later.core.entries(room).length === 1)
    expect(later.core.entries(room)).toMatchObject([{ text: 'rebuilt' }])
  })

  it('of a room one is removed from leave the device', async () => {
    const server = await startServer()
    const user = person()
    const room = newId()
    server.putRoom(room)
    server.putUser(user.id, room)
    server.putEntry(room, { seq: 1, id: newId() })
    const device = new MemoryDevice()
    const { core } = await openPage(server, user, { device })
    const stored = () => [...(device.replicas.get(`chatflow:${user.id}`)?.keys() ?? [])].filter((name) => name.includes(room))
    core.openRoom(room)
    await until(core, () => core.entries(room).length === 1)
    expect(stored().length).toBeGreaterThan(0)
    server.write(docName.user(user.id), (doc) => doc.getMap('rooms').delete(room))
    await until(core, () => core.mine.room(room) === undefined && stored().length === 0)
    expect(core.entries(room)).toEqual([])
  })

  it('of rooms that are not open are fetched in the background, newest two segments, to be read offline', async () => {
    const server = await startServer()
    const user = person()
    const device = new MemoryDevice()
    const rooms = Array.from({ length: 6 }, () => newId())
    for (const room of rooms) {
      server.putRoom(room)
      server.putUser(user.id, room)
      server.putEntry(room, { seq: 1, id: newId() })
    }
    const { core } = await openPage(server, user, { device })
    await until(core, () => rooms.every((room) => core.summaries.get(room).stored === 1))
    await core.close()
    const offline = await openPage(server, user, { device, start: false })
    for (const room of rooms) {
      offline.core.openRoom(room)
      await until(offline.core, () => offline.core.entries(room).length === 1)
    }
  })

  it('of a room that is about to be opened are loaded before, those of one room at a time', async () => {
    const server = await startServer()
    const user = person()
    const rooms = Array.from({ length: 3 }, () => newId())
    for (const room of rooms) {
      server.putRoom(room)
      server.putUser(user.id, room)
      server.putEntry(room, { seq: 1, id: newId() })
    }
    const { core } = await openPage(server, user)
    await until(core, () => rooms.every((room) => core.summaries.get(room).stored === 1))
    const [first = '', second = '', third = ''] = rooms
    core.openRoom(first)
    core.rooms.prepare(second)
    await until(core, () => core.rooms.held(second)?.highest === 1)
    // It was not opened after all.
    core.rooms.prepare(third)
    expect([core.rooms.held(second), core.rooms.open?.room]).toEqual([undefined, first])
    await until(core, () => core.rooms.held(third)?.highest === 1)
    const prepared = core.rooms.held(third)
    core.openRoom(third)
    expect(core.rooms.open).toBe(prepared)
    // What has been opened stays.
    core.rooms.prepare(second)
    expect(core.rooms.held(third)).toBe(prepared)
    core.rooms.prepare(newId())
    expect(core.rooms.all()).toHaveLength(2)
  })

  it('[R6] that are not attached hear of a deletion at once, and of one that was missed on connecting again', async () => {
    const server = await startServer()
    const user = person()
    const room = newId()
    server.putRoom(room)
    server.putUser(user.id, room)
    for (let seq = 1; seq <= 2; seq += 1) server.putEntry(room, { seq, id: newId(), text: 'secret' })
    const { core } = await openPage(server, user)
    const synced = (texts: string[]): Promise<void> =>
      new Promise((resolve) => {
        const stop = core.rooms.leaving.add((replica) => {
          if (replica.entries().map(({ text }) => text).join() !== texts.join()) return
          stop()
          resolve()
        })
      })
    await synced(['secret', 'secret'])
    server.putEntry(room, { seq: 1, id: newId(), rev: 3, text: '', deleted: true })
    server.tell(user.id, { type: 'activity', room, head: 2, rev: 3 })
    await synced(['', 'secret'])
    // What a bootstrap says after a reconnect is heard in the same way.
    server.putEntry(room, { seq: 2, id: newId(), rev: 4, text: '', deleted: true })
    core.rooms.learn(room, 2, 4)
    await synced(['', ''])
  })

  it('follow the log into the next segment as soon as one is full', async () => {
    const server = await startServer()
    const user = person()
    const room = newId()
    server.putRoom(room)
    server.putUser(user.id, room)
    for (let seq = 1; seq <= 255; seq += 1) server.putEntry(room, { seq, id: newId() })
    const { core } = await openPage(server, user)
    core.openRoom(room)
    await until(core, () => core.entries(room).length === 255)
    for (let seq = 256; seq <= 260; seq += 1) server.putEntry(room, { seq, id: newId() })
    await until(core, () => core.entries(room).length === 260)
    expect(core.rooms.open?.shownHead).toBe(260)
  })

  it('come back when one is let in again, also if this page never heard of having been out', async () => {
    const server = await startServer()
    const user = person()
    const room = newId()
    server.putRoom(room)
    server.putUser(user.id, room)
    server.putEntry(room, { seq: 1, id: newId() })
    const { core } = await openPage(server, user)
    core.openRoom(room)
    await until(core, () => core.entries(room).length === 1)
    for (const name of [docName.room(room), docName.log(room, 0)]) server.closedDocuments.set(name, 'gone:not_a_member')
    server.disconnectAll()
    await until(core, () => core.rooms.open?.session.gone === 'not_a_member')
    server.closedDocuments.clear()
    server.putEntry(room, { seq: 2, id: newId() })
    server.write(docName.user(user.id), (doc) => doc.getMap('settings').set('anything', 1))
    await until(core, () => core.entries(room).length === 2)
  })

  it('come when a document that was refused is opened after all', async () => {
    const server = await startServer()
    const user = person()
    const room = newId()
    server.putRoom(room)
    server.putUser(user.id, room)
    server.putEntry(room, { seq: 1, id: newId() })
    server.closedDocuments.set(docName.log(room, 0), 'retry:unavailable')
    const { core } = await openPage(server, user)
    core.openRoom(room)
    await until(core, () => core.rooms.open?.session.confirmed === true)
    server.closedDocuments.clear()
    await until(core, () => core.entries(room).length === 1)
  })
})

describe('presence', () => {
  it('shows who types in the open room, until the pause or the end of the visit', async () => {
    const server = await startServer()
    const room = newId()
    server.putRoom(room)
    const [ada, bob] = [person('ada'), person('bob')]
    server.putUser(ada.id, room)
    server.putUser(bob.id, room)
    const one = (await openPage(server, ada)).core
    const two = (await openPage(server, bob)).core
    one.openRoom(room)
    two.openRoom(room)
    const seen = () => {
      const replica = one.rooms.held(room)
      return replica ? one.presence.typing(replica) : []
    }
    await until(one, () => one.presence.statuses().get(bob.id) === 'online')
    two.presence.setTyping(room, true)
    await until(one, () => seen().includes(bob.id))
    two.presence.setTyping(room, false)
    await until(one, () => seen().length === 0)
    two.presence.setStatus('away')
    await until(one, () => one.presence.statuses().get(bob.id) === 'away')
    await two.close()
    await until(one, () => one.presence.statuses().get(bob.id) === undefined)
  })
})

describe('a new epoch', () => {
  it('[R1] drops replicas and offers again what was settled, except messages deleted since', async () => {
    const server = await startServer()
    const user = person()
    const room = newId()
    server.putRoom(room)
    server.putUser(user.id, room)
    const { core } = await openPage(server, user)
    core.openRoom(room)
    const kept = await core.enqueue({ type: 'message.send', room, text: 'kept' })
    const deleted = await core.enqueue({ type: 'message.send', room, text: 'deleted' })
    await until(core, () => core.undelivered().length === 0 && core.entries(room).length === 2)
    server.putEntry(room, { seq: 2, id: deleted, text: '', deleted: true, rev: 3 })
    await until(core, () => core.queue.get(deleted) === undefined)
    // The server comes back from a backup made before all this.
    server.epoch = 'epoch-2'
    server.forget()
    await server.rebuild(docName.room(room), () => undefined)
    await server.rebuild(docName.log(room, 0), () => undefined)
    server.putRoom(room)
    await until(core, () => core.queue.get(kept)?.status === 'settled' && core.entries(room).map((entry) => entry.text).join() === 'kept')
    expect(server.offered.filter((command) => command.id === kept).length).toBeGreaterThan(1)
    expect(server.offered.filter((command) => command.id === deleted)).toHaveLength(1)
  })
})

describe('a device whose stores cannot be read', () => {
  it('makes no core, and nothing of it is left behind', async () => {
    const device = new MemoryDevice()
    const user = person()
    const intervals = new Set<Timer>()
    const clock: Clock = {
      ...systemClock,
      setInterval: (work, ms) => {
        const timer = systemClock.setInterval(work, ms)
        intervals.add(timer)
        return timer
      },
      clearInterval: (timer) => {
        intervals.delete(timer)
        systemClock.clearInterval(timer)
      },
    }
    const platform = createMemoryPlatform({ device, clock, WebSocket })
    let closed = 0
    const broken: Platform = {
      ...platform,
      openCommandStore: async (name) => {
        const store = await platform.openCommandStore(name)
        store.readAll = () => Promise.reject(new StoreError('failed'))
        store.close = () => void (closed += 1)
        return store
      },
    }
    const session = { user, token: async () => user.id, refuse: () => undefined, onFresh: () => () => undefined }
    await expect(createChatCore(broken, { session })).rejects.toThrow(StoreError)
    expect([closed, intervals.size, device.tabs.get(`chatflow:${user.id}`)?.size]).toEqual([1, 0, 0])
  })
})
