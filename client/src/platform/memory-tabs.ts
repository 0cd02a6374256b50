import type { TabChannel } from './platform.ts'

/** Channels between tabs of one process; messages arrive in a later microtask, copied. */
export function openMemoryTabs(tabs: Map<string, Set<(message: unknown) => void>>, name: string): TabChannel {
  const all = tabs.get(name) ?? new Set()
  tabs.set(name, all)
  const mine = new Set<(message: unknown) => void>()
  const receive = (message: unknown) => {
    for (const listener of mine) listener(message)
  }
  all.add(receive)
  return {
    post(message) {
      const copy = structuredClone(message)
      queueMicrotask(() => {
        for (const other of [...all]) if (other !== receive) other(copy)
      })
    },
    subscribe(listener) {
      mine.add(listener)
      return () => void mine.delete(listener)
    },
    close() {
      all.delete(receive)
      mine.clear()
    },
  }
}
