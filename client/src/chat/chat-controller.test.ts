import type { Me } from '@chatflow/shared/api/account'
import { docName } from '@chatflow/shared/doc-names'
import { dmRoomId, newId } from '@chatflow/shared/ids'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { chooseLanguage } from '../i18n/language.ts'
import { said } from '../i18n/sentence.ts'
import { createMemoryPlatform, MemoryDevice } from '../platform/memory-platform.ts'
import { FakeAuth } from '../sync/testing/fake-auth.ts'
import { person, startServer } from '../sync/testing/harness.ts'
import type { TestServer } from '../sync/testing/test-server.ts'
import { ChatController } from './chat-controller.ts'
import type { ChatState } from './contract.ts'

interface Page {
  controller: ChatController
  auth: FakeAuth
  device: MemoryDevice
  state(): ChatState
  until(condition: (state: ChatState) => boolean): Promise<ChatState>
}

async function openPage(server: TestServer, user: Me, options: { device?: MemoryDevice; auth?: FakeAuth; offline?: boolean } = {}): Promise<Page> {
  const device = options.device ?? new MemoryDevice()
  const auth = options.auth ?? new FakeAuth(user)
  auth.reachable = options.offline !== true
  const platform = createMemoryPlatform({ device, WebSocket, origin: server.origin, random: () => 0, fetch: auth.fetch })
  const controller = new ChatController(platform)
  onTestFinished(() => controller.close())
  await controller.start()
  const { store } = controller
  return {
    controller,
    auth,
    device,
    state: () => store.getState(),
    until: (condition) =>
      new Promise((resolve) => {
        const stop = store.subscribe((state) => look(state))
        const look = (state: ChatState) => {
          if (!condition(state)) return
          stop()
          resolve(state)
        }
        look(store.getState())
      }),
  }
}

async function signedIn(server: TestServer, user: Me): Promise<Page> {
  const page = await openPage(server, user)
  await page.controller.actions.signIn({ login: user.username, password: 'correct horse' })
  await page.until((state) => state.connection.state === 'connected')
  return page
}

async function room(server: TestServer, user: Me): Promise<string> {
  const id = newId()
  server.putRoom(id, 'General')
  server.putUser(user.id, id, { kind: 'public', name: 'General', role: 'member' })
  return id
}

describe('signing in', () => {
  it('shows the rooms, and opens again without a network', async () => {
    const server = await startServer()
    const user = person()
    const id = await room(server, user)
    server.putEntry(id, { seq: 1, id: newId(), text: 'hello' })
    const page = await openPage(server, user)
    expect(page.state().phase).toBe('signed-out')
    expect(await page.controller.actions.signIn({ login: 'ada', password: 'correct horse' })).toEqual({ ok: true })
    await page.until(({ rooms }) => rooms[0]?.name === 'General' && rooms[0].unread === 1)
    await page.controller.close()
    const offline = await openPage(server, user, { device: page.device, auth: page.auth, offline: true })
    offline.controller.actions.openRoom(id)
    const state = await offline.until(({ timeline }) => timeline?.loading === false)
    expect(state).toMatchObject({ phase: 'ready', user: { id: user.id }, rooms: [{ name: 'General', unread: 1 }] })
    expect(state.timeline).toMatchObject({ head: 1, firstUnread: 1, loading: false })
    expect(state.timeline?.at(1)).toMatchObject({ text: 'hello', delivery: 'delivered', mine: false })
  })

  it('[R8] is asked for again when the session has ended, with everything local still there and writable', async () => {
    const server = await startServer()
    const user = person()
    const id = await room(server, user)
    const page = await signedIn(server, user)
    await page.until(({ rooms }) => rooms.length === 1)
    await page.controller.close()
    page.auth.session = false
    const again = await openPage(server, user, { device: page.device, auth: page.auth })
    await again.until((state) => state.connection.state === 'needs-sign-in')
    again.controller.actions.openRoom(id)
    await again.controller.actions.sendMessage(id, 'written without a session')
    await again.until(({ timeline }) => timeline?.pending[0]?.delivery === 'kept')
    await again.controller.actions.signIn({ login: 'ada', password: 'correct horse' })
    await again.until(({ timeline }) => timeline?.at(1)?.text === 'written without a session')
  })
})

describe('an address that is confirmed elsewhere', () => {
  const newcomer = (): Me => ({ ...person(), emailVerified: false })

  it('is known in all tabs as soon as one asks', async () => {
    const server = await startServer()
    const user = newcomer()
    const one = await signedIn(server, user)
    const two = await openPage(server, user, { device: one.device, auth: one.auth })
    await two.until((state) => state.user !== undefined)
    one.auth.user = { ...user, emailVerified: true }
    await two.controller.actions.refreshAccount()
    expect(two.state().user?.emailVerified).toBe(true)
    await one.until((state) => state.user?.emailVerified === true)
    const later = await openPage(server, user, { device: one.device, auth: one.auth, offline: true })
    expect((await later.until((state) => state.user !== undefined)).user?.emailVerified).toBe(true)
  })

  it('is asked about when somebody comes back to the page, and without a network nothing happens', async () => {
    const server = await startServer()
    const user = newcomer()
    const page = await signedIn(server, user)
    page.auth.user = { ...user, emailVerified: true }
    page.auth.reachable = false
    await page.controller.actions.refreshAccount()
    expect(page.state().user?.emailVerified).toBe(false)
    page.auth.reachable = true
    page.controller.cameBack()
    await page.until((state) => state.user?.emailVerified === true)
  })
})

describe('the timeline', () => {
  it('shows a message exactly once at every moment, under one id', async () => {
    const server = await startServer()
    const user = person()
    const id = await room(server, user)
    const page = await signedIn(server, user)
    page.controller.actions.openRoom(id)
    const seen: string[] = []
    let broken = 0
    const stop = page.controller.store.subscribe(({ timeline }) => {
      if (!timeline) return
      const shown = [...timeline.pending]
      for (let seq = 1; seq <= timeline.head; seq += 1) {
        const message = timeline.at(seq)
        if (message) shown.push(message)
      }
      if (seen.some((text) => shown.filter((message) => message.text === text).length !== 1)) broken += 1
      for (const message of shown) if (!seen.includes(message.text)) seen.push(message.text)
    })
    for (let i = 0; i < 20; i += 1) await page.controller.actions.sendMessage(id, `m ${i}`)
    await page.until(({ timeline, undelivered }) => undelivered === 0 && timeline?.head === 20 && timeline.pending.length === 0)
    stop()
    expect(seen).toHaveLength(20)
    expect(broken).toBe(0)
  })

  it('lays edits, reactions and deletions over messages at once, also over those not delivered', async () => {
    const server = await startServer()
    const user = person()
    const id = await room(server, user)
    const old = newId()
    server.putEntry(id, { seq: 1, id: old, by: user.id, text: 'old' })
    const page = await signedIn(server, user)
    page.controller.actions.openRoom(id)
    await page.until(({ timeline }) => timeline?.at(1) !== undefined)
    server.answering = false
    const { actions } = page.controller
    await actions.editMessage(id, old, 'new')
    await actions.react(id, old, '👍', true)
    await actions.sendMessage(id, 'mine', { replyTo: old })
    const state = await page.until(({ timeline }) => timeline?.pending.length === 1)
    expect(state.timeline?.at(1)).toMatchObject({ text: 'new', changing: true, reactions: [{ emoji: '👍', count: 1, mine: true }] })
    expect(state.timeline?.pending[0]).toMatchObject({ text: 'mine', replyTo: { id: old, seq: 1, text: 'new' } })
    await actions.deleteMessage(id, old)
    expect((await page.until(({ timeline }) => timeline?.at(1)?.deleted === true)).timeline?.at(1)?.text).toBe('')
  })

  it('[R8] keeps a refused message with its reason and its text until it is discarded', async () => {
    const server = await startServer()
    const user = person()
    const id = await room(server, user)
    server.refuses.set('message.send', 'room_archived')
    const page = await signedIn(server, user)
    page.controller.actions.openRoom(id)
    await page.controller.actions.sendMessage(id, 'typed')
    const state = await page.until(({ timeline }) => timeline?.pending[0]?.delivery === 'rejected')
    const rejection = state.timeline?.pending[0]?.rejection
    expect(rejection?.code).toBe('room_archived')
    expect(rejection?.text).toBe('typed')
    await page.controller.actions.discard(rejection?.command ?? '')
    await page.until(({ timeline }) => timeline?.pending.length === 0)
  })

  it('[R8] keeps a change of a message that was begun over a reload, until it is saved or given up', async () => {
    const server = await startServer()
    const user = person()
    const id = await room(server, user)
    const page = await signedIn(server, user)
    page.controller.actions.openRoom(id)
    await page.controller.actions.sendMessage(id, 'typed')
    const message = (await page.until(({ timeline }) => timeline?.at(1) !== undefined)).timeline?.at(1)?.id ?? ''
    page.controller.actions.setEdit(id, { message, text: 'typed, but bet' })
    await page.controller.close()

    const again = await openPage(server, user, { device: page.device, auth: page.auth })
    again.controller.actions.openRoom(id)
    expect((await again.until(({ timeline }) => timeline?.edit !== undefined)).timeline?.edit).toEqual({ message, text: 'typed, but bet', was: 'typed' })
    again.controller.actions.setEdit(id, undefined)
    await again.until(({ timeline }) => timeline?.edit === undefined)
  })

  it('takes a change that was saved for finished, also when the page went away before forgetting it', async () => {
    const server = await startServer()
    const user = person()
    const id = await room(server, user)
    const page = await signedIn(server, user)
    page.controller.actions.openRoom(id)
    await page.controller.actions.sendMessage(id, 'typed')
    const message = (await page.until(({ timeline }) => timeline?.at(1) !== undefined)).timeline?.at(1)?.id ?? ''
    page.controller.actions.setEdit(id, { message, text: 'typed, but better' })
    await page.until(({ timeline }) => timeline?.edit !== undefined)
    await page.controller.actions.editMessage(id, message, 'typed, but better')
    await page.until(({ timeline }) => timeline?.edit === undefined)
    await page.controller.close()

    const again = await openPage(server, user, { device: page.device, auth: page.auth })
    const seen: unknown[] = []
    again.controller.store.subscribe(({ timeline }) => seen.push(timeline?.edit))
    again.controller.actions.openRoom(id)
    await again.until(({ timeline, connection }) => timeline?.at(1)?.text === 'typed, but better' && connection.state === 'connected')
    expect(seen.filter((edit) => edit !== undefined)).toEqual([])
  })

  it('[R8] keeps what a draft answers with it, on all devices', async () => {
    const server = await startServer()
    const user = person()
    const id = await room(server, user)
    const page = await signedIn(server, user)
    page.controller.actions.openRoom(id)
    await page.controller.actions.sendMessage(id, 'question')
    const message = (await page.until(({ timeline }) => timeline?.at(1) !== undefined)).timeline?.at(1)?.id ?? ''
    page.controller.actions.setDraft(id, 'half an answer', message)
    expect((await page.until(({ timeline }) => timeline?.draft.text !== '')).timeline?.draft).toMatchObject({ text: 'half an answer', replyTo: { id: message, text: 'question' } })
    page.controller.actions.setDraft(id, 'half an answer')
    expect((await page.until(({ timeline }) => timeline?.draft.replyTo === undefined)).timeline?.draft.text).toBe('half an answer')
  })

  it('shows in the list that something begun waits in a conversation of the room', async () => {
    const server = await startServer()
    const user = person()
    const id = await room(server, user)
    const page = await signedIn(server, user)
    const root = newId()
    page.controller.actions.setDraft(id, 'half an answer', undefined, root)
    await page.until(({ rooms }) => rooms[0]?.draft === true)
    page.controller.actions.setDraft(id, '', undefined, root)
    await page.until(({ rooms }) => rooms[0]?.draft === false)
  })

  it('tells of a refused change that belongs to no message, once', async () => {
    const server = await startServer()
    const user = person()
    const id = await room(server, user)
    server.refuses.set('room.update', 'forbidden')
    const page = await signedIn(server, user)
    await page.controller.actions.updateRoom(id, { topic: 'x' })
    const state = await page.until(({ notices, undelivered }) => notices.length > 0 && undelivered === 0)
    expect(state.notices).toHaveLength(1)
    expect(state.rooms[0]?.topic).toBe('')
  })
})

describe('rooms', () => {
  it('made offline are there at once and open for writing', async () => {
    const server = await startServer()
    const user = person()
    const page = await signedIn(server, user)
    server.answering = false
    const { actions } = page.controller
    const id = await actions.createRoom({ kind: 'public', name: 'Plans' })
    actions.openRoom(id)
    await actions.sendMessage(id, 'first')
    const waiting = await page.until(({ rooms, timeline }) => rooms.length === 1 && timeline?.pending.length === 1)
    expect(waiting.rooms[0]).toMatchObject({ id, name: 'Plans', role: 'owner', waiting: true })
    expect(waiting.timeline).toMatchObject({ loading: false, memberCount: 1 })
    server.answer()
    const state = await page.until(({ rooms, timeline }) => rooms[0]?.waiting === false && timeline?.head === 1)
    expect(state.timeline?.at(1)?.text).toBe('first')
  })

  it('just made show no divider above the entry of their making, however late it comes', async () => {
    const server = await startServer()
    const user = person()
    const page = await signedIn(server, user)
    server.answering = false
    const id = await page.controller.actions.createRoom({ kind: 'public', name: 'Plans' })
    server.putRoom(id)
    server.write(docName.room(id), (doc) => doc.getMap('room').set('head', 1))
    page.controller.actions.openRoom(id)
    await page.until(({ timeline }) => timeline?.head === 1 && timeline.at(1) === undefined)
    server.putEntry(id, { seq: 1, id: newId(), by: user.id, text: '', event: { type: 'created' } })
    const state = await page.until(({ timeline }) => timeline?.at(1) !== undefined)
    expect(state.timeline?.firstUnread).toBeUndefined()
  })

  it('for two people have one id, whoever makes them, and are named after the other', async () => {
    const server = await startServer()
    const user = person()
    const page = await signedIn(server, user)
    const other = newId()
    server.answering = false
    expect(await page.controller.actions.startDirect([other])).toBe(dmRoomId([other, user.id]))
    expect(await page.controller.actions.startDirect([other])).toBe(dmRoomId([other, user.id]))
    const state = await page.until(({ rooms }) => rooms.length === 1)
    expect(state.rooms[0]).toMatchObject({ kind: 'dm', with: [{ id: other }] })
    expect(state.undelivered).toBe(1)
  })

  it('tell what is pinned; the parts that hold a pin are loaded when asked for, and let go again', async () => {
    const server = await startServer()
    const user = person()
    const id = await room(server, user)
    for (const seq of [3, 4, 1_500, 1_501]) server.putEntry(id, { seq, id: newId(), text: `at ${seq}`, ...(seq === 3 ? { pinned: true } : {}) })
    server.write(docName.room(id), (doc) => {
      doc.getMap('room').set('head', 1_501)
      doc.getMap('pins').set(newId(), 3)
    })
    const page = await signedIn(server, user)
    page.controller.actions.openRoom(id)
    const before = await page.until(({ timeline }) => timeline?.at(1_501) !== undefined && timeline.pins.length === 1)
    expect(before.timeline?.at(3)).toBeUndefined()
    page.controller.actions.alsoShow([3])
    const shown = await page.until(({ timeline }) => timeline?.at(3) !== undefined)
    expect(shown.timeline?.at(3)).toMatchObject({ text: 'at 3', pinned: true })
    expect(shown.timeline?.head).toBe(1_501)
    page.controller.actions.alsoShow([])
    await page.until(({ timeline }) => timeline?.at(3) === undefined)
  })

  it('show an own pin at once, and no pin that was taken out', async () => {
    const server = await startServer()
    const user = person()
    const id = await room(server, user)
    const [one, two] = [newId(), newId()]
    server.putEntry(id, { seq: 1, id: one, pinned: true })
    server.putEntry(id, { seq: 2, id: two })
    server.write(docName.room(id), (doc) => doc.getMap('pins').set(one, 1))
    const page = await signedIn(server, user)
    server.answering = false
    page.controller.actions.openRoom(id)
    await page.until(({ timeline }) => timeline?.pins.length === 1 && timeline.at(2) !== undefined)
    await page.controller.actions.pin(id, two, true)
    await page.controller.actions.pin(id, one, false)
    const state = await page.until(({ timeline }) => timeline?.pins[0]?.id === two)
    expect(state.timeline?.pins).toEqual([{ id: two, seq: 2 }])
  })

  it('are all marked as read at once, and that can be taken back', async () => {
    const server = await startServer()
    const user = person()
    const [one, two] = [await room(server, user), await room(server, user)]
    for (const id of [one, two]) for (const seq of [1, 2, 3]) server.putEntry(id, { seq, id: newId() })
    const page = await signedIn(server, user)
    for (const id of [one, two]) page.controller.actions.openRoom(id)
    await page.until(({ rooms }) => rooms.length === 2 && rooms.every(({ unread }) => unread === 3))
    page.controller.actions.markRead(two, 1)
    await page.until(({ rooms }) => rooms.find(({ id }) => id === two)?.unread === 2)
    page.controller.actions.markAllRead()
    const read = await page.until(({ rooms }) => rooms.every(({ unread }) => unread === 0))
    expect(read.notices.map(({ text }) => said(text))).toEqual(['2 rooms are marked as read.'])
    read.notices[0]?.action?.run()
    const back = await page.until(({ rooms }) => rooms.every(({ unread }) => unread > 0))
    expect(Object.fromEntries(back.rooms.map(({ id, unread }) => [id, unread]))).toEqual({ [one]: 3, [two]: 2 })
  })

  it('of direct conversations are hidden offline, and opened again offline', async () => {
    const server = await startServer()
    const user = person()
    const other = newId()
    const id = dmRoomId([user.id, other])
    server.putRoom(id, '')
    server.putUser(user.id, id, { kind: 'dm', name: '', role: 'member', with: [other] })
    const page = await signedIn(server, user)
    await page.until(({ rooms }) => rooms.length === 1)
    server.answering = false
    await page.controller.actions.leaveRoom(id)
    await page.until(({ rooms }) => rooms.length === 0)
    expect(await page.controller.actions.startDirect([other])).toBe(id)
    const state = await page.until(({ rooms }) => rooms.length === 1)
    expect(state.rooms[0]).toMatchObject({ id, kind: 'dm', with: [{ id: other }] })
  })

  it('count what is unread, and nothing once it has been read', async () => {
    const server = await startServer()
    const user = person()
    const id = await room(server, user)
    for (let seq = 1; seq <= 5; seq += 1) server.putEntry(id, { seq, id: newId() })
    server.putEntry(id, { seq: 2, id: newId(), deleted: true, text: '' })
    server.putEntry(id, { seq: 3, id: newId(), by: user.id })
    const page = await signedIn(server, user)
    await page.until(({ rooms }) => rooms[0]?.unread === 3)
    page.controller.actions.openRoom(id)
    await page.until(({ rooms, timeline }) => rooms[0]?.unread === 3 && timeline?.firstUnread === 1)
    page.controller.actions.markRead(id, 5)
    const state = await page.until(({ rooms }) => rooms[0]?.unread === 0)
    expect(state.timeline?.firstUnread).toBe(1)
  })
})

describe('mentions', () => {
  const mention = (server: TestServer, user: Me, id: string, seq: number, by = newId()) =>
    server.write(docName.user(user.id), (doc) => doc.getArray('mentions').push([{ room: id, seq, by, at: 1_000 + seq }]))

  it('are listed over all rooms, and read from segments of rooms that are not open; offline from what is here', async () => {
    const server = await startServer()
    const user = person()
    const [near, far] = [await room(server, user), await room(server, user)]
    server.putEntry(near, { seq: 1, id: newId(), text: '@ada near' })
    server.putEntry(far, { seq: 2, id: newId(), text: '@ada far' })
    server.putEntry(far, { seq: 900, id: newId() })
    server.write(docName.room(far), (doc) => doc.getMap('room').set('head', 900))
    mention(server, user, near, 1)
    mention(server, user, far, 2)
    const page = await signedIn(server, user)
    const listed = await page.until(({ mentions }) => mentions.length === 2)
    expect(listed.mentions.map(({ room: where, seq, text, unread }) => ({ where, seq, text, unread }))).toEqual([
      { where: far, seq: 2, text: undefined, unread: true },
      { where: near, seq: 1, text: undefined, unread: true },
    ])
    page.controller.actions.readMentions(20)
    const read = await page.until(({ mentions }) => mentions.every(({ text }) => text !== undefined))
    expect(read.mentions.map(({ text }) => text)).toEqual(['@ada far', '@ada near'])
    await page.controller.close()
    const offline = await openPage(server, user, { device: page.device, auth: page.auth, offline: true })
    offline.controller.actions.readMentions(20)
    const again = await offline.until(({ mentions }) => mentions.length === 2 && mentions.every(({ text }) => text !== undefined))
    expect(again.mentions.map(({ text }) => text)).toEqual(['@ada far', '@ada near'])
  })

  it('say when the message was deleted', async () => {
    const server = await startServer()
    const user = person()
    const id = await room(server, user)
    server.putEntry(id, { seq: 1, id: newId(), text: '', deleted: true })
    mention(server, user, id, 1)
    const page = await signedIn(server, user)
    page.controller.actions.readMentions(20)
    const state = await page.until(({ mentions }) => mentions[0]?.deleted === true)
    expect(state.mentions[0]?.text).toBeUndefined()
  })

  it('[R5] leave the device with their room, also while they are being read', async () => {
    const server = await startServer()
    const user = person()
    const id = await room(server, user)
    server.putEntry(id, { seq: 1, id: newId(), text: '@ada secret' })
    mention(server, user, id, 1)
    const page = await signedIn(server, user)
    page.controller.actions.readMentions(20)
    await page.until(({ mentions }) => mentions[0]?.text === '@ada secret')
    server.write(docName.user(user.id), (doc) => {
      doc.getMap('rooms').delete(id)
      doc.getArray('mentions').delete(0, 1)
    })
    await page.until(({ rooms, mentions }) => rooms.length === 0 && mentions.length === 0)
    await vi.waitUntil(() => [...page.device.replicas.values()].every((stored) => [...stored.keys()].every((name) => !name.includes(id))))
  })
})

describe('signing out', () => {
  it('asks about what is undelivered, then leaves nothing on the device', async () => {
    const server = await startServer()
    const user = person()
    const id = await room(server, user)
    const page = await signedIn(server, user)
    server.answering = false
    await page.controller.actions.sendMessage(id, 'not yet')
    expect(await page.controller.actions.signOut()).toEqual({ undelivered: 1 })
    expect(page.state().phase).toBe('ready')
    expect(await page.controller.actions.signOut({ discard: true })).toEqual({ undelivered: 0 })
    expect(page.state()).toMatchObject({ phase: 'signed-out', rooms: [] })
    expect([...page.device.values.keys()]).toEqual([])
    expect([...page.device.commands.values()].every((data) => data.records.size === 0)).toBe(true)
    expect([...page.device.replicas.values()].every((stored) => stored.size === 0)).toBe(true)
  })

  it('closes what was open: nothing of it is shown to whoever signs in next', async () => {
    const server = await startServer()
    const user = person()
    const id = await room(server, user)
    const root = newId()
    server.putEntry(id, { seq: 1, id: root, text: 'a beginning' })
    const page = await signedIn(server, user)
    page.controller.actions.openRoom(id)
    page.controller.actions.openThread(root)
    page.controller.actions.openNotes(id)
    page.controller.actions.search({ text: 'beginning', room: undefined, sort: 'best' })
    const open = await page.until(({ timeline, thread, notes, search }) => [timeline, thread, notes, search].every((view) => view !== undefined))
    expect(open.thread?.root).toBe(root)
    await page.controller.actions.signOut({ discard: true })
    const next = person('grace')
    page.auth.user = next
    await page.controller.actions.signIn({ login: 'grace', password: 'correct horse' })
    const { timeline, thread, notes, search } = await page.until(({ phase, user: shown }) => phase === 'ready' && shown?.id === next.id)
    expect([timeline, thread, notes, search]).toEqual([undefined, undefined, undefined, undefined])
  })

  it('without a network is not undone by the cookie that is still there', async () => {
    const server = await startServer()
    const user = person()
    const page = await signedIn(server, user)
    page.auth.reachable = false
    await page.controller.actions.signOut({ discard: true })
    await page.controller.close()
    const again = await openPage(server, user, { device: page.device, auth: page.auth })
    expect(again.state().phase).toBe('signed-out')
    await vi.waitUntil(() => !page.auth.session)
    await again.controller.close()
    expect((await openPage(server, user, { device: page.device, auth: page.auth })).state().phase).toBe('signed-out')
  })

  it('signs the other tabs out too', async () => {
    const server = await startServer()
    const user = person()
    const page = await signedIn(server, user)
    const other = await openPage(server, user, { device: page.device, auth: page.auth })
    await other.until(({ phase }) => phase === 'ready')
    await page.controller.actions.signOut({ discard: true })
    await other.until(({ phase }) => phase === 'signed-out')
  })
})

it('a name for who has none is in the language of the screen, also once that has changed', async () => {
  // What the language of a page is written into.
  vi.stubGlobal('document', { documentElement: { lang: '' }, querySelector: () => null })
  onTestFinished(async () => {
    await chooseLanguage('system')
    vi.unstubAllGlobals()
  })
  const server = await startServer()
  const user = person()
  const id = await room(server, user)
  server.putEntry(id, { seq: 1, id: newId(), text: 'hello' })
  const page = await signedIn(server, user)
  page.controller.actions.openRoom(id)
  const author = (state: ChatState) => state.timeline?.at(1)?.author.displayName
  expect(author(await page.until((state) => author(state) !== undefined))).toBe('Unknown person')
  await chooseLanguage('de')
  page.controller.languageChanged()
  expect(author(page.state())).toBe('Unbekannte Person')
})
