import type { Entry } from '@chatflow/shared/entry'
import { newId } from '@chatflow/shared/ids'
import type { NotifySettings } from '@chatflow/shared/notify/notify-settings'
import { expect, it } from 'vitest'
import type { RoomView } from '../chat/views.ts'
import { MemoryNotifications } from '../platform/memory-notifications.ts'
import { ManualClock } from '../sync/testing/manual-clock.ts'
import type { News } from './new-messages.ts'
import { HELD_BACK, Notifier } from './notifier.ts'

const me = newId()
const ann = { id: newId(), username: 'ann', displayName: 'Ann' }

function stage(more: { settings?: Partial<NotifySettings>; speaks?: boolean } = {}) {
  const clock = new ManualClock(Date.UTC(2026, 10, 24))
  const notifications = new MemoryNotifications()
  const rooms = new Map<string, RoomView>()
  const looked = new Set<string>()
  const notifier = new Notifier({
    clock, notifications, me,
    serverNow: () => clock.now(),
    speaks: () => more.speaks !== false,
    isLookedAt: (room) => looked.has(room),
    room: (id) => rooms.get(id),
    settings: () => ({ forAll: 'all', sound: true, hideText: false, ...more.settings }),
  })
  let seq = 0
  return {
    clock, notifications, looked, notifier,
    room(change: Partial<RoomView> = {}): RoomView {
      const room: RoomView = {
        id: newId(), kind: 'public', name: 'harbour', topic: '', role: 'member', with: [], head: 0, cursor: 0, unread: 0, mentions: 0, archived: false, starred: false,
        muted: false, level: 'all', draft: false, waiting: false, lastActivityAt: 0, ...change,
      }
      rooms.set(room.id, room)
      return room
    },
    news(room: RoomView, change: Partial<Entry> = {}, more: Partial<News> = {}): Entry {
      seq += 1
      const entry: Entry = { seq, id: newId(), rev: seq, by: ann.id, sentAt: clock.now(), receivedAt: clock.now(), text: 'hello', ...change }
      notifier.take({ room: room.id, author: ann, edited: false, inMyConversation: false, entry: () => entry, ...more })
      return entry
    },
    async due(): Promise<void> {
      await clock.pass(HELD_BACK)
      await notifier.settled()
    },
  }
}

it('a message is told of with who, where and what, and with one sound of our own', async () => {
  const { room, news, due, notifications } = stage()
  const harbour = room()
  const entry = news(harbour, { text: '**Ships** are\ncoming' })
  expect(notifications.history, 'it is held back at first').toEqual([])
  await due()
  expect(notifications.history).toEqual([
    { title: 'harbour', body: 'Ann: Ships are coming', icon: '/icons/icon-192.png', silent: true, place: { room: harbour.id, message: entry.id, seq: entry.seq, count: 1 } },
  ])
  expect(notifications.sounds).toBe(1)
})

it('a direct message bears the name of who wrote it alone, and their picture', async () => {
  const { room, news, due, notifications } = stage()
  news(room({ kind: 'dm', name: 'Ann', with: [ann] }), {}, { author: { ...ann, avatar: 'picture' } })
  await due()
  expect(notifications.history).toMatchObject([{ title: 'Ann', body: 'hello', icon: '/api/auth/avatars/picture' }])
})

it('what was written is not shown where the person hides it', async () => {
  const { room, news, due, notifications } = stage({ settings: { hideText: true } })
  news(room(), { text: 'secret' })
  news(room({ kind: 'dm', name: 'Ann', with: [ann] }), { text: 'secret' })
  await due()
  expect(notifications.history.map(({ body }) => body)).toEqual(['New message from Ann', 'New message'])
  expect(JSON.stringify(notifications.history)).not.toContain('secret')
})

it('many messages at once make one notification a room, with the newest of them, and one sound', async () => {
  const { room, news, due, notifications } = stage()
  const rooms = [room(), room({ name: 'pier' })]
  for (let i = 1; i <= 50; i += 1) for (const one of rooms) news(one, { text: `number ${i}` })
  await due()
  expect(notifications.history.map(({ title, body }) => [title, body])).toEqual([['harbour (50 new)', 'Ann: number 50'], ['pier (50 new)', 'Ann: number 50']])
  expect(notifications.sounds).toBe(1)
})

it('a later message takes the place of the one before and counts on, and sounds again only after some seconds', async () => {
  const { room, news, due, notifications, clock } = stage()
  const harbour = room()
  for (let i = 0; i < 3; i += 1) {
    news(harbour)
    await due()
  }
  expect(notifications.visible.get(harbour.id)).toMatchObject({ title: 'harbour (3 new)', silent: true })
  expect(notifications.visible.size).toBe(1)
  expect(notifications.sounds).toBe(1)
  await clock.pass(4_000)
  news(harbour)
  await due()
  expect(notifications.sounds).toBe(2)
})

it('where the page may not make a sound the system makes it, and without sound nobody does', async () => {
  const quiet = stage()
  quiet.notifications.audible = false
  quiet.news(quiet.room())
  await quiet.due()
  expect(quiet.notifications.history).toMatchObject([{ silent: false }])

  const off = stage({ settings: { sound: false } })
  off.news(off.room())
  await off.due()
  expect(off.notifications.history).toMatchObject([{ silent: true }])
  expect(off.notifications.sounds).toBe(0)
})

it('what is read, looked at, deleted or muted while it is held back is not told of', async () => {
  const { room, news, due, notifications, looked } = stage()
  const read = room()
  read.cursor = news(read).seq
  const open = room()
  news(open)
  looked.add(open.id)
  const deleted = room()
  const entry = news(deleted)
  entry.deleted = true
  await due()
  expect(notifications.history).toEqual([])
})

it('nothing is told of in a quiet time, by a page that does not speak, or without permission', async () => {
  const quiet = stage({ settings: { until: Date.UTC(2027, 0) } })
  const mute = stage({ speaks: false })
  const refused = stage()
  refused.notifications.setPermission('denied')
  for (const one of [quiet, mute, refused]) {
    one.news(one.room(), { mentions: [me] })
    await one.due()
    expect(one.notifications.history).toEqual([])
    expect(one.notifications.sounds).toBe(0)
  }
})

it('an own message and one that push has shown already make no notification', async () => {
  const { room, news, due, notifications } = stage()
  news(room(), { by: me })
  const harbour = room()
  const entry = news(harbour)
  await notifications.show({ title: 'by push', body: '', silent: true, place: { room: harbour.id, message: entry.id, seq: entry.seq, count: 1 } })
  await due()
  expect(notifications.history.map(({ title }) => title)).toEqual(['by push'])
})

it('an edit that mentions is told of though the message was read, another edit is not', async () => {
  const { room, news, due, notifications } = stage()
  const harbour = room({ cursor: 100 })
  news(harbour, { editedAt: Date.UTC(2026, 10, 24), receivedAt: 1, mentions: [me] }, { edited: true })
  news(room(), { editedAt: Date.UTC(2026, 10, 24), receivedAt: 1 }, { edited: true })
  await due()
  expect(notifications.history.map(({ place }) => place?.room)).toEqual([harbour.id])
})

it('after it has been stopped nothing comes any more', async () => {
  const { room, news, due, notifications, notifier } = stage()
  news(room())
  notifier.stop()
  await due()
  expect(notifications.history).toEqual([])
})

it('once it is stopped nothing is shown any more, also of what was about to be', async () => {
  const { room, news, due, notifications, notifier } = stage()
  news(room())
  news(room())
  const show = notifications.show.bind(notifications)
  notifications.show = async (content) => {
    notifier.stop()
    await show(content)
  }
  await due()
  expect(notifications.history).toHaveLength(1)
})
