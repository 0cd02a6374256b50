import type { Page } from 'playwright-core'
import { percentile } from '../statistics.ts'
import { openRoom, quiet, roomLink } from './world.ts'

export interface Times {
  median: number
  p95: number
}

const timesOf = (values: readonly number[]): Times => ({ median: percentile(values, 50), p95: percentile(values, 95) })

/** ms from the event to the frame in which `done` (a JavaScript expression) held, as painted. `window.took` will be it. */
const watch = (event: string, done: string) => `
  window.took = new Promise((resolve) => {
    document.addEventListener('${event}', (event) => {
      const begun = event.timeStamp
      const look = () => requestAnimationFrame(() => {
        if (!(${done})) return look()
        const channel = new MessageChannel()
        channel.port1.onmessage = () => resolve(performance.now() - begun)
        channel.port2.postMessage(0)
      })
      look()
    }, { once: true, capture: true })
  }); 0`

async function took(page: Page): Promise<number> {
  return (await page.evaluate('window.took')) as number
}

/** From the click on a room in the sidebar until its newest message is painted, for each room; between them others are opened, so that they come from the device's storage. */
export async function measureSwitching(page: Page, rooms: readonly { name: string; newest: string }[], others: readonly string[], rounds: number): Promise<Map<string, Times>> {
  for (const { name } of rooms) await openRoom(page, name)
  const found = new Map<string, number[]>(rooms.map(({ name }) => [name, []]))
  for (let round = 0; round < rounds; round += 1) {
    for (const { name, newest } of rooms) {
      for (const other of others) await openRoom(page, other)
      await quiet(page)
      await roomLink(page, name).scrollIntoViewIfNeeded()
      await page.evaluate(watch('click', `document.querySelector('h1')?.textContent === ${JSON.stringify(name)} && document.querySelector('[role=log]')?.textContent.includes(${JSON.stringify(newest)})`))
      await roomLink(page, name).click()
      found.get(name)?.push(await took(page))
    }
  }
  return new Map([...found].map(([name, values]) => [name, timesOf(values)]))
}

const TYPED = 'the quick brown fox jumps over the lazy dog while the ferry leaves'

/** From a key to the frame that shows it, in the textbox that has the focus. */
export async function measureTyping(page: Page): Promise<Times> {
  const values: number[] = []
  for (const letter of TYPED) {
    await page.evaluate(watch('keydown', 'true'))
    await page.keyboard.press(letter === ' ' ? 'Space' : letter)
    values.push(await took(page))
  }
  return timesOf(values.slice(5))
}
