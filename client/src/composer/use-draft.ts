import type { Id } from '@chatflow/shared/ids'
import { useEffect, useRef } from 'react'
import { useActions } from '../app/chat-context.tsx'

/** A pause in the typing after which the draft is kept. */
const PAUSE_MS = 600

/**
 * Keeps what stands in the composer as the room's draft: after a pause, and at once when the composer loses the focus, the room is left or the
 * page goes away. `settled`: this text is known to be the draft already. `isOwn`: this draft was kept from here, so it is no news.
 */
export function useDraft(room: Id, initial: string): { changed(text: string): void; flush(): void; settled(text: string): void; isOwn(text: string): boolean } {
  const { setDraft } = useActions()
  const state = useRef({ kept: initial, text: initial, own: new Set<string>(), timer: undefined as ReturnType<typeof setTimeout> | undefined })
  const flush = () => {
    const now = state.current
    clearTimeout(now.timer)
    now.timer = undefined
    if (now.text === now.kept) return
    now.kept = now.text
    now.own.add(now.text)
    setDraft(room, now.text)
  }
  const latest = useRef(flush)
  useEffect(() => {
    latest.current = flush
  })
  useEffect(() => {
    const onHide = () => latest.current()
    addEventListener('pagehide', onHide)
    document.addEventListener('visibilitychange', onHide)
    return () => {
      removeEventListener('pagehide', onHide)
      document.removeEventListener('visibilitychange', onHide)
      latest.current()
    }
  }, [])
  return {
    changed: (text) => {
      const now = state.current
      now.text = text
      clearTimeout(now.timer)
      now.timer = setTimeout(() => latest.current(), PAUSE_MS)
    },
    flush,
    isOwn: (text) => state.current.own.has(text),
    settled: (text) => {
      state.current.text = text
      state.current.kept = text
      clearTimeout(state.current.timer)
    },
  }
}
