import type { CDPSession, Page } from 'playwright-core'
import { openRoom, quiet } from './world.ts'

/** What the page holds after one round of the same walk, garbage collected. */
export interface Held {
  heapBytes: number
  nodes: number
  listeners: number
}

/** Goes through all rooms and back through a long one, several times. */
export async function measureMemory(page: Page, rooms: readonly string[], long: string, rounds: number): Promise<Held[]> {
  const devtools = await page.context().newCDPSession(page)
  const held: Held[] = []
  for (let round = 0; round < rounds; round += 1) {
    for (const room of rooms) await openRoom(page, room)
    await openRoom(page, long)
    const log = await page.getByRole('log').boundingBox()
    if (log === null) throw new Error('The room is not on the screen.')
    await page.mouse.move(log.x + log.width / 2, log.y + log.height / 2)
    for (let i = 0; i < 60; i += 1) {
      await page.mouse.wheel(0, -1_200)
      await page.evaluate('new Promise((resolve) => requestAnimationFrame(resolve))')
    }
    await openRoom(page, rooms[0] ?? long)
    await quiet(page)
    held.push(await look(devtools))
  }
  await devtools.detach()
  return held
}

async function look(devtools: CDPSession): Promise<Held> {
  for (let i = 0; i < 3; i += 1) await devtools.send('HeapProfiler.collectGarbage')
  const { usedSize } = await devtools.send('Runtime.getHeapUsage')
  const { nodes, jsEventListeners } = await devtools.send('Memory.getDOMCounters')
  return { heapBytes: usedSize, nodes, listeners: jsEventListeners }
}
