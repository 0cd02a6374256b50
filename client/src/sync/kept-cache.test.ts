import { describe, expect, it } from 'vitest'
import { createMemoryPlatform } from '../platform/memory-platform.ts'
import { KeptCache } from './kept-cache.ts'
import { ManualClock } from './testing/manual-clock.ts'

function cache(values = createMemoryPlatform({ WebSocket: undefined }).keyValue) {
  const clock = new ManualClock()
  const counted = { times: 0 }
  const kept = new KeptCache({ values, clock, key: 'count', after: 500, content: () => ({ count: (counted.times += 1) }) })
  return { values, clock, counted, kept, stored: () => values.get('count') }
}

describe('a cache that is kept', () => {
  it('is written a moment after the first of many changes, once', async () => {
    const { clock, counted, kept, stored } = cache()
    kept.changed()
    kept.changed()
    await clock.pass(499)
    expect(stored()).toBeUndefined()
    await clock.pass(1)
    expect([stored(), counted.times]).toEqual(['{"count":1}', 1])
    kept.changed()
    await clock.pass(500)
    expect(stored()).toBe('{"count":2}')
  })

  it('is there again for the next page, unless it is damaged', () => {
    const first = cache()
    const loaded: unknown[] = []
    first.kept.load((kept) => loaded.push(kept))
    first.kept.keep()
    cache(first.values).kept.load((kept) => loaded.push(kept))
    first.values.set('count', '{"count":')
    cache(first.values).kept.load((kept) => loaded.push(kept))
    first.values.set('count', 'null')
    cache(first.values).kept.load((kept) => loaded.push((kept as { count: number }).count))
    expect(loaded).toEqual([{ count: 1 }])
  })

  it('is kept for the last time when it is stopped, or not at all', async () => {
    for (const keep of [true, false]) {
      const { clock, kept, stored } = cache()
      kept.changed()
      kept.stop(keep)
      kept.changed()
      await clock.pass(10_000)
      expect(stored()).toBe(keep ? '{"count":1}' : undefined)
    }
  })
})
