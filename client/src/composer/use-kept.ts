import { useEffect, useRef } from 'react'
import { onLeave } from '../platform/page-leave.ts'

/** A pause in the typing after which what is typed is kept. */
const PAUSE_MS = 600

export interface Kept<T> {
  changed(value: T): void
  /** Keeps it now. */
  flush(): void
  /** This value is known to be kept already. */
  settled(value: T): void
}

/**
 * Keeps what is typed: after a pause, and at once when the composer loses the focus (its caller flushes), the room is left or the page goes away.
 */
export function useKept<T>(initial: T, same: (a: T, b: T) => boolean, keep: (value: T) => void): Kept<T> {
  const state = useRef({ kept: initial, value: initial, timer: undefined as ReturnType<typeof setTimeout> | undefined })
  const flush = () => {
    const now = state.current
    clearTimeout(now.timer)
    now.timer = undefined
    if (same(now.value, now.kept)) return
    now.kept = now.value
    keep(now.value)
  }
  const latest = useRef(flush)
  useEffect(() => {
    latest.current = flush
  })
  useEffect(() => {
    const stop = onLeave(() => latest.current())
    return () => {
      stop()
      latest.current()
    }
  }, [])
  return {
    changed: (value) => {
      const now = state.current
      now.value = value
      clearTimeout(now.timer)
      now.timer = setTimeout(() => latest.current(), PAUSE_MS)
    },
    flush,
    settled: (value) => {
      state.current.value = value
      state.current.kept = value
      clearTimeout(state.current.timer)
    },
  }
}
