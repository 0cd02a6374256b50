import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import type { Results } from './main.ts'
import type { Spread } from './statistics.ts'

const PAGE = new URL('../README.md', import.meta.url)
const BEGIN = '<!-- written by npm run bench -->'
const END = '<!-- end -->'

/** Puts the figures between the two marks of bench/README.md and answers them; what is written around them stays. */
export function writeReport(results: readonly Results[], load: number, seconds: number): string {
  const figures = `${machine(load, seconds)}\n\n${table(results)}`
  const page = readFileSync(PAGE, 'utf8')
  const [before, rest = ''] = page.split(BEGIN)
  writeFileSync(PAGE, `${before}${BEGIN}\n\n${figures}\n\n${END}${rest.split(END)[1] ?? ''}`)
  return figures
}

function machine(load: number, seconds: number): string {
  const [cpu] = cpus()
  const memory = Math.round(totalmem() / 2 ** 30)
  const date = new Date().toISOString().slice(0, 10)
  return `${date}, ${cpus().length} cores (${cpu?.model.trim()}), ${memory} GiB, ${process.platform}, Node ${process.versions.node}; load before the run ${load.toFixed(1)}; ${seconds.toFixed(0)} s.`
}

type Cell = (result: Results) => string

function table(results: readonly Results[]): string {
  const rows: [name: string, of: Cell][] = [
    ['**Latency**, ms, p50 / p99', () => ''],
    ['outbox → commit → log → other client', ({ latency }) => spread(latency.sent)],
    ['reference: direct Yjs write, bare Hocuspocus', ({ latency }) => spread(latency.direct)],
    ['ratio', ({ latency }) => `${ratio(latency.sent.p50, latency.direct.p50)} / ${ratio(latency.sent.p99, latency.direct.p99)}`],
    ['the app\'s own client, from Enter', ({ latency }) => spread(latency.entered)],
    ['**Messages per second**', () => ''],
    ...[1, 10].flatMap((rooms): [string, Cell][] => {
      const name = rooms === 1 ? 'one room' : `${rooms} rooms`
      return [
        [`${name}: sequencer, in process`, ({ sequencer }) => count(sequencer.get(rooms))],
        [`${name}: reference: plain inserts of the same rows`, ({ inserts }) => count(inserts.get(rooms))],
        [`${name}: ratio`, ({ sequencer, inserts }) => ratio(sequencer.get(rooms), inserts.get(rooms))],
        [`${name}: ten clients' outboxes over sockets`, ({ outboxes }) => count(outboxes.get(rooms))],
      ]
    }),
    ['**Opening a room**', () => ''],
    ...(results[0]?.opening ?? []).flatMap(({ messages }, i): [string, Cell][] => [
      [`of ${count(messages)}: received`, ({ opening }) => `${((opening[i]?.bytes ?? NaN) / 1000).toFixed(1)} kB`],
      [`of ${count(messages)}: until in sync`, ({ opening }) => `${opening[i]?.milliseconds.toFixed(0)} ms`],
      [`of ${count(messages)}: heap`, ({ opening }) => `${((opening[i]?.heapBytes ?? NaN) / 1000).toFixed(0)} kB`],
    ]),
    [
      'ratio large : small (bytes, time, heap)',
      ({ opening: [small, large] }) =>
        [ratio(large?.bytes, small?.bytes), ratio(large?.milliseconds, small?.milliseconds), ratio(large?.heapBytes, small?.heapBytes)].join(', '),
    ],
  ]
  const head = [`| | ${results.map(({ database }) => database).join(' | ')} |`, `| --- | ${results.map(() => '---:').join(' | ')} |`]
  return [...head, ...rows.map(([name, of]) => `| ${name} | ${results.map(of).join(' | ')} |`)].join('\n')
}

function spread({ p50, p99 }: Spread): string {
  return `${p50.toFixed(1)} / ${p99.toFixed(1)}`
}

function ratio(value = NaN, reference = NaN): string {
  return (value / reference).toFixed(2)
}

function count(value = NaN): string {
  return Math.round(value).toLocaleString('en-US').replaceAll(',', ' ')
}
