import { expect, test } from 'vitest'
import { smoothnessOf, type TraceEvent } from './trace.ts'

const main = (fields: Partial<TraceEvent>): TraceEvent => ({ name: 'RunTask', ph: 'X', ts: 0, pid: 1, tid: 1, ...fields })

test('a trace is read for its frames and the dropped ones, and for the tasks of the busiest page', () => {
  const frame = (at: number, state: string) => main({ name: 'PipelineReporter', ph: 'b', ts: at, args: { frame_reporter: { state, affects_smoothness: true } } })
  const read = smoothnessOf([
    main({ name: 'thread_name', ph: 'M', args: { name: 'CrRendererMain' } }),
    main({ name: 'thread_name', ph: 'M', pid: 2, args: { name: 'CrRendererMain' } }),
    main({ ts: 0, dur: 60_000 }),
    // Inside the one before.
    main({ ts: 10_000, dur: 20_000 }),
    main({ ts: 80_000, dur: 20_000 }),
    main({ pid: 2, ts: 0, dur: 5_000 }),
    ...[0, 16_700, 33_400, 100_000].map((ts) => main({ name: 'DrawFrame', ph: 'I', ts })),
    frame(0, 'STATE_PRESENTED_ALL'),
    frame(16_700, 'STATE_DROPPED'),
    frame(33_400, 'STATE_NO_UPDATE_DESIRED'),
  ])
  expect(read).toEqual({ frames: 4, perSecond: 30, dropped: 0.5, longTasks: 1, longestTask: 60, taskP95: 60, busy: 0.8 })
})
