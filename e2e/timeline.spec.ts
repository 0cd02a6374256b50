import type { Entry } from '@chatflow/shared/entry'
import { LIMITS } from '@chatflow/shared/limits'
import { expect } from '@playwright/test'
import { ARCHIVE, ARCHIVE_MESSAGES, test } from './harness/archive-server.ts'
import { type Person, uniqueName } from './harness/person.ts'
import { painted, takeFrames, watchFrames } from './harness/frames.ts'
import type { Frame } from './harness/frames.ts'
import { Account, command } from './support/account.ts'

/** px that rounding may make of a movement. */
const TOLERANCE = 2
const WHEEL = 600

/** How far the message under the pointer moved from each frame to the next; undefined where it left the screen. */
function movements(frames: readonly Frame[]): (number | undefined)[] {
  return frames.slice(1).map((frame, i) => {
    const before = frames[i]
    const id = before?.pointed
    const [from, to] = id === undefined ? [] : [before?.tops[id], frame.tops[id]]
    return from === undefined || to === undefined ? undefined : to - from
  })
}

/** Goes into the room, which opens at its end: what was said before one came is not unread. */
async function joinArchive(someone: Person): Promise<void> {
  await someone.joinRoom(ARCHIVE)
  await expect(someone.message(`No. ${ARCHIVE_MESSAGES} `)).toBeVisible()
  await someone.page.reload()
  await someone.connected()
  await expect(someone.message(`No. ${ARCHIVE_MESSAGES} `)).toBeVisible()
}

test('reading back through two thousand messages, what is under the pointer moves only as the wheel says, whatever loads, grows and arrives around it', async ({ person, server }) => {
  const ada = await person('ada')
  const { page } = ada
  await page.setViewportSize({ width: 1280, height: 1600 })
  await joinArchive(ada)
  const room = page.url().split('/rooms/')[1] ?? ''
  const writer = await Account.login(server.url, 'person0')
  const around = async (seq: number): Promise<Entry[]> => {
    const answer = await fetch(`${server.url}/api/rooms/${room}/messages?around=${seq}&limit=100`, { headers: { authorization: `Bearer ${writer.token}` } })
    return ((await answer.json()) as { entries: Entry[] }).entries
  }
  const box = await ada.log.boundingBox()
  if (box === null) throw new Error('The log is not there.')
  const pointer = 200
  await page.mouse.move(box.x + box.width / 2, box.y + pointer)
  await watchFrames(page, pointer)
  await takeFrames(page)

  const frames: Frame[] = []
  const seqOnScreen = async (): Promise<number> => Number(/No\. (\d+)/.exec(await ada.log.getByRole('article').first().innerText())?.[1])
  let wheeled = 0
  let others: Promise<unknown> = Promise.resolve()
  const start = ARCHIVE_MESSAGES
  for (let step = 0, seq = start; seq > start - 2_000; step += 1) {
    await page.mouse.wheel(0, -WHEEL)
    wheeled += WHEEL
    await painted(page)
    if (step % 20 === 10) seq = await seqOnScreen()
    if (step === 40) {
      // Longer texts above, a reaction to each message on the screen, and news at the end.
      const above = (await around(seq - 150)).filter((entry) => entry.by === writer.id && entry.deleted !== true && entry.event === undefined)
      const longer = above.slice(0, 20).map(({ id, text }) => command({ type: 'message.edit', room, message: id, text: `${text}\n\n${'Longer than before. '.repeat(20)}` }))
      const shown = Object.keys((await takeFrames(page).then((some) => (frames.push(...some), some))).at(-1)?.tops ?? {})
      const reactions = shown.map((id) => command({ type: 'message.react', room, message: id, emoji: '🚢', on: true }))
      const news = [1, 2, 3].map((n) => command({ type: 'message.send', room, text: `news ${n}` }))
      others = writer.command(server.url, ...longer, ...reactions, ...news)
      await expect(page.getByRole('button', { name: '🚢 1' }).first()).toBeVisible()
      await expect(page.getByRole('button', { name: '3 new messages' })).toBeVisible()
    }
  }
  await others
  await painted(page)
  frames.push(...(await takeFrames(page)))
  const moved = movements(frames)
  expect(moved.filter((px) => px === undefined)).toEqual([])
  expect(moved.filter((px) => px !== undefined && px < -TOLERANCE)).toEqual([])
  expect(Math.abs(moved.reduce<number>((sum, px) => sum + (px ?? 0), 0) - wheeled)).toBeLessThanOrEqual(TOLERANCE)
  expect(frames.some(({ empty }) => empty > 0)).toBe(false)
  expect(await page.locator('.timeline-row').count()).toBeLessThan(60)

  // At the end, news scrolls in.
  await page.getByRole('button', { name: '3 new messages' }).click()
  await expect(ada.message('news 3')).toBeInViewport()
  await writer.command(server.url, command({ type: 'message.send', room, text: 'the very newest' }))
  await expect(ada.message('the very newest')).toBeInViewport({ ratio: 1 })
})

test('[R7] a link, a date and the scrollbar lead anywhere in a long room without what lies between; where one lands stays put, offline too', async ({ person }) => {
  const ada = await person('ada')
  const { page } = ada
  await joinArchive(ada)
  const room = page.url().split('/rooms/')[1] ?? ''
  const asked = new Set<number>()
  page.on('websocket', (socket) => {
    socket.on('framesent', ({ payload }) => {
      const segment = new RegExp(`room/${room}/log/(\\d+)`).exec(payload.toString())?.[1]
      if (segment !== undefined) asked.add(Number(segment))
    })
  })
  await page.reload()
  await expect(ada.message(`No. ${ARCHIVE_MESSAGES} `)).toBeVisible()
  await ada.connected()
  asked.clear()
  await watchFrames(page, 200)

  const target = ada.message('No. 7007 ')
  await page.evaluate((to) => (location.hash = to), `#/rooms/${room}/at/7007`)
  await expect(target).toBeInViewport({ ratio: 1 })
  const id = (await target.getAttribute('data-message')) ?? ''
  await expect(target).toHaveClass(/message-highlighted/)
  // The time that is watched: everything around it loads and finds its height in it.
  await page.waitForFunction((message) => window.frames_.filter(({ tops }) => message in tops).length > 40, id)
  const tops = (await takeFrames(page)).flatMap((frame) => frame.tops[id] ?? [])
  expect(Math.max(...tops) - Math.min(...tops)).toBeLessThanOrEqual(TOLERANCE)
  const height = (await ada.log.boundingBox())?.height ?? 0
  expect(tops[0]).toBeGreaterThan(height / 4)
  expect(tops[0]).toBeLessThan((height * 3) / 4)
  // The newest part is held in any case.
  const newest = Math.floor(ARCHIVE_MESSAGES / LIMITS.segmentSize)
  const there = Math.floor(7006 / LIMITS.segmentSize)
  expect([...asked].filter((segment) => Math.abs(segment - there) > 1 && segment < newest - 1)).toEqual([])
  expect(asked).toContain(there)

  // The day at the top leads on to another date.
  await page.mouse.move(640, 400)
  await page.mouse.wheel(0, 120)
  await page.locator('.sticky-day').click()
  const dialog = page.getByRole('dialog', { name: 'Jump to date' })
  await dialog.getByRole('button', { name: 'The beginning' }).click()
  await expect(page.getByText('This is where the room begins.')).toBeInViewport()
  const week = new Date(Date.now() - 7 * 86_400_000)
  await page.getByRole('button', { name: 'Room menu' }).click()
  await page.getByRole('menuitem', { name: 'Jump to date' }).click()
  await dialog.getByRole('button', { name: 'A week ago' }).click()
  await expect(page.getByRole('log').getByRole('button', { name: new RegExp(`${week.getDate()}.*jump to a date`) })).toBeInViewport()

  // Offline, a place that was never loaded says so, and fills when the network is back.
  await ada.goOffline()
  await page.evaluate((to) => (location.hash = to), `#/rooms/${room}/at/12345`)
  await expect(page.getByText('Not on this device; it loads when you are online')).toBeVisible()
  await ada.goOnline()
  await expect(ada.message('No. 12345 ')).toBeInViewport()
  await expect(page.getByText('Not on this device; it loads when you are online')).toBeHidden()
})

test('a room opens at its first unread message also where the unread ones are few and tall', async ({ person }) => {
  const ada = await person('ada')
  const ben = await person('ben')
  const room = uniqueName('tall')
  await ada.createRoom(room)
  for (let n = 1; n <= 12; n += 1) await ada.say(`read ${n}`)
  await ben.joinRoom(room)
  await expect(ben.message('read 12')).toBeVisible()
  await ben.createRoom(uniqueName('elsewhere'))
  for (let n = 1; n <= 5; n += 1) {
    await ada.composer.fill(`tall ${n}${'\n\nline'.repeat(9)}`)
    await ada.composer.press('Enter')
    await expect(ada.message(`tall ${n}`)).toBeVisible()
  }
  await ada.delivered('tall 5')
  await expect(ben.rooms.getByRole('link', { name: room })).toHaveAttribute('aria-description', /5 unread/)
  await ben.openRoom(room)
  await expect(ben.page.getByText('New', { exact: true })).toBeInViewport()
  await expect(ben.message('tall 1')).toBeInViewport()
  await expect(ben.message('tall 5')).not.toBeInViewport()
})

test('at 320 px, which is also 400 % zoom, the page does not scroll sideways, and one can read, write and jump; with reduced motion nothing glides', async ({ person }) => {
  const ada = await person('ada')
  const { page } = ada
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.setViewportSize({ width: 320, height: 512 })
  await ada.createRoom(uniqueName('small'), { topic: 'a topic that is much longer than any phone is wide, without end' })
  await ada.say(`${'x'.repeat(400)} https://example.org/${'path/'.repeat(60)}`)
  await ada.composer.fill('```\n' + 'a line of code that goes on and on '.repeat(10) + '\n```')
  await ada.composer.press('Enter')
  await ada.delivered('a line of code')
  const sideways = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(await sideways()).toBe(0)
  expect(await ada.log.evaluate((log) => log.scrollWidth - log.clientWidth)).toBe(0)
  await expect(ada.composer).toBeInViewport({ ratio: 1 })
  await page.getByRole('button', { name: 'Room menu' }).click()
  await page.getByRole('menuitem', { name: 'Jump to date' }).click()
  const dialog = page.getByRole('dialog', { name: 'Jump to date' })
  await expect(dialog.getByRole('button', { name: 'Jump' })).toBeInViewport({ ratio: 1 })
  expect(await sideways()).toBe(0)
  const glides = await page.evaluate(() => [...document.querySelectorAll('*')].filter((element) => {
    const style = getComputedStyle(element)
    return style.scrollBehavior === 'smooth' || [style.transitionDuration, style.animationDuration].some((times) => times.split(',').some((time) => Number.parseFloat(time) > 0.001))
  }).map((element) => element.className))
  expect(glides).toEqual([])
  // 200 % of a small laptop.
  await page.setViewportSize({ width: 640, height: 400 })
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  expect(await sideways()).toBe(0)
  await ada.say('Still readable')
  await expect(ada.message('Still readable')).toBeInViewport()
})
