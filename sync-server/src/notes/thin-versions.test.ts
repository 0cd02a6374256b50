import { describe, expect, it } from 'vitest'
import { type KeptVersion, thinVersions } from './thin-versions.ts'

const HOUR = 3_600_000
/** Newest first, an hour apart. */
const hourly = (count: number, bytes = 1): KeptVersion[] => Array.from({ length: count }, (_, i) => ({ id: `v${count - i}`, at: (count - i) * HOUR, bytes }))
const left = (versions: readonly KeptVersion[], limits: { most: number; mostBytes: number }): KeptVersion[] => {
  const gone = new Set(thinVersions(versions, limits))
  return versions.filter(({ id }) => !gone.has(id))
}

describe('versions that are let go', () => {
  it('are none while there are few enough', () => {
    expect(thinVersions(hourly(50), { most: 50, mostBytes: 1_000 })).toEqual([])
    expect(thinVersions([], { most: 50, mostBytes: 1_000 })).toEqual([])
  })

  it('are those closest to their neighbours, never the newest ten nor the oldest', () => {
    const versions = [...hourly(20)]
    versions.splice(15, 0, { id: 'close', at: 4.99 * HOUR, bytes: 1 })
    expect(thinVersions(versions, { most: 20, mostBytes: 1_000 })).toEqual(['v5'])
    const kept = left(hourly(200), { most: 30, mostBytes: 1_000 })
    expect(kept).toHaveLength(30)
    expect(kept.slice(0, 10).map(({ id }) => id)).toEqual(hourly(200).slice(0, 10).map(({ id }) => id))
    expect(kept.at(-1)?.id).toBe('v1')
  })

  it('leave, however long it goes on, the recent past dense and the distant one covered', () => {
    let versions: KeptVersion[] = []
    for (const version of hourly(1_000).reverse()) versions = left([version, ...versions], { most: 50, mostBytes: 1_000 })
    expect(versions).toHaveLength(50)
    const gaps = versions.slice(1).map(({ at }, i) => (versions[i]?.at ?? 0) - at)
    expect(gaps.slice(0, 9)).toEqual(Array(9).fill(HOUR))
    expect(Math.max(...gaps)).toBeLessThan(100 * HOUR)
  })

  it('make room for bytes too, and one version always stays', () => {
    expect(left(hourly(40, 10), { most: 50, mostBytes: 200 }).reduce((sum, { bytes }) => sum + bytes, 0)).toBe(200)
    expect(left(hourly(5, 100), { most: 50, mostBytes: 250 })).toHaveLength(2)
    expect(left(hourly(1, 1_000), { most: 50, mostBytes: 250 })).toHaveLength(1)
  })
})
