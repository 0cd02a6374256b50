import { expect, it } from 'vitest'
import { simulate } from './run.ts'
import { World } from './world.ts'
import { vi } from 'vitest'
vi.spyOn(console, 'error').mockImplementation(() => undefined)
vi.spyOn(console, 'warn').mockImplementation(() => undefined)
it('runs', async () => {
  const db = await World.openDatabase()
  const from = Number(process.env['FROM'] ?? 1), to = Number(process.env['TO'] ?? 3)
  for (let seed = from; seed <= to; seed += 1) {
    const at = performance.now()
    const outcome = await simulate(db, seed)
    console.log(seed, Math.round(performance.now() - at), JSON.stringify(outcome.counts), outcome.violations.slice(0, 6))
    if (outcome.violations.length && process.env['STEPS']) console.log(outcome.steps.join('\n'))
  }
  expect(1).toBe(1)
})
