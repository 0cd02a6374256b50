import { CodedError } from '@chatflow/shared/errors'

export type Gate = <T>(key: string, work: () => Promise<T>, signal?: AbortSignal) => Promise<T>

/**
 * Lets so many in at a time, and so many for one key; the others wait, in the order in which they came. Where so many of a key wait already, one more is refused (`rate_limited`);
 * and whoever goes away meanwhile (`signal`) leaves their place.
 */
export function createGate(atOnce: number, atOnceOfKey: number, waitingOfKey: number): Gate {
  const inside = new Map<string, number>()
  const waiting: { key: string; go: () => void }[] = []
  let all = 0

  function letIn(): void {
    while (all < atOnce) {
      const index = waiting.findIndex(({ key }) => (inside.get(key) ?? 0) < atOnceOfKey)
      const [next] = index === -1 ? [] : waiting.splice(index, 1)
      if (next === undefined) return
      all += 1
      inside.set(next.key, (inside.get(next.key) ?? 0) + 1)
      next.go()
    }
  }

  function enter(key: string, signal: AbortSignal | undefined): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      const refuse = (): void => reject(new CodedError('rate_limited', undefined, 1))
      if (signal?.aborted === true) return refuse()
      const leave = (): void => {
        waiting.splice(waiting.indexOf(one), 1)
        refuse()
      }
      const one = {
        key,
        go: () => {
          signal?.removeEventListener('abort', leave)
          resolve()
        },
      }
      signal?.addEventListener('abort', leave, { once: true })
      waiting.push(one)
      letIn()
      if (!waiting.includes(one) || waiting.filter((other) => other.key === key).length <= waitingOfKey) return
      signal?.removeEventListener('abort', leave)
      leave()
    })
  }

  return async (key, work, signal) => {
    await enter(key, signal)
    try {
      return await work()
    } finally {
      all -= 1
      const left = (inside.get(key) ?? 1) - 1
      if (left === 0) inside.delete(key)
      else inside.set(key, left)
      letIn()
    }
  }
}
