import type { Id } from '@chatflow/shared/ids'
import { BenchClient } from './bench-client.ts'
import { percentile } from './statistics.ts'

export interface Opening {
  kilobytes: number
  milliseconds: number
  /** Heap that the opened room keeps, in kB. */
  heapKilobytes: number
}

/** What a device that has never been here pays for seeing the newest of a room, connecting included: median of several devices. */
export async function measureOpening(url: string, username: string, room: Id, head: number, devices: number): Promise<Opening> {
  const runs: Opening[] = []
  for (let i = 0; i < devices + WARM_UP; i += 1) {
    const client = await BenchClient.create(url, username)
    const heap = settledHeap()
    const begun = performance.now()
    client.core.openRoom(room)
    client.core.start()
    await client.until(() => client.holds(room, head))
    const milliseconds = performance.now() - begun
    await client.until(() => client.core.rooms.held(room)?.settled === true)
    const run = { milliseconds, kilobytes: client.bytes / 1000, heapKilobytes: (settledHeap() - heap) / 1000 }
    if (i >= WARM_UP) runs.push(run)
    await client.close()
  }
  const median = (of: (run: Opening) => number): number => percentile(runs.map(of), 50)
  return { milliseconds: median((run) => run.milliseconds), kilobytes: median((run) => run.kilobytes), heapKilobytes: median((run) => run.heapKilobytes) }
}

/** The first devices make the server load the segments, and Node compile the code. */
const WARM_UP = 2

function settledHeap(): number {
  if (!globalThis.gc) throw new Error('Run with --expose-gc.')
  globalThis.gc()
  globalThis.gc()
  return process.memoryUsage().heapUsed
}
