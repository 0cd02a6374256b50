import { type Id, newId } from '@chatflow/shared/ids'
import type { CDPSession, Page } from '@playwright/test'
import type { Person } from './harness/person.ts'
import { expect, test } from './harness/test.ts'
import { Account, command } from './support/account.ts'

interface Shown {
  title: string
  body: string
  tag: string
  data: { room: Id; seq: number; count: number }
}

/** What is used of the service worker's own scope. */
interface WorkerScope extends EventTarget {
  registration: ServiceWorkerRegistration
  NotificationEvent: new (type: string, init: { notification: Notification }) => Event
}

/** What the browser shows of this app now. */
const shownIn = (page: Page): Promise<Shown[]> =>
  page.evaluate(async () => (await (await navigator.serviceWorker.ready).getNotifications()).map(({ title, body, tag, data }) => ({ title, body, tag, data: data as Shown['data'] })))

/** How many notifications this page has had shown. */
const countIn = (page: Page): Promise<number> => page.evaluate(() => (window as { shows?: number }).shows ?? 0)

/** Ada lets her browser notify her, and is in a room of her own; each of her pages counts what it shows. Ben writes from somewhere else, into rooms of both. */
async function allowed(ada: Person, url: string, ...names: string[]): Promise<{ rooms: Id[]; say(room: Id | undefined, text: string): Promise<void>; schedule(room: Id | undefined, text: string, sendAt: number): Promise<void> }> {
  await ada.context.addInitScript(() => {
    if (typeof ServiceWorkerRegistration === 'undefined') return
    const { prototype } = ServiceWorkerRegistration
    const show = prototype.showNotification
    prototype.showNotification = function (...args) {
      const counted = window as { shows?: number }
      counted.shows = (counted.shows ?? 0) + 1
      return show.apply(this, args)
    }
  })
  await ada.context.grantPermissions(['notifications'])
  const ben = await Account.register(url, 'ben')
  const { id } = await Account.login(url, ada.username)
  await ada.createRoom('study')
  const rooms: Id[] = []
  for (const name of names) {
    const room = newId()
    await ben.command(url, command({ type: 'room.create', room, kind: 'private', name, members: [id] }))
    rooms.push(room)
  }
  await ada.page.reload()
  await ada.canReloadOffline()
  for (const name of names) await expect(ada.rooms.getByRole('link', { name: new RegExp(name) })).toBeVisible()
  await ada.connected()
  return {
    rooms,
    say: async (room, text) => {
      const [result] = await ben.command(url, command({ type: 'message.send', room, text }))
      expect(result?.status).toBe('accepted')
    },
    schedule: async (room, text, sendAt) => {
      const [result] = await ben.command(url, command({ type: 'message.schedule', room, text, sendAt }))
      expect(result?.status).toBe('accepted')
    },
  }
}

/** Clicks the notification of a room: no browser without a screen has one to click, so its event comes from here. */
async function click(ada: Person, room: Id): Promise<void> {
  const [worker] = ada.context.serviceWorkers()
  await worker?.evaluate(async (tag) => {
    const scope = globalThis as unknown as WorkerScope
    const [notification] = await scope.registration.getNotifications({ tag })
    if (notification === undefined) throw new Error('There is no such notification.')
    const clicked = new scope.NotificationEvent('notificationclick', { notification })
    // Only events of the browser itself may prolong the worker's life.
    Object.defineProperty(clicked, 'waitUntil', { value: (work: Promise<unknown>) => void work.catch(() => undefined) })
    scope.dispatchEvent(clicked)
  }, room)
}

test('a message in another room is told of by the system, the title and the tab; a click leads to it; read, it is gone', async ({ person, server }) => {
  const ada = await person('ada')
  const { rooms: [harbour], say } = await allowed(ada, server.url, 'harbour', 'pier')
  const icon = ada.page.locator('link[rel="icon"]')
  await expect(icon).toHaveAttribute('href', '/icons/icon.svg')

  await say(harbour, `**Hello** @${ada.username}`)
  await expect.poll(() => shownIn(ada.page)).toMatchObject([{ title: 'harbour', body: `ben: Hello @${ada.username}`, tag: harbour, data: { room: harbour, count: 1 } }])
  await expect(ada.page).toHaveTitle('(1) study · ChatFlow')
  await expect(icon).toHaveAttribute('href', /^data:image\/png/)

  await say(harbour, 'And another')
  await expect.poll(() => shownIn(ada.page)).toMatchObject([{ title: 'harbour (2 new)', body: 'ben: And another', data: { count: 2 } }])
  await click(ada, harbour as Id)
  await expect(ada.page).toHaveURL(new RegExp(`#/rooms/${harbour}`))
  await expect(ada.message('And another')).toBeVisible()
  await expect.poll(() => shownIn(ada.page)).toEqual([])
  await expect(ada.page).toHaveTitle('harbour · ChatFlow')
  await expect(icon).toHaveAttribute('href', '/icons/icon.svg')
})

test('nothing is told of in a muted room, in the open one, and while it is to be quiet', async ({ person, server }) => {
  const ada = await person('ada')
  const { rooms: [harbour, pier, beach], say, schedule } = await allowed(ada, server.url, 'harbour', 'pier', 'beach')
  const own = await Account.login(server.url, ada.username)
  await own.command(server.url, command({ type: 'me.set', key: `level:${harbour}`, value: 'none' }))
  await expect(ada.rooms.getByRole('link', { name: 'harbour' })).toHaveAttribute('aria-description', /muted/i)
  await ada.openRoom('beach')
  await say(harbour, `muted @${ada.username}`)
  await say(beach, 'open')
  await say(pier, 'neither')
  await expect.poll(() => shownIn(ada.page)).toMatchObject([{ title: 'pier' }])
  expect(await countIn(ada.page)).toBe(1)

  // The server sends the second one by itself, when the quiet is over; the first has long been decided about by then.
  const until = Date.now() + 8_000
  await own.command(server.url, command({ type: 'me.set', key: 'dnd.until', value: until }))
  await expect(ada.page.getByRole('img', { name: 'Do not disturb' })).toBeVisible()
  await say(pier, 'in the quiet')
  await schedule(pier, 'aloud', until + 1_000)
  await expect.poll(() => shownIn(ada.page)).toMatchObject([{ body: 'ben: aloud', data: { count: 2 } }])
  expect(await countIn(ada.page)).toBe(2)
})

test('of two tabs one tells, and after it is closed the other one does', async ({ person, server }) => {
  const ada = await person('ada')
  const { rooms: [harbour], say } = await allowed(ada, server.url, 'harbour')
  const second = await ada.newTab()
  await expect(second.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: /harbour/ })).toBeVisible()
  await say(harbour, 'one')
  await expect.poll(() => shownIn(second)).toMatchObject([{ body: 'ben: one' }])
  await say(harbour, 'two')
  await expect.poll(() => shownIn(second)).toMatchObject([{ body: 'ben: two' }])
  expect([await countIn(ada.page), await countIn(second)]).toEqual([2, 0])

  await ada.page.close()
  ada.page = second
  await say(harbour, 'three')
  await expect.poll(() => shownIn(second)).toMatchObject([{ body: 'ben: three' }])
  expect(await countIn(second)).toBe(1)
})

/** Delivers a push message to the service worker as the browser would. */
async function push(page: Page, session: CDPSession, data: string): Promise<void> {
  const registration = new Promise<string>((resolve) => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }: { registrations: { registrationId: string; isDeleted: boolean }[] }) => {
      const live = registrations.find(({ isDeleted }) => !isDeleted)
      if (live) resolve(live.registrationId)
    })
  })
  await session.send('ServiceWorker.enable')
  await session.send('ServiceWorker.deliverPushMessage', { origin: new URL(page.url()).origin, registrationId: await registration, data })
  await session.send('ServiceWorker.disable')
}

test('a push message is shown in its language, also one that cannot be read, and leads to its message', async ({ person, server }) => {
  const ada = await person('ada')
  const { rooms: [harbour], say } = await allowed(ada, server.url, 'harbour')
  for (let i = 1; i <= 3; i += 1) await say(harbour, `message ${i}`)
  await expect.poll(() => shownIn(ada.page)).toMatchObject([{ title: 'harbour (3 new)' }])
  const session = await ada.context.newCDPSession(ada.page)
  const seq = (await shownIn(ada.page))[0]?.data.seq ?? 0
  const payload = { room: harbour, message: newId(), seq, roomName: 'harbour', kind: 'private', reason: 'message', by: 'Ben', text: 'by push', language: 'de', count: 3, sound: true }

  await push(ada.page, session, JSON.stringify(payload))
  await push(ada.page, session, 'nothing that could be read')
  await expect.poll(async () => (await shownIn(ada.page)).map(({ title, body }) => [title, body])).toEqual(
    // Of the room the page was quicker, and its words stay.
    expect.arrayContaining([['ChatFlow', 'New message'], ['harbour (3 new)', 'ben: message 3']]),
  )
  await push(ada.page, session, JSON.stringify({ ...payload, seq: seq + 1, count: 4 }))
  await expect.poll(async () => (await shownIn(ada.page)).map(({ title, body }) => [title, body])).toContainEqual(['harbour (4 neue)', 'Ben: by push'])
  await click(ada, harbour as Id)
  await expect(ada.message('message 3')).toBeVisible()
})

test('notifications are offered, never asked for by themselves; "Not now" holds', async ({ person }) => {
  const ada = await person('ada')
  await ada.page.addInitScript(() => {
    const asked = window as { asked?: number }
    const request = Notification.requestPermission.bind(Notification)
    Notification.requestPermission = () => {
      asked.asked = (asked.asked ?? 0) + 1
      return request()
    }
  })
  await ada.createRoom('harbour')
  await ada.page.reload()
  await expect(ada.page.getByText('Be told of new messages')).toBeVisible()
  expect(await ada.page.evaluate(() => (window as { asked?: number }).asked ?? 0)).toBe(0)
  await ada.page.getByRole('button', { name: 'Turn on notifications' }).click()
  // This browser answers by itself, with no.
  await expect(ada.page.getByText('Be told of new messages')).toHaveCount(0)
  expect(await ada.page.evaluate(() => (window as { asked?: number }).asked ?? 0)).toBe(1)
})

test('an offer that was put off does not come again', async ({ person }) => {
  const ada = await person('ada')
  await ada.createRoom('harbour')
  await ada.page.getByRole('button', { name: 'Not now' }).click()
  await expect(ada.page.getByText('Be told of new messages')).toHaveCount(0)
  await ada.page.reload()
  await expect(ada.page.getByRole('heading', { level: 1 })).toBeVisible()
  await ada.connected()
  await expect(ada.page.getByText('Be told of new messages')).toHaveCount(0)
})
