import { expect, it } from 'vitest'
import { createGate } from './gate.ts'

it('lets so many in at a time, fewer of one user, and the others in their order, also after a failure', async () => {
  const gate = createGate(3, 2)
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
