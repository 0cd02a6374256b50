import Button from '@mui/material/Button'
import { useState } from 'react'
import { useServer } from '../../../app/chat-context.tsx'

type State = { is: 'offered' } | { is: 'done' } | { is: 'refused'; message: string }

/** After a change to how one signs in: sessions that began before may be in other hands. */
export function EndOthersOffer() {
  const { call } = useServer()
  const [state, setState] = useState<State>({ is: 'offered' })

  async function end(): Promise<void> {
    const answer = await call('DELETE', '/api/auth/sessions')
    setState(answer.ok ? { is: 'done' } : { is: 'refused', message: answer.message })
  }

  return (
    <section className="setting-group security-offer" aria-label="Other sessions">
      <div className="setting-row">
        <p className="text-2" role="status">
          {state.is === 'done' ? 'All other sessions have ended.' : 'You have changed how you sign in. Your other devices stay signed in until you end their sessions.'}
        </p>
        {state.is !== 'done' && (
          <Button variant="outlined" sx={{ flex: 'none' }} onClick={() => void end()}>
            End all other sessions
          </Button>
        )}
      </div>
      {state.is === 'refused' && (
        <p className="form-error" role="alert">
          {state.message}
        </p>
      )}
    </section>
  )
}
