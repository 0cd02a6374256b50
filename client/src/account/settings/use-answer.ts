import { useCallback, useEffect, useState } from 'react'
import { useServer } from '../../app/chat-context.tsx'

/** What a server says to a GET, asked for when the component appears and again by `reload`; the last answer stays until the next one comes. */
export function useAnswer<T>(path: string): { value: T | undefined; message: string | undefined; reload(): void } {
  const server = useServer()
  const [value, setValue] = useState<T>()
  const [message, setMessage] = useState<string>()
  const [round, setRound] = useState(0)
  useEffect(() => {
    let current = true
    void server.call<T>('GET', path).then((answer) => {
      if (!current) return
      if (answer.ok) setValue(answer.value)
      setMessage(answer.ok ? undefined : answer.message)
    })
    return () => {
      current = false
    }
  }, [server, path, round])
  return { value, message, reload: useCallback(() => setRound((last) => last + 1), []) }
}
