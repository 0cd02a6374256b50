/**
 * `npm run bench`: what ChatFlow does on this machine, on both databases, each figure beside a reference from the same run.
 * Writes the figures into bench/README.md.
 */
import { openDatabase } from '@chatflow/database'
import { freshDatabase, startPostgres } from '@chatflow/database/testing'
import { preparePeople, type PreparedPerson as Person } from '@chatflow/e2e/prepare-people'
import { TestServer } from '@chatflow/e2e/server'
import { spawnSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Latency, measureLatency } from './latency.ts'
import { measureOpening, type History, type Opening } from './opening.ts'
import { prepareHistory } from './prepare.ts'
import { writeReport } from './report.ts'
import { measureInserts, measureOutboxes, measureSequencer, type Rates } from './throughput.ts'

export interface Results {
  database: string
  latency: Latency
  sequencer: Rates
  inserts: Rates
  outboxes: Rates
  opening: (Opening & { messages: number })[]
}

/** Both with 232 messages in the newest segment, so that what is shown is the same. */
const HISTORIES = [3 * 256 + 232, 390 * 256 + 232]
const WRITERS = 10

if (process.argv[2] === 'client') {
  const { benchClient } = await import('./client/main.ts')
  await benchClient()
  process.exit(0)
}
if (process.argv[2] === 'search') {
  const { benchSearch } = await import('./search.ts')
  await benchSearch()
  process.exit(0)
}
// The heap is measured, so the collector must be at hand.
if (!globalThis.gc) {
  const again = spawnSync(process.execPath, ['--expose-gc', ...process.argv.slice(1)], { stdio: 'inherit' })
  process.exit(again.status ?? 1)
}

const begun = performance.now()
const load = loadavg()[0] ?? 0
const results: Results[] = [await measure('embedded PGlite')]
const postgres = await startPostgres({ durable: true })
try {
  results.push(await measure('PostgreSQL', await freshDatabase(postgres.url)))
} finally {
  await postgres.stop()
}
console.log(writeReport(results, load, (performance.now() - begun) / 1000))
process.exit(0)

async function measure(database: string, databaseUrl?: string): Promise<Results> {
  const folder = mkdtempSync(join(tmpdir(), 'chatflow-bench-'))
  const step = (what: string): void => console.log(`${((performance.now() - begun) / 1000).toFixed(0).padStart(3)} s  ${database}: ${what}`)

  step('making accounts and histories')
  const db = await openDatabase({ url: databaseUrl, dataDir: folder })
  const people = await preparePeople(db, WRITERS + HISTORIES.length)
  const writers = people.slice(0, WRITERS)
  const histories: History[] = []
  for (const [i, messages] of HISTORIES.entries()) {
    const member = people[WRITERS + i] as Person
    histories.push({ username: member.username, room: await prepareHistory(db, member, messages), messages })
  }
  step('the sequencer in this process')
  const sequencer = await measureSequencer(db, writers)
  const inserts = await measureInserts(db, writers[0] as Person)
  await db.close()

  const server = await TestServer.start({ folder, databaseUrl, client: false })
  try {
    step('opening rooms')
    const opening = (await measureOpening(server.url, histories)).map((cost, i) => ({ ...cost, messages: HISTORIES[i] ?? 0 }))
    step('latency')
    const latency = await measureLatency(server.url, [people[0]?.username ?? '', people[1]?.username ?? ''])
    step('the sequencer behind sockets')
    const outboxes = await measureOutboxes(server.url, writers.map(({ username }) => username))
    return { database, latency, sequencer, inserts, outboxes, opening }
  } finally {
    await server.dispose()
  }
}
