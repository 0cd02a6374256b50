/**
 * `npm run bench -- client`: how the screen behaves in Chromium, by Chromium's own tracing. Writes the figures into bench/README.md.
 */
import { existsSync } from 'node:fs'
import { loadavg } from 'node:os'
import { delimiter, join } from 'node:path'
import { machineLine, writeFigures } from '../report.ts'
import { measureSwitching, measureTyping, type Times } from './latencies.ts'
import { type Held, measureMemory } from './memory.ts'
import { measureScrolling, type Scrolling } from './scrolling.ts'
import type { Smoothness } from './trace.ts'
import { LONG, MIDDLE, openRoom, openWorld, SMALL_ROOMS } from './world.ts'

const SWITCHES = 12
const ROUNDS = 6
const LONG_ROOM = `room-${LONG}`
/** Rooms of the switching, the smallest first: its figures are the reference of the others. */
const ROOMS = [1, MIDDLE, LONG].map((messages) => ({ name: `room-${messages}`, newest: `No. ${messages + 1}` }))

/** Measures everything and writes it down. */
export async function benchClient(): Promise<void> {
  const begun = performance.now()
  const load = loadavg()[0] ?? 0
  const step = (what: string): void => console.log(`${((performance.now() - begun) / 1000).toFixed(0).padStart(3)} s  ${what}`)
  step('making rooms of 100 000 messages and less')
  const { browser, page, close } = await openWorld(chromiumPath())
  try {
    const small = Array.from({ length: SMALL_ROOMS }, (_, i) => `small-${i}`)
    step('memory: going through 60 rooms, six times')
    const memory = await measureMemory(page, small, LONG_ROOM, ROUNDS)
    step('switching rooms')
    const switching = await measureSwitching(page, ROOMS, small.slice(0, 4), SWITCHES)
    step('typing')
    await openRoom(page, LONG_ROOM)
    await page.getByRole('textbox', { name: 'Message', exact: true }).focus()
    const typing = await measureTyping(page)
    await page.getByRole('textbox', { name: 'Message', exact: true }).fill('')
    const bare = await browser.newPage()
    await bare.setContent('<textarea></textarea>')
    await bare.locator('textarea').focus()
    const reference = await measureTyping(bare)
    await bare.close()
    // A page in the background draws nothing.
    await page.bringToFront()
    // Last: until then everything that a new device fetches in the background has come.
    step('scrolling')
    const scrolling = await measureScrolling(browser, page, LONG_ROOM)
    const heading = `${machineLine(load, (performance.now() - begun) / 1000)} Chromium ${browser.version()}, without a graphics card.`
    console.log(writeFigures('client', `${heading}\n\n${table(scrolling, switching, { typing, reference }, memory)}`))
  } finally {
    await close()
  }
}

function table(scrolling: Scrolling, switching: ReadonlyMap<string, Times>, { typing, reference }: { typing: Times; reference: Times }, memory: readonly Held[]): string {
  const smallest = switching.get(ROOMS[0]?.name ?? '')
  const [, second, last] = [memory[0], memory[1], memory.at(-1)]
  const rows: [string, string][] = [
    ['**Scrolling** a room of 100 000 with the wheel, 1 500 px/s', ''],
    ...smooth(scrolling.reading),
    ['**Scrolling** at 12 000 px/s', ''],
    ...smooth(scrolling.fast),
    ['**Dragging** the scrollbar over the whole room', ''],
    ...smooth(scrolling.drag),
    ['**Switching** from the click to the newest message, ms, median / p95', ''],
    ...ROOMS.map(({ name }, i): [string, string] => {
      const times = switching.get(name)
      const ratio = i === 0 ? '' : `; ratio to the first ${((times?.median ?? NaN) / (smallest?.median ?? NaN)).toFixed(2)}`
      return [`${name.slice('room-'.length)} ${i === 0 ? 'message' : 'messages'}`, `${spread(times)}${ratio}`]
    }),
    ['**Typing** from the key to the frame, ms, median / p95', ''],
    ['in the room of 100 000', spread(typing)],
    ['reference: an empty page with a textarea', spread(reference)],
    ['ratio of the medians', (typing.median / reference.median).toFixed(2)],
    ['**Memory** after a round through 60 rooms and back through the long one', ''],
    ['heap after rounds 1 to 6', memory.map(({ heapBytes }) => `${(heapBytes / 1e6).toFixed(1)}`).join(', ') + ' MB'],
    ['ratio of round 6 to round 2: heap, DOM nodes, listeners', [ratioOf(last?.heapBytes, second?.heapBytes), ratioOf(last?.nodes, second?.nodes), ratioOf(last?.listeners, second?.listeners)].join(', ')],
  ]
  return ['| | |', '| --- | ---: |', ...rows.map(([name, value]) => `| ${name} | ${value} |`)].join('\n')
}

function smooth({ frames, perSecond, dropped, longTasks, longestTask, taskP95, busy }: Smoothness): [string, string][] {
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`
  return [
    ['frames drawn; in a second', `${frames}; ${perSecond.toFixed(1)}`],
    ['frames due that were dropped', percent(dropped)],
    ['tasks above 50 ms; the longest; 95 % are below', `${longTasks}; ${longestTask.toFixed(0)} ms; ${taskP95.toFixed(1)} ms`],
    ['main thread at work', percent(busy)],
  ]
}

function spread(times: Times | undefined): string {
  return `${(times?.median ?? NaN).toFixed(0)} / ${(times?.p95 ?? NaN).toFixed(0)}`
}

function ratioOf(value = NaN, reference = NaN): string {
  return (value / reference).toFixed(2)
}

function chromiumPath(): string | undefined {
  if (process.env['CHROMIUM']) return process.env['CHROMIUM']
  return (process.env['PATH'] ?? '').split(delimiter).map((path) => join(path, 'chromium')).find((path) => existsSync(path))
}
