import { useEffect, useState } from 'react'

const MINUTE_MS = 60_000

/** The time, ms; another one each minute while `runs`. */
export function useMinute(runs: boolean): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (!runs) return
    const timer = setInterval(() => setNow(Date.now()), MINUTE_MS)
    return () => clearInterval(timer)
  }, [runs])
  return now
}
