import type { Me } from '@chatflow/shared/api/account'
import { docName } from '@chatflow/shared/doc-names'
import { newId, type Id } from '@chatflow/shared/ids'
import { expect, it, onTestFinished, vi } from 'vitest'
import { ChatController } from '../chat/chat-controller.ts'
import type { ChatState } from '../chat/contract.ts'
import { StoreError } from '../platform/command-store.ts'
import { createMemoryPlatform, MemoryDevice } from '../platform/memory-platform.ts'
import type { Clock, Timer } from '../platform/platform.ts'
import { systemClock } from '../platform/system-clock.ts'
import { FakeAuth } from '../sync/testing/fake-auth.ts'
import { person, startServer } from '../sync/testing/harness.ts'
import type { TestServer } from '../sync/testing/test-server.ts'
import { LOOK_AGAIN } from './notification-center.ts'
import { HELD_BACK } from './notifier.ts'
import { pushEndedKey } from './push-ended.ts'

const ann = newId()

/** A device of somebody who is signed in, with notifications allowed, and a tab of it. */
class Device {
  readonly device = new MemoryDevice()
  readonly auth: FakeAuth
  readonly server: TestServer
  constructor(server: TestServer, user: Me) {
    this.server = server
    this.auth = new FakeAuth(user)
    this.auth.session = true
    this.device.notifications.setPermission('granted')
    this.device.values.set('chatflow:user', JSON.stringify(user))
  }

  get notifications() {
    return this.device.notifications
  }

  async open(clock: Clock = systemClock) {
    const controller = new ChatController(createMemoryPlatform({ clock, device: this.device, WebSocket, origin: this.server.origin, random: () => 0, fetch: this.auth.fetch }))
    onTestFinished(() => controller.close())
    await controller.start()
    const until = (condition: (state: ChatState) => boolean) =>
      new Promise<void>((resolve) => {
        const look = (state: ChatState) => {
          if (!condition(state)) return
          stop()
          resolve()
        }
        const stop = controller.store.subscribe(look)
        look(controller.store.getState())
      })
    await until((state) => state.connection.state === 'connected' && state.rooms.length > 0)
    return { controller, until }
  }

  /** Resolves once nothing of the room is on the screen any more. */
  closed(room: Id | undefined): Promise<void> {
    const { visible } = this.notifications
    return new Promise((resolve) => {
      const remove = visible.delete.bind(visible)
      visible.delete = (key) => {
        const removed = remove(key)
        if (key === room) resolve()
        return removed
      }
      if (room === undefined || !visible.has(room)) resolve()
    })
  }

  /** Resolves once so many notifications have been shown in all. */
  shown(count: number): Promise<void> {
    const { history } = this.notifications
    return new Promise((resolve) => {
      const push = history.push.bind(history)
      history.push = (...items) => {
        const length = push(...items)
        if (length >= count) resolve()
        return length
      }
      if (history.length >= count) resolve()
    })
  }
}

/** Rooms of one person on a server; `say`: somebody else writes. */
async function stage(...names: string[]) {
  const server = await startServer()
  const user = person()
  const rooms = names.map((name) => {
    const id = newId()
    server.putRoom(id, name)
    server.putUser(user.id, id, { kind: 'public', name, role: 'member' })
    return id
  })
  const say = (room: Id | undefined, text: string, more: object = {}) => {
    if (room === undefined) throw new Error('no such room')
    const seq = server.headOf(room) + 1
    const message = { seq, id: newId(), by: ann, text, receivedAt: Date.now(), ...more }
    server.putEntry(room, message)
    server.tell(user.id, { type: 'activity', room, head: seq, rev: seq })
    return message
  }
  const set = (key: string, value: unknown) => server.write(docName.user(user.id), (doc) => doc.getMap('settings').set(key, value))
  return { server, user, rooms, say, set }
}

const told = ({ notifications }: Device) => notifications.history.map(({ title, body }) => `${title} / ${body}`)

it('what comes into a room that nobody looks at is told of, also where the room is not held; what was there before is not', async () => {
  const { server, user, rooms, say } = await stage('harbour')
  say(rooms[0], 'of before', { receivedAt: Date.now() - 1_000 })
  const device = new Device(server, user)
  await device.open()
  const message = say(rooms[0], 'hello')
  await device.shown(1)
  expect(told(device)).toEqual(['harbour / Unknown person: hello'])
  expect(device.notifications.visible.get(rooms[0] ?? '')?.place).toEqual({ room: rooms[0], message: message.id, seq: 2, count: 1 })
})

it('of several tabs one tells, and none while somebody looks at the room in another one', async () => {
  const { server, user, rooms, say } = await stage('harbour', 'pier')
  const device = new Device(server, user)
  const tabs = [await device.open(), await device.open(), await device.open()]
  tabs[2]?.controller.actions.openRoom(rooms[0])
  say(rooms[0], 'seen in the third tab')
  say(rooms[1], 'seen by nobody')
  await device.shown(1)
  // Nobody is at the third tab any more.
  tabs[2]?.controller.setAttentive(false)
  say(rooms[0], 'not seen')
  await device.shown(2)
  expect(told(device)).toEqual(['pier / Unknown person: seen by nobody', 'harbour / Unknown person: not seen'])
})

it('a muted room, the level of all rooms and a quiet time hold in the page as they are set', async () => {
  const { server, user, rooms, say, set } = await stage('harbour', 'pier', 'beach')
  set(`level:${rooms[0]}`, 'none')
  set('notify', 'mentions')
  const device = new Device(server, user)
  const { controller, until } = await device.open()
  await until((state) => state.preferences.notify === 'mentions')
  say(rooms[0], 'muted', { mentions: [user.id] })
  say(rooms[1], 'not for me')
  say(rooms[2], 'for me', { mentions: [user.id] })
  await device.shown(1)
  expect(told(device)).toEqual(['beach / Unknown person: for me'])

  await controller.actions.setSetting('dnd.until', Date.now() + 3_600_000)
  await until((state) => state.notifications.quietUntil !== undefined)
  say(rooms[2], 'in a quiet time', { mentions: [user.id] })
  await until((state) => state.rooms.find((room) => room.id === rooms[2])?.unread === 2)
  await controller.actions.setSetting('dnd.until', null)
  await until((state) => state.notifications.quietUntil === undefined)
})

it('what is read anywhere is not on the screen any more, and a deleted message neither', async () => {
  const { server, user, rooms, say } = await stage('harbour', 'pier')
  const device = new Device(server, user)
  await device.open()
  say(rooms[0], 'to be read')
  const doomed = say(rooms[1], 'to be deleted')
  await device.shown(2)
  server.write(docName.user(user.id), (doc) => doc.getMap('cursors').set(rooms[0] ?? '', 1))
  await device.closed(rooms[0])
  server.putEntry(rooms[1] ?? '', { ...doomed, text: '', deleted: true, rev: 2 })
  server.tell(user.id, { type: 'activity', room: rooms[1] ?? '', head: 1, rev: 2 })
  await device.closed(rooms[1])
  expect(device.notifications.visible.size).toBe(0)
})

it('what was said in a room does not stay on the screen of whoever is removed from it, be it while the page is open or before', async () => {
  const { server, user, rooms, say } = await stage('harbour', 'pier')
  const device = new Device(server, user)
  const place = { room: newId(), message: newId(), seq: 8, count: 1 }
  await device.notifications.push({ title: 'beach', body: 'of before', silent: false, place })
  const before = device.closed(place.room)
  await device.open()
  await before
  say(rooms[0], 'to be gone')
  say(rooms[1], 'stays')
  await device.shown(3)
  server.write(docName.user(user.id), (doc) => doc.getMap('rooms').delete(rooms[0] ?? ''))
  await device.closed(rooms[0])
  expect([...device.notifications.visible.keys()]).toEqual([rooms[1]])
})

it('what is held back when another tab signs out is not shown, however long it takes to clear away what this device holds', async () => {
  const { server, user, rooms, say } = await stage('harbour')
  const device = new Device(server, user)
  const held = new Set<unknown>()
  const clock: Clock = {
    ...systemClock,
    setTimeout: (work, ms) => {
      const timer = systemClock.setTimeout(work, ms)
      if (ms === HELD_BACK) held.add(timer)
      return timer
    },
    clearTimeout: (timer: Timer | undefined) => {
      held.delete(timer)
      systemClock.clearTimeout(timer)
    },
  }
  const { until } = await device.open(clock)
  say(rooms[0], 'held back')
  await until(() => held.size === 1)
  for (const store of device.device.openStores) store.wipe = () => new Promise(() => undefined)
  createMemoryPlatform({ device: device.device, WebSocket }).openTabs('chatflow').post({ type: 'session', signedIn: false })
  await vi.waitFor(() => expect(device.device.values.has('chatflow:user')).toBe(false))
  expect(held.size).toBe(0)
})

it('what push shows after it has been read does not stay', async () => {
  const { server, user, rooms } = await stage('harbour')
  server.write(docName.user(user.id), (doc) => doc.getMap('cursors').set(rooms[0] ?? '', 7))
  const device = new Device(server, user)
  const { until } = await device.open()
  await until((state) => state.rooms[0]?.cursor === 7)
  const place = { room: rooms[0] ?? '', message: newId(), seq: 8, count: 1 }
  await device.notifications.push({ title: 'harbour', body: 'new', silent: false, place })
  expect(device.notifications.visible.size).toBe(1)
  await device.notifications.push({ title: 'harbour', body: 'read', silent: false, place: { ...place, seq: 7 } })
  await device.closed(rooms[0])
})

it('the number on the icon is that of what waits, and is gone with the session, together with what was shown', async () => {
  const { server, user, rooms, say } = await stage('harbour')
  const device = new Device(server, user)
  const { controller, until } = await device.open()
  say(rooms[0], 'for me', { mentions: [user.id] })
  server.write(docName.user(user.id), (doc) => doc.getArray('mentions').push([{ room: rooms[0], seq: 1, by: ann, at: Date.now() }]))
  await device.shown(1)
  await until(() => device.notifications.badge === 1)
  await controller.actions.signOut()
  expect([device.notifications.badge, device.notifications.visible.size, device.device.push.current]).toEqual([0, 0, undefined])
})

it('a mention that an edit brings is told of once, and only where it is new', async () => {
  const { server, user, rooms, say } = await stage('harbour')
  const device = new Device(server, user)
  const { controller, until } = await device.open()
  controller.actions.openRoom(rooms[0])
  const message = say(rooms[0], 'hello', { mentions: [] })
  await until((state) => state.timeline?.at(1) !== undefined)
  controller.actions.openRoom(undefined)
  server.putEntry(rooms[0] ?? '', { ...message, text: 'hello @ada', mentions: [user.id], editedAt: Date.now(), rev: 2 })
  server.write(docName.user(user.id), (doc) => doc.getArray('mentions').push([{ room: rooms[0], seq: 1, by: ann, at: message.receivedAt }]))
  server.tell(user.id, { type: 'activity', room: rooms[0] ?? '', head: 1, rev: 2 })
  await device.shown(1)
  expect(told(device).at(-1)).toBe('harbour / Unknown person: hello @ada')
})

it('switched off here, what push messages could still reach is ended, also where that was not settled with the server', async () => {
  const { server, user } = await stage('harbour')
  const device = new Device(server, user)
  const { controller, until } = await device.open()
  await until((state) => state.notifications.push === 'failed')
  await device.device.push.subscribe('key-1')
  controller.actions.setNotificationsHere(false)
  await until((state) => state.notifications.push === 'waiting')
  expect(device.device.push.current).toBeUndefined()
})

it('ended at another device, push is off here until it is switched on here again', async () => {
  const { server, user, set } = await stage('harbour')
  const device = new Device(server, user)
  const { controller, until } = await device.open()
  await until((state) => state.notifications.push === 'failed')
  await device.device.push.subscribe('key-1')
  const key = pushEndedKey(device.device.values.get(`chatflow:${user.id}:device`) as Id)
  set(key, true)
  await until((state) => state.notifications.push === 'off')
  await vi.waitFor(() => expect(device.device.push.current).toBeUndefined())
  // It is heeded once, in all tabs.
  await vi.waitFor(() => expect(server.offered).toMatchObject([{ type: 'me.set', key, value: null }]))
  const next = await device.open()
  expect(next.controller.store.getState().notifications.push).toBe('off')
  await controller.actions.setPushHere(true)
  await until((state) => state.notifications.push === 'failed')
  expect(server.offered).toHaveLength(1)
})

it('ended at another device while this one can keep nothing, push is off here at once, and what asked for it is cleared away later', async () => {
  const { server, user, set } = await stage('harbour')
  const device = new Device(server, user)
  const later: (() => void)[] = []
  const clock: Clock = {
    ...systemClock,
    setTimeout: (work, ms) => {
      if (ms === LOOK_AGAIN) later.push(work)
      return systemClock.setTimeout(work, ms)
    },
  }
  const { controller, until } = await device.open(clock)
  await until((state) => state.notifications.push === 'failed')
  const setSetting = vi.spyOn(controller.actions, 'setSetting')
  for (const store of device.device.openStores) store.failure = new StoreError('full')
  const key = pushEndedKey(device.device.values.get(`chatflow:${user.id}:device`) as Id)
  set(key, true)
  await until((state) => state.notifications.push === 'off')
  await vi.waitFor(() => expect(later).toHaveLength(1))
  // What comes meanwhile leads to no further try.
  set('density', 'compact')
  await until((state) => state.preferences.density === 'compact')
  expect(setSetting).toHaveBeenCalledOnce()
  for (const store of device.device.openStores) store.failure = undefined
  later[0]?.()
  set('density', 'comfortable')
  await vi.waitFor(() => expect(server.offered).toMatchObject([{ type: 'me.set', key, value: null }]))
})

it('ended at another device, nothing is written for somebody who has signed out while the browser was ending it', async () => {
  const { server, user, set } = await stage('harbour')
  const device = new Device(server, user)
  const { controller, until } = await device.open()
  await until((state) => state.notifications.push === 'failed')
  const setSetting = vi.spyOn(controller.actions, 'setSetting')
  const ending = Promise.withResolvers<void>()
  vi.spyOn(device.device.push, 'unsubscribe').mockReturnValueOnce(ending.promise)
  set(pushEndedKey(device.device.values.get(`chatflow:${user.id}:device`) as Id), true)
  await until((state) => state.notifications.push === 'off')
  await controller.actions.signOut()
  ending.resolve()
  await new Promise((resolve) => setTimeout(resolve, 0))
  expect(setSetting).not.toHaveBeenCalled()
})

it('nobody is asked before they ask for it; "Not now" holds on the device, also at the next start', async () => {
  const { server, user } = await stage('harbour')
  const device = new Device(server, user)
  device.notifications.setPermission('default')
  const { controller, until } = await device.open()
  await until((state) => state.notifications.offered)
  expect(device.notifications.asked).toBe(0)
  controller.actions.putOffNotifications()
  await until((state) => !state.notifications.offered)
  const next = await device.open()
  expect(next.controller.store.getState().notifications).toMatchObject({ offered: false, on: false, permission: 'default' })

  await next.controller.actions.askForNotifications()
  await next.until((state) => state.notifications.on)
  expect(device.notifications.asked).toBe(1)
  next.controller.actions.setNotificationsHere(false)
  await next.until((state) => !state.notifications.on)
  device.notifications.setPermission('denied')
  await next.until((state) => state.notifications.permission === 'denied')
})
