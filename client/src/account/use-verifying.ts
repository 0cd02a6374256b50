import type { ConfirmedEmail } from '@chatflow/shared/api/account'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useActions, useServer } from '../app/chat-context.tsx'
import { navigate } from '../app/use-route.ts'

type Verifying =
  | { is: 'asking' }
  /** The server cannot be reached; it is tried again. */
  | { is: 'waiting' }
  | { is: 'confirmed'; email: string }
  | { is: 'refused'; code: string; message: string }

const AGAIN_MS = 5_000

/** Uses the token of a link once the page is there, and goes on trying while there is no network. */
export function useVerifying(token: string | undefined): { state: Verifying; tryAgain(): void } {
  const server = useServer()
  const { refreshAccount } = useActions()
  // The address loses the token once it is used; the page stays.
  const [first] = useState(token ?? '')
  const [state, setState] = useState<Verifying>({ is: 'asking' })
  const busy = useRef(false)

  const ask = useCallback(async () => {
    if (busy.current) return
    busy.current = true
    const answer = await server.call<ConfirmedEmail>('POST', '/api/auth/email/verify', { token: first })
    busy.current = false
    if (answer.ok) {
      setState({ is: 'confirmed', email: answer.value.email })
      navigate({ page: 'verify' }, { replace: true })
    } else if (answer.code === 'offline' || answer.code === 'unavailable' || answer.code === 'shutting_down') {
      setState({ is: 'waiting' })
      return
    } else setState({ is: 'refused', code: first === '' ? 'token_invalid' : answer.code, message: answer.message })
    // Also after a refusal: an answer may have been lost on the way, and the address be confirmed.
    await refreshAccount()
  }, [server, refreshAccount, first])

  useEffect(() => void ask(), [ask])
  useEffect(() => {
    if (state.is !== 'waiting') return
    const again = () => void ask()
    const timer = setInterval(again, AGAIN_MS)
    addEventListener('online', again)
    return () => {
      clearInterval(timer)
      removeEventListener('online', again)
    }
  }, [state.is, ask])
  return { state, tryAgain: () => void ask() }
}
