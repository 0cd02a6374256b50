import type { Page } from '@playwright/test'
import { newId } from '@chatflow/shared/ids'
import { Person, uniqueName } from './harness/person.ts'
import { expect, test } from './harness/test.ts'
import { Account, command } from './support/account.ts'

const MESSAGES = 4_000
const AT_ONCE = 100

/** Numbers of the messages that stand fully on the screen, from above. */
function onScreen(page: Page): Promise<number[]> {
  return page.getByRole('log').evaluate((log) => {
    const { top, bottom } = log.getBoundingClientRect()
    const rows = [...log.querySelectorAll('article')].map((row) => ({ box: row.getBoundingClientRect(), number: Number(/number (\d+)/.exec(row.textContent)?.[1]) }))
    return rows.filter(({ box }) => box.top >= top && box.bottom <= bottom).map(({ number }) => number)
  })
}

test('[R7] the scrollbar leads anywhere in a long room without loading what lies between, and back to the newest', async ({ browser, person, server }) => {
  const ada = await person('ada')
  const name = uniqueName('archive')
  await ada.createRoom(name)
  const room = ada.page.url().split('/rooms/')[1] ?? ''
  const writer = await Account.login(server.url, ada.username)
  const first = newId()
  for (let from = 1; from <= MESSAGES; from += AT_ONCE) {
    const batch = Array.from({ length: AT_ONCE }, (_, i) => ({ ...command({ type: 'message.send', room, text: `number ${from + i}` }), ...(from + i === 1 ? { id: first } : {}) }))
    await writer.command(server.url, ...batch)
  }
  await expect(ada.message(`number ${MESSAGES}`)).toBeVisible()

  // On a device that has nothing of the room, so that what it asks for is what it needs.
  const context = await browser.newContext({ baseURL: server.url })
  const page = await context.newPage()
  const other = new Person(context, page, ada.username)
  const asked = new Set<number>()
  page.on('websocket', (socket) => {
    socket.on('framesent', ({ payload }) => {
      const segment = new RegExp(`room/${room}/log/(\\d+)`).exec(payload.toString())?.[1]
      if (segment !== undefined) asked.add(Number(segment))
    })
  })
  await page.goto('/')
  await other.signIn()
  await other.openRoom(name)
  await expect(other.message(`number ${MESSAGES}`)).toBeVisible()
  const bar = page.getByRole('scrollbar', { name: 'Place in the room' })
  const box = await bar.boundingBox()
  if (box === null) throw new Error('The scrollbar is not there.')

  await bar.click({ position: { x: box.width / 2, y: 2 } })
  await expect(other.message('number 1').first()).toBeVisible()
  await expect.poll(async () => (await onScreen(page))[0]).toBeLessThan(30)
  await bar.click({ position: { x: box.width / 2, y: box.height / 2 } })
  await expect.poll(async () => Math.abs(((await onScreen(page))[0] ?? 0) - MESSAGES / 2)).toBeLessThan(60)
  const middle = await onScreen(page)
  expect(middle).toEqual(Array.from({ length: middle.length }, (_, i) => (middle[0] ?? 0) + i))
  // Of 16 segments, those around the places that were looked at: both jumps pass over what lies between.
  for (const segment of [0, 7]) expect(asked).toContain(segment)
  for (const segment of [3, 4, 11, 12]) expect(asked).not.toContain(segment)

  await page.getByRole('button', { name: 'Jump to latest' }).click()
  await expect(other.message(`number ${MESSAGES}`)).toBeVisible()
  await context.close()
})
