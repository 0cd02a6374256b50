import { useEffect, useState } from 'react'

/** True once `ms` have passed since `since` (ms since the epoch); undefined `since`: never. */
export function useElapsed(since: number | undefined, ms: number): boolean {
  const [now, setNow] = useState(() => Date.now())
  const left = since === undefined ? undefined : since + ms - now
  useEffect(() => {
    if (since === undefined) return
    const wait = since + ms - Date.now()
    const timer = setTimeout(() => setNow(Date.now()), Math.max(0, wait))
    return () => clearTimeout(timer)
  }, [since, ms])
  return left !== undefined && left <= 0
}

/** True once the flag has been set for `ms`. */
export function useHeldFor(flag: boolean, ms: number): boolean {
  const [held, setHeld] = useState(false)
  useEffect(() => {
    if (!flag) return
    const timer = setTimeout(() => setHeld(true), ms)
    return () => {
      clearTimeout(timer)
      setHeld(false)
    }
  }, [flag, ms])
  return flag && held
}
