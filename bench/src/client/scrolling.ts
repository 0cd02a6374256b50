import type { Browser, Page } from 'playwright-core'
import { type Smoothness, traced } from './trace.ts'
import { openRoom, quiet } from './world.ts'

export interface Scrolling {
  /** Reading back quickly, newest first. */
  reading: Smoothness
  /** As fast as a wheel that spins freely. */
  fast: Smoothness
  /** Dragging the scrollbar from the end to the beginning. */
  drag: Smoothness
}

/** px/s. */
const READING = 1_500
const FAST = 12_000
/** s that each of them lasts. */
const LASTS = 5

/** Scrolls back through the room and drags over all of it. */
export async function measureScrolling(browser: Browser, page: Page, room: string): Promise<Scrolling> {
  await openRoom(page, room)
  await quiet(page)
  const devtools = await page.context().newCDPSession(page)
  const log = await page.getByRole('log').boundingBox()
  const bar = await page.getByRole('scrollbar', { name: 'Place in the room' }).boundingBox()
  if (log === null || bar === null) throw new Error('The room is not on the screen.')
  /** Chromium turns the wheel anew for each frame, so that each has something to show. */
  const back = (speed: number) =>
    traced(browser, page, async () => {
      await devtools.send('Input.synthesizeScrollGesture', { x: log.x + log.width / 2, y: log.y + log.height / 2, yDistance: speed * LASTS, speed, gestureSourceType: 'mouse' })
    })
  const reading = await back(READING)
  const fast = await back(FAST)
  await page.getByRole('button', { name: 'Jump to latest' }).click()
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
  return { reading, fast, drag }
}
