import type { Database } from '@chatflow/database'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { simulate } from './run.ts'
import { SABOTAGES } from './sabotage.ts'
import { World } from './world.ts'

/** A switched-off measure has this many seeds to be noticed. */
const SEEDS = 120

describe('the simulation notices when a measure is switched off', () => {
  let db: Database

  beforeAll(async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    db = await World.openDatabase()
  })

  afterAll(() => db.close())

  it.each(SABOTAGES)('$name', async (sabotage) => {
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      const { violations } = await simulate(db, seed, sabotage)
      if (!violations.some((violation) => sabotage.breaks.test(violation))) continue
      if (process.env['SIM_VERBOSE'] !== undefined) console.log(sabotage.name, 'at seed', seed, violations.slice(0, 3))
      return
    }
    expect.fail(`${SEEDS} seeds did not notice`)
  })
})
