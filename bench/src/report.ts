import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import type { Results } from './main.ts'
import type { Spread } from './statistics.ts'

const PAGE = new URL('../README.md', import.meta.url)
/** Figures stand between two marks of the page, those of the servers and those of the client each between their own. */
const BEGIN = { servers: '<!-- written by npm run bench -->', client: '<!-- written by npm run bench -- client -->', search: '<!-- written by npm run bench -- search -->' } as const
const END = '<!-- end -->'

/** Writes the servers' figures down and answers them. */
export function writeReport(results: readonly Results[], load: number, seconds: number): string {
  return writeFigures('servers', `${machineLine(load, seconds)}\n\n${table(results)}`)
}

/** Puts figures between their marks of bench/README.md and answers them; what is written around them stays. */
export function writeFigures(of: keyof typeof BEGIN, figures: string): string {
  const page = readFileSync(PAGE, 'utf8')
  const from = page.indexOf(BEGIN[of])
  const to = page.indexOf(END, from)
  if (from === -1 || to === -1) throw new Error(`bench/README.md has no place for the figures: ${BEGIN[of]}`)
  writeFileSync(PAGE, `${page.slice(0, from)}${BEGIN[of]}\n\n${figures}\n\n${page.slice(to)}`)
  return figures
}

/** When, on what, and how busy it was. */
export function machineLine(load: number, seconds: number): string {
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
