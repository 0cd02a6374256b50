import { useEffect, useEffectEvent } from 'react'

/** Calls `back` when the page is seen or used again after something else was: what it shows may have changed meanwhile. */
export function useReturn(back: () => void): void {
  const onReturn = useEffectEvent(() => {
    if (document.visibilityState === 'visible') back()
  })
  useEffect(() => {
    const ended = new AbortController()
    const { signal } = ended
    addEventListener('focus', () => onReturn(), { signal })
    document.addEventListener('visibilitychange', () => onReturn(), { signal })
    return () => ended.abort()
  }, [])
}
