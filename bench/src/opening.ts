import { Account } from '@chatflow/e2e/account'
import { segmentOf, segmentRange } from '@chatflow/shared/doc-names'
import type { Id } from '@chatflow/shared/ids'
import { BenchClient } from './bench-client.ts'
import { percentile } from './statistics.ts'

/** What opening a room costs; `bytes` as they came over the WebSocket. */
export interface Opening {
  bytes: number
  milliseconds: number
  heapBytes: number
}

export interface History {
  username: string
  room: Id
  messages: number
}

const DEVICES = 15
/** The first devices make the server load the segments, and Node compile the code. */
const WARM_UP = 3

/** What a device that has never been here pays for its user document, a room and the newest two segments, connecting included: medians. The rooms take turns. */
export async function measureOpening(url: string, histories: readonly History[]): Promise<Opening[]> {
  const accounts = await Promise.all(histories.map(({ username }) => Account.login(url, username)))
  const runs: Opening[][] = histories.map(() => [])
  for (let i = 0; i < WARM_UP + DEVICES; i += 1) {
    for (const [which, history] of histories.entries()) {
      const run = await openOnce(url, accounts[which] as Account, history)
      if (i >= WARM_UP) runs[which]?.push(run)
    }
  }
  return runs.map((devices) => {
    const median = (of: (run: Opening) => number): number => percentile(devices.map(of), 50)
    return { bytes: median((run) => run.bytes), milliseconds: median((run) => run.milliseconds), heapBytes: median((run) => run.heapBytes) }
  })
}

async function openOnce(url: string, account: Account, { room, messages }: History): Promise<Opening> {
  const client = await BenchClient.create(url, account)
  const heap = settledHeap()
  const begun = performance.now()
  client.core.openRoom(room)
  client.core.start()
  const { first } = segmentRange(segmentOf(messages) - 1)
  await client.until(() => client.holds(room, messages) && client.holds(room, first) && client.core.rooms.held(room)?.settled === true)
  const milliseconds = performance.now() - begun
  const run = { milliseconds, bytes: client.bytes, heapBytes: settledHeap() - heap }
  await client.close()
  return run
}

function settledHeap(): number {
  if (!globalThis.gc) throw new Error('Run with --expose-gc.')
  globalThis.gc()
  globalThis.gc()
  return process.memoryUsage().heapUsed
}
