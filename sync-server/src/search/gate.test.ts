import { describe, expect, it, vi } from 'vitest'
import { createGate } from './gate.ts'

it('lets so many in at a time, fewer of one user, and the others in their order, also after a failure', async () => {
  const gate = createGate(3, 2, 4)
  const inside = new Set<string>()
  const ends = new Map<string, (ok: boolean) => void>()
  const enter = (name: string): Promise<unknown> =>
    gate(name.slice(0, 3), () => {
      inside.add(name)
      return new Promise((resolve, reject) => ends.set(name, (ok) => (ok ? resolve(name) : reject(new Error(name)))))
    }).finally(() => inside.delete(name))
  const all = ['ada1', 'ada2', 'ada3', 'ben1', 'ben2', 'eve1'].map((name) => ({ name, done: enter(name) }))
  const now = async () => {
    await new Promise((resolve) => setImmediate(resolve))
    return [...inside]
  }
  expect(await now()).toEqual(['ada1', 'ada2', 'ben1'])
  ends.get('ben1')?.(true)
  expect(await now()).toEqual(['ada1', 'ada2', 'ben2'])
  ends.get('ada1')?.(false)
  await expect(all[0]?.done).rejects.toThrow('ada1')
  expect(await now()).toEqual(['ada2', 'ben2', 'ada3'])
  for (const name of ['ada2', 'ben2', 'ada3']) ends.get(name)?.(true)
  expect(await now()).toEqual(['eve1'])
  ends.get('eve1')?.(true)
  expect(await now()).toEqual([])
})

describe('whoever waits', () => {
  const never = () => new Promise<never>(() => undefined)

  it('is refused where too many of the same user wait already; others are let in', async () => {
    const gate = createGate(2, 1, 2)
    void gate('ada', never)
    const waiting = [gate('ada', never), gate('ada', never)]
    await expect(gate('ada', never)).rejects.toMatchObject({ code: 'rate_limited', retryAfter: 1 })
    expect(await gate('ben', async () => 'in')).toBe('in')
    expect(waiting).toHaveLength(2)
  })

  it('and has gone away is not let in, and leaves the place to others', async () => {
    const gate = createGate(1, 1, 1)
    let end = (): void => undefined
    const first = gate('ada', () => new Promise<void>((resolve) => (end = resolve)))
    const gone = new AbortController()
    const work = vi.fn(async () => undefined)
    const left = gate('ada', work, gone.signal)
    gone.abort()
    await expect(left).rejects.toMatchObject({ code: 'rate_limited' })
    await expect(gate('ada', work, gone.signal)).rejects.toMatchObject({ code: 'rate_limited' })
    const next = gate('ada', async () => 'next')
    end()
    await first
    expect(await next).toBe('next')
    expect(work).not.toHaveBeenCalled()
  })
})
