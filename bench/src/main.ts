/**
 * `npm run bench`: what ChatFlow does on this machine, on both databases, written to bench/README.md.
 * The server runs in a process of its own; the clients are the real client core on real sockets.
 */
import { startPostgres } from '@chatflow/database/testing'
import { TestServer } from '@chatflow/e2e/server'
import { newId } from '@chatflow/shared/ids'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { signIn } from './bench-client.ts'
import { type Latency, measureLatency } from './latency.ts'
import { measureOpening, type Opening } from './opening.ts'
import { prepare } from './prepare.ts'
import { report } from './report.ts'
import { measureThroughput } from './throughput.ts'

export interface Results {
  database: string
  latency: Latency
  /** Messages per second, by number of rooms. */
  throughput: Map<number, number>
  /** By number of messages in the room. */
  opening: Map<number, Opening>
}

/** Both end with a full segment, so that the two may be compared. */
const HISTORIES = [1_024, 102_400]
const PEOPLE = 6

// The heap is measured, so the collector must be at hand.
if (!globalThis.gc) {
  const again = spawnSync(process.execPath, ['--expose-gc', ...process.argv.slice(1)], { stdio: 'inherit' })
  process.exit(again.status ?? 1)
}

const results: Results[] = [await measure('PGlite (embedded)', undefined)]
const postgres = await startPostgres()
try {
  results.push(await measure('Postgres', postgres.url))
} finally {
  await postgres.stop()
}
const page = report(results)
writeFileSync(new URL('../README.md', import.meta.url), page)
console.log(page)
process.exit(0)

async function measure(database: string, url: string | undefined): Promise<Results> {
  const dataDir = mkdtempSync(join(tmpdir(), 'chatflow-bench-'))
  console.log(`${database}: preparing ...`)
  const { users, histories } = await prepare(url === undefined ? { dataDir } : { url }, PEOPLE, HISTORIES)
  const server = new TestServer({ folder: dataDir, databaseUrl: url, client: false })
  await server.start()
  try {
    const names = users.map((user) => user.username)
    const [ada = '', ben = '', ...writers] = names.slice(HISTORIES.length - 2)
    console.log(`${database}: opening rooms ...`)
    const opening = new Map<number, Opening>()
    for (const [i, messages] of HISTORIES.entries()) {
      opening.set(messages, await measureOpening(server.url, names[i] ?? '', histories.get(messages) ?? '', messages, 9))
    }
    console.log(`${database}: latency ...`)
    const latency = await measureLatency(server.url, [ada, ben], await sharedRoom(server.url, ada, ben), 500)
    console.log(`${database}: throughput ...`)
    const throughput = new Map<number, number>()
    for (const rooms of [1, 10]) throughput.set(rooms, await measureThroughput(server.url, writers, rooms, 10_000))
    return { database, latency, throughput, opening }
  } finally {
    await server.dispose()
  }
}

async function sharedRoom(url: string, owner: string, other: string): Promise<string> {
  const room = newId()
  const create = { v: 1, id: newId(), type: 'room.create', at: Date.now(), room, kind: 'public', name: 'latency', members: [(await signIn(url, other)).user.id] }
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${(await signIn(url, owner)).accessToken}` }
  const answer = await fetch(`${url}/api/commands`, { method: 'POST', headers, body: JSON.stringify({ commands: [create] }) })
  if (!answer.ok) throw new Error(`The room could not be made: ${await answer.text()}`)
  return room
}
