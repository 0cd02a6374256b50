import type { Id } from '@chatflow/shared/ids'
import { useEffect, useRef } from 'react'
import { useActions } from '../app/chat-context.tsx'

/**
 * Marks read what the person has really had before their eyes: page visible, window focused. After "Mark unread" nothing is marked until the
 * room is opened again. `cursor`: what is read already.
 */
export function useMarkRead(room: Id, cursor: number): { seen(seq: number): void; hold(): void } {
  const { markRead } = useActions()
  const state = useRef({ seq: 0, marked: 0, held: false })
  const tell = () => {
    const now = state.current
    if (now.held || now.seq <= Math.max(cursor, now.marked)) return
    if (document.visibilityState !== 'visible' || !document.hasFocus()) return
    now.marked = now.seq
    markRead(room, now.seq)
  }
  const latest = useRef(tell)
  useEffect(() => {
    latest.current = tell
  })
  useEffect(() => {
    const onReturn = () => latest.current()
    addEventListener('focus', onReturn)
    document.addEventListener('visibilitychange', onReturn)
    return () => {
      removeEventListener('focus', onReturn)
      document.removeEventListener('visibilitychange', onReturn)
    }
  }, [])
  return {
    seen: (seq) => {
      state.current.seq = Math.max(state.current.seq, seq)
      tell()
    },
    hold: () => {
      state.current.held = true
    },
  }
}
