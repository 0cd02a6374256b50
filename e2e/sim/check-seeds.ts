import type { Database } from '@chatflow/database'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Outcome, simulate } from './run.ts'
import { World } from './world.ts'

/** Seeds of `npm test`; `npm run sim -- --seeds N --from M` asks for others. */
const SEEDS = Number(process.env['SIM_SEEDS'] ?? 200)
const FROM = Number(process.env['SIM_FROM'] ?? 1)
const PER_TEST = 10

/** Declares the tests of one of `shards` parts of the seeds: two files run side by side on two cores. */
export function checkSeeds(shard: number, shards: number, first: readonly number[]): void {
  const seeds = [...first, ...Array.from({ length: SEEDS }, (_, index) => FROM + index).filter((seed) => seed % shards === shard)]
  const groups = Array.from({ length: Math.ceil(seeds.length / PER_TEST) }, (_, index) => seeds.slice(index * PER_TEST, (index + 1) * PER_TEST))

  describe('two servers, one database, a bad network', () => {
    let db: Database
    const outcomes: Outcome[] = []

    beforeAll(async () => {
      // Hocuspocus and refused stores print what the simulation causes on purpose.
      vi.spyOn(console, 'error').mockImplementation(() => undefined)
      vi.spyOn(console, 'warn').mockImplementation(() => undefined)
      db = await World.openDatabase()
    })

    afterAll(() => db.close())

    it.each(groups)('[R1] [R2] [R3] [R4] [R5] [R8] hold for seeds %i, ...', async (...group) => {
      for (const seed of group) {
        const outcome = await simulate(db, seed)
        outcomes.push(outcome)
        expect(outcome.violations, `seed ${seed}, after\n${outcome.steps.join('\n')}`).toEqual([])
      }
    })

    it('the runs were not vacuous', () => {
      const sum = (of: (counts: Outcome['counts']) => number): number => outcomes.reduce((total, { counts }) => total + of(counts), 0) / outcomes.length
      expect(sum((counts) => counts.messages)).toBeGreaterThan(10)
      expect(sum((counts) => counts.commands)).toBeGreaterThan(20)
      expect(sum((counts) => counts.rejected)).toBeGreaterThan(1)
      expect(sum((counts) => counts.frames)).toBeGreaterThan(300)
      const steps = outcomes.flatMap((outcome) => outcome.steps).join('\n')
      for (const fault of ['is killed', 'will die between', 'the database fails', 'crashes', 'goes offline', 'is restored', 'removes cleo', 'bans cleo', 'archives the room', 'reopens the room', 'reports', 'settles a report', 'schedules a message', 'takes back what is scheduled', 'discards', 'falls asleep']) {
        expect(steps).toContain(fault)
      }
    })
  })
}
