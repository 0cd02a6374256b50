import { useCallback, useEffect, useRef, useState } from 'react'
import { useServer } from '../../app/chat-context.tsx'
import { useReturn } from './use-return.ts'
import { useSentence } from '../../i18n/use-sentence.ts'

/**
 * What a server says to a GET, asked for when the component appears, again when the page is returned to (it may have changed on another device), and by `reload`.
 * The last answer stays until the next one comes, and if none does.
 */
export function useAnswer<T>(path: string): { value: T | undefined; message: string | undefined; reload(): void } {
  const server = useServer()
  const [value, setValue] = useState<T>()
  const [message, setMessage] = useSentence()
  const [round, setRound] = useState(0)
  const asking = useRef(false)
  useEffect(() => {
    let current = true
    asking.current = true
    void server.call<T>('GET', path).then((answer) => {
      if (!current) return
      asking.current = false
      if (answer.ok) setValue(answer.value)
      setMessage(answer.ok ? undefined : answer.says)
    })
    return () => {
      current = false
    }
  }, [server, path, round, setMessage])
  const reload = useCallback(() => setRound((last) => last + 1), [])
  // A return is told in two ways, and one question is enough.
  useReturn(() => {
    if (!asking.current) reload()
  })
  return { value, message, reload }
}
