import type { Browser, Page } from 'playwright-core'
import { type Smoothness, traced } from './trace.ts'
import { openRoom, quiet } from './world.ts'

export interface Scrolling {
  /** Reading back with the wheel, newest first. */
  wheel: Smoothness
  /** Dragging the scrollbar from the end to the beginning. */
  drag: Smoothness
}

/** px that a notch of a wheel moves. */
const NOTCH = 120
/** Notches a second, of somebody who looks for something. */
const PER_SECOND = 25

/** Scrolls through about `messages` messages and drags over the whole room. */
export async function measureScrolling(browser: Browser, page: Page, room: string, messages: number): Promise<Scrolling> {
  await openRoom(page, room)
  await quiet(page)
  const log = await page.getByRole('log').boundingBox()
  const bar = await page.getByRole('scrollbar', { name: 'Place in the room' }).boundingBox()
  if (log === null || bar === null) throw new Error('The room is not on the screen.')
  await page.mouse.move(log.x + log.width / 2, log.y + log.height / 2)
  const place = async (): Promise<number> => Number(await page.getByRole('scrollbar', { name: 'Place in the room' }).getAttribute('aria-valuenow'))
  const wheel = await traced(browser, page, async () => {
    const until = (await place()) - messages
    while ((await place()) > until) {
      const begun = performance.now()
      // Ten notches of a fast hand, then a look at where one is.
      for (let i = 1; i <= 10; i += 1) {
        await page.mouse.wheel(0, -NOTCH * 4)
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, begun + (i * 1000) / PER_SECOND - performance.now())))
      }
    }
  })
  await page.keyboard.press('End')
  await page.getByRole('button', { name: 'Jump to latest' }).click({ timeout: 2_000 }).catch(() => undefined)
  await quiet(page)
  const drag = await traced(browser, page, async () => {
    await page.mouse.move(bar.x + bar.width / 2, bar.y + bar.height - 4)
    await page.mouse.down()
    for (let y = bar.height - 4; y > 2; y -= 3) {
      await page.mouse.move(bar.x + bar.width / 2, bar.y + y)
      await new Promise((resolve) => setTimeout(resolve, 16))
    }
    await page.mouse.up()
  })
  await quiet(page)
  return { wheel, drag }
}
