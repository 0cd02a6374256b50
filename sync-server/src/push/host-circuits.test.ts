import { newId } from '@chatflow/shared/ids'
import { describe, expect, it } from 'vitest'
import { HostCircuits } from './host-circuits.ts'

const HOST = 'push.example.net'

describe('a push service', () => {
  const failTimes = (circuits: HostCircuits, times: number, now: number, user?: string): void => {
    for (let i = 0; i < times; i += 1) circuits.failed(HOST, user ?? newId(), now)
  }

  it('rests once three people in a row could not be told by it, and longer each time', () => {
    const circuits = new HostCircuits()
    failTimes(circuits, 2, 0)
    expect(circuits.resting(0)).toEqual([])
    failTimes(circuits, 1, 0)
    expect(circuits.resting(9_999)).toEqual([HOST])
    expect(circuits.resting(10_000)).toEqual([])
    // One is enough now.
    failTimes(circuits, 1, 10_000)
    expect(circuits.resting(29_999)).toEqual([HOST])
    expect(circuits.resting(30_000)).toEqual([])
    for (let i = 0; i < 20; i += 1) failTimes(circuits, 1, 30_000)
    expect(circuits.resting(30_000 + 600_000)).toEqual([])
  })

  it('never rests because of one person, however often their endpoint fails', () => {
    const circuits = new HostCircuits()
    failTimes(circuits, 100, 0, newId())
    expect(circuits.resting(0)).toEqual([])
  })

  it('is as good as new once it takes something', () => {
    const circuits = new HostCircuits()
    failTimes(circuits, 5, 0)
    circuits.worked(HOST)
    expect(circuits.resting(0)).toEqual([])
    failTimes(circuits, 2, 0)
    expect(circuits.resting(0)).toEqual([])
  })

  it('rests for as long as it asks', () => {
    const circuits = new HostCircuits()
    failTimes(circuits, 2, 0)
    circuits.failed(HOST, newId(), 0, 3_600_000)
    expect(circuits.resting(3_599_999)).toEqual([HOST])
  })

  it('that nothing was heard of for hours is forgotten', () => {
    const circuits = new HostCircuits()
    failTimes(circuits, 2, 0)
    circuits.sweep(4 * 3_600_000)
    failTimes(circuits, 2, 4 * 3_600_000)
    expect(circuits.resting(4 * 3_600_000)).toEqual([])
  })
})
