import type { ConfirmedEmail } from '@chatflow/shared/api/account'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useActions, useServer } from '../app/chat-context.tsx'
import { navigate } from '../app/use-route.ts'
import type { Sentence } from '../i18n/sentence.ts'

type Verifying =
  | { is: 'asking' }
  /** The server cannot be reached; it is tried again. */
  | { is: 'waiting' }
  | { is: 'confirmed'; email: string }
  | { is: 'refused'; code: string; says: Sentence }

const AGAIN_MS = 5_000
const LATER: ReadonlySet<string> = new Set(['offline', 'unavailable', 'shutting_down'])

/** Uses the token of a link once the page is there, and goes on trying while there is no network. */
export function useVerifying(token: string | undefined): { state: Verifying; tryAgain(): void } {
  const server = useServer()
  const { refreshAccount } = useActions()
  // The address loses the token once it is used; the page stays.
  const [first] = useState(token ?? '')
  const [state, setState] = useState<Verifying>({ is: 'asking' })
  const busy = useRef(false)

  /** One request at a time; undefined while another is under way. */
  const ask = useCallback(async (): Promise<Verifying | undefined> => {
    if (busy.current) return undefined
    busy.current = true
    const answer = await server.call<ConfirmedEmail>('POST', '/api/auth/email/verify', { token: first })
    busy.current = false
    if (!answer.ok && LATER.has(answer.code)) return { is: 'waiting' }
    // Also after a refusal: an answer may have been lost on the way, and the address be confirmed.
    void refreshAccount()
    if (!answer.ok) return { is: 'refused', code: first === '' ? 'token_invalid' : answer.code, says: answer.says }
    navigate({ page: 'verify' }, { replace: true })
    return { is: 'confirmed', email: answer.value.email }
  }, [server, refreshAccount, first])
  const tryAgain = useCallback(() => {
    void ask().then((answer) => {
      if (answer) setState(answer)
    })
  }, [ask])

  useEffect(tryAgain, [tryAgain])
  useEffect(() => {
    if (state.is !== 'waiting') return
    const timer = setInterval(tryAgain, AGAIN_MS)
    addEventListener('online', tryAgain)
    return () => {
      clearInterval(timer)
      removeEventListener('online', tryAgain)
    }
  }, [state.is, tryAgain])
  return { state, tryAgain }
}
