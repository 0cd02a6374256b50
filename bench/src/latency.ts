import type { Id } from '@chatflow/shared/ids'
import { BenchClient } from './bench-client.ts'
import { percentile } from './statistics.ts'

export interface Latency {
  p50: number
  p99: number
}

/** ms from pressing Enter on one device to the message being in the replica of another, one message after the other. */
export async function measureLatency(url: string, usernames: readonly [string, string], room: Id, messages: number): Promise<Latency> {
  const sender = await BenchClient.connect(url, usernames[0])
  const reader = await BenchClient.connect(url, usernames[1])
  for (const client of [sender, reader]) client.core.openRoom(room)
  await Promise.all([sender, reader].map((client) => client.until(() => client.core.rooms.held(room)?.isLoading === false)))
  const times: number[] = []
  for (let i = 0; i < messages + WARM_UP; i += 1) {
    const begun = performance.now()
    const id = await sender.core.enqueue({ type: 'message.send', room, text: `Message ${i} of the measurement.` })
    await reader.until(() => reader.core.rooms.held(room)?.find(id) !== undefined)
    if (i >= WARM_UP) times.push(performance.now() - begun)
  }
  await sender.close()
  await reader.close()
  return { p50: percentile(times, 50), p99: percentile(times, 99) }
}

const WARM_UP = 20
