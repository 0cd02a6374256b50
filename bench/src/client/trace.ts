import type { Browser, Page } from 'playwright-core'
import { percentile } from '../statistics.ts'

/** What Chromium's own tracing says about a stretch of time. */
export interface Smoothness {
  /** Frames that were drawn. */
  frames: number
  /** Of them in a second, from the first to the last. */
  perSecond: number
  /** Share of the frames that were due and never came. */
  dropped: number
  /** Tasks of the page's main thread above 50 ms. */
  longTasks: number
  /** ms. */
  longestTask: number
  /** ms, of tasks above 1 ms. */
  taskP95: number
  /** Share of the time in which the main thread worked. */
  busy: number
}

/** The fields of a trace event that are read here. Times in µs. */
export interface TraceEvent {
  name: string
  ph: string
  ts: number
  dur?: number
  pid: number
  tid: number
  args?: { name?: string; data?: { frames?: unknown[] }; frame_reporter?: { state?: string; affects_smoothness?: boolean } }
}

const CATEGORIES = ['disabled-by-default-devtools.timeline', 'disabled-by-default-devtools.timeline.frame', '__metadata']

/** Traces what `work` makes the page do. */
export async function traced(browser: Browser, page: Page, work: () => Promise<void>): Promise<Smoothness> {
  await browser.startTracing(page, { categories: CATEGORIES })
  await page.evaluate("performance.mark('work-begins')")
  await work()
  await page.evaluate("performance.mark('work-ends')")
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] }
  return smoothnessOf(traceEvents)
}

/** Reads a trace: the page's main thread is the one that worked most. */
export function smoothnessOf(events: readonly TraceEvent[]): Smoothness {
  const mains = new Map(events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain').map(({ pid, tid }) => [pid, tid]))
  const tasksOf = (pid: number, tid: number) => events.filter((event) => event.pid === pid && event.tid === tid && event.ph === 'X' && event.name.endsWith('RunTask'))
  const sum = (tasks: readonly TraceEvent[]) => tasks.reduce((total, { dur = 0 }) => total + dur, 0)
  const [page, tasks = []] = [...mains].map(([pid, tid]) => [pid, tasksOf(pid, tid)] as const).sort((a, b) => sum(b[1]) - sum(a[1]))[0] ?? []
  const outer = outermost(tasks)
  const drawn = events.filter(({ name, pid }) => name === 'DrawFrame' && pid === page).map(({ ts }) => ts).sort((a, b) => a - b)
  const reports = events.flatMap(({ name, ph, pid, args }) => (name === 'PipelineReporter' && ph === 'b' && pid === page && args?.frame_reporter ? [args.frame_reporter] : []))
  const due = reports.filter(({ state }) => state !== 'STATE_NO_UPDATE_DESIRED')
  const dropped = due.filter(({ state, affects_smoothness }) => state === 'STATE_DROPPED' && affects_smoothness === true)
  const durations = outer.map(({ dur = 0 }) => dur / 1000)
  const span = Math.max(...outer.map(({ ts, dur = 0 }) => ts + dur)) - Math.min(...outer.map(({ ts }) => ts))
  return {
    frames: drawn.length,
    perSecond: ((drawn.length - 1) * 1e6) / Math.max(1, (drawn.at(-1) ?? 0) - (drawn[0] ?? 0)),
    dropped: dropped.length / Math.max(1, due.length),
    longTasks: durations.filter((ms) => ms > 50).length,
    longestTask: Math.max(0, ...durations),
    taskP95: percentile(durations.filter((ms) => ms > 1), 95),
    busy: (durations.reduce((total, ms) => total + ms, 0) * 1000) / span,
  }
}

/** Tasks of one thread that lie in no other. */
function outermost(tasks: readonly TraceEvent[]): TraceEvent[] {
  let end = 0
  return tasks
    .toSorted((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0))
    .filter(({ ts, dur = 0 }) => {
      if (ts < end) return false
      end = ts + dur
      return true
    })
}
