/**
 * `npm test`: installs what it needs, runs every layer even if an earlier one failed, and ends with one line that counts.
 * `--checks` runs only what needs no service; `--only unit,browser` runs the named layers.
 */
import { parseArgs } from 'node:util'
import type { Count, Layer, LayerResult } from './test/layer.ts'
import { ALL_LANES, CHECK_LANES } from './test/layers.ts'
import { installRequirements } from './test/requirements.ts'

interface Row extends Count {
  name: string
  seconds: number
}

const { values } = parseArgs({ options: { checks: { type: 'boolean', default: false }, only: { type: 'string' } } })
const only = values.only?.split(',')
const lanes = (values.checks ? CHECK_LANES : ALL_LANES).map((lane) => lane.filter((layer) => !only || only.includes(layer.name)))

if (!values.checks) {
  const missing = installRequirements()
  if (missing.length > 0) {
    for (const line of missing) console.error(line)
    process.exit(1)
  }
}

const rows: Row[] = []
const failures: string[] = []
await Promise.all(lanes.map(runLane))
// Once more at the end, where a log that was cut still shows them.
for (const failure of failures) console.log(`${failure}\n`)
printTable()
const passed = sum((row) => row.passed)
const failed = sum((row) => row.failed)
process.exitCode = failed > 0 || passed === 0 ? 1 : 0
console.log(`${passed} passed, ${failed} failed`)

async function runLane(lane: readonly Layer[]): Promise<void> {
  for (const layer of lane) {
    const begun = performance.now()
    console.log(`> ${layer.name} ...`)
    const result = await layer.run().catch((error: unknown): LayerResult => ({ passed: 0, failed: 1, output: String(error), failures: [String(error)] }))
    const seconds = (performance.now() - begun) / 1000
    rows.push({ name: layer.name, passed: result.passed, failed: result.failed, seconds })
    failures.push(...result.failures.map((failure) => `FAILED ${layer.name}: ${failure}`))
    console.log(`\n=== ${layer.name}: ${result.passed} passed, ${result.failed} failed, ${seconds.toFixed(1)} s\n${result.output.trimEnd()}\n`)
  }
}

function printTable(): void {
  const line = (name: string, ...cells: string[]): string => `${name.padEnd(18)}${cells.map((cell) => cell.padStart(10)).join('')}`
  console.log(line('layer', 'passed', 'failed', 'seconds'))
  for (const row of rows) console.log(line(row.name, String(row.passed), String(row.failed), row.seconds.toFixed(1)))
}

function sum(of: (row: Row) => number): number {
  return rows.reduce((total, row) => total + of(row), 0)
}
