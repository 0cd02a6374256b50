import type { Pacer } from '@chatflow/server-kit/rate-limiter'
import type { Turnstile } from './fetch-guarded.ts'

/** Requests under way at a time from this process, and to one host. */
const AT_ONCE = 6
const AT_ONCE_TO_HOST = 2

/** Requests take turns in the order in which they come, as far as their host is free. `pace`: how often one host may be asked; undefined: there is no limit. */
export function createTurnstile(pace: Pacer | undefined): Turnstile {
  const inside = new Map<string, number>()
  const waiting: { host: string; go: () => void }[] = []
  let all = 0

  function letIn(): void {
    for (let i = 0; i < waiting.length && all < AT_ONCE; ) {
      const next = waiting[i]
      if (next === undefined || (inside.get(next.host) ?? 0) >= AT_ONCE_TO_HOST) {
        i += 1
        continue
      }
      waiting.splice(i, 1)
      all += 1
      inside.set(next.host, (inside.get(next.host) ?? 0) + 1)
      next.go()
    }
  }

  function leave(host: string): void {
    all -= 1
    const left = (inside.get(host) ?? 1) - 1
    if (left === 0) inside.delete(host)
    else inside.set(host, left)
    letIn()
  }

  return {
    async enter(host) {
      await pace?.take(host)
      await new Promise<void>((go) => {
        waiting.push({ host, go })
        letIn()
      })
      let gone = false
      return () => {
        if (!gone) leave(host)
        gone = true
      }
    },
  }
}
