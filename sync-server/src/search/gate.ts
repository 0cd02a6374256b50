/** Lets so many in at a time, and so many for one key; the others wait, in the order in which they came. */
export function createGate(atOnce: number, atOnceOfKey: number): <T>(key: string, work: () => Promise<T>) => Promise<T> {
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

  return async (key, work) => {
    await new Promise<void>((go) => {
      waiting.push({ key, go })
      letIn()
    })
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
