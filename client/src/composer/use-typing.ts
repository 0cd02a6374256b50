import type { Id } from '@chatflow/shared/ids'
import { useEffect, useRef } from 'react'
import { useActions } from '../app/chat-context.tsx'

/** Others hear of it again after this long, and hear that it is over after the same without a key. */
const AGAIN_MS = 3_000
const IDLE_MS = 5_000

/** Tells the room that the person is typing, sparingly, and that it is over. */
export function useTyping(room: Id): { typed(): void; stopped(): void } {
  const { setTyping } = useActions()
  const state = useRef({ toldAt: 0, timer: undefined as ReturnType<typeof setTimeout> | undefined })
  const stopped = () => {
    clearTimeout(state.current.timer)
    if (state.current.toldAt === 0) return
    state.current.toldAt = 0
    setTyping(room, false)
  }
  const latest = useRef(stopped)
  useEffect(() => {
    latest.current = stopped
  })
  useEffect(() => () => latest.current(), [])
  return {
    typed: () => {
      const now = state.current
      clearTimeout(now.timer)
      now.timer = setTimeout(() => latest.current(), IDLE_MS)
      if (Date.now() - now.toldAt < AGAIN_MS) return
      now.toldAt = Date.now()
      setTyping(room, true)
    },
    stopped,
  }
}
