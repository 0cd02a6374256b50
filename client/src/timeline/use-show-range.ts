import { useEffect, useRef } from 'react'
import { useActions } from '../app/chat-context.tsx'

/** A drag through a million messages asks at most this often. */
const EVERY_MS = 150

/** Tells the chat which part of the room is on the screen: at once, and while it changes quickly only now and then. */
export function useShowRange(): (first: number, last: number) => void {
  const { showRange } = useActions()
  const state = useRef({ first: 0, last: 0, at: 0, timer: undefined as ReturnType<typeof setTimeout> | undefined })
  useEffect(() => {
    const current = state.current
    return () => clearTimeout(current.timer)
  }, [])
  return (first, last) => {
    const now = state.current
    if (first === now.first && last === now.last) return
    now.first = first
    now.last = last
    if (now.timer !== undefined) return
    const ask = () => {
      now.timer = undefined
      now.at = performance.now()
      showRange(now.first, now.last)
    }
    const wait = now.at + EVERY_MS - performance.now()
    if (now.at === 0 || wait <= 0) ask()
    else now.timer = setTimeout(ask, wait)
  }
}
