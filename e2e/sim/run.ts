import type { Database } from '@chatflow/database'
import { vi } from 'vitest'
import { step } from './actions.ts'
import { violations } from './invariants.ts'
import { type Sabotage, World } from './world.ts'

export interface Outcome {
  seed: number
  violations: string[]
  steps: string[]
  /** What happened, for the check that a run was not vacuous. */
  counts: { messages: number; commands: number; rejected: number; frames: number }
}

const STEPS = 70
/** Virtual time begins here (ms). */
const START = Date.UTC(2026, 0, 1)

/** One world from its seed to quiescence. Stops at the first violation. */
export async function simulate(db: Database, seed: number, sabotage?: Sabotage, onFound?: (world: World) => Promise<void>): Promise<Outcome> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'], now: START })
  const world = await World.create(db, seed, sabotage)
  try {
    await world.pass(200)
    await world.flush(20)
    await world.makeRooms()
    await world.flush(20)
    let found: string[] = []
    for (let count = 0; count < STEPS && found.length === 0; count += 1) {
      await step(world)
      if (count % 10 === 9) {
        await world.settle()
        found = await violations(world, false)
      }
    }
    if (found.length === 0) {
      world.say('everything works again')
      await world.quiesce()
      found = await violations(world, true)
    }
    if (found.length > 0) await onFound?.(world)
    return { seed, violations: found, steps: world.steps, counts: await countsOf(world) }
  } finally {
    await world.end()
    vi.useRealTimers()
  }
}

async function countsOf(world: World): Promise<Outcome['counts']> {
  const row = (
    await world.rows.query<{ messages: number; commands: number; rejected: number }>(
      `select (select count(*) from messages) as messages, (select count(*) from commands) as commands,
              (select count(*) from commands where not accepted) as rejected`,
    )
  ).rows[0]
  return { messages: row?.messages ?? 0, commands: row?.commands ?? 0, rejected: row?.rejected ?? 0, frames: world.network.delivered }
}
