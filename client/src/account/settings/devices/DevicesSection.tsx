import type { SessionInfo, SessionList } from '@chatflow/shared/api/sessions'
import Button from '@mui/material/Button'
import { useState } from 'react'
import { useServer } from '../../../app/chat-context.tsx'
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx'
import { NotLoaded } from '../NotLoaded.tsx'
import { useAnswer } from '../use-answer.ts'
import { SessionRow } from './SessionRow.tsx'
import { nameOf } from './session-words.ts'

/** Where the account is signed in, and ending it there. */
export function DevicesSection() {
  const { call } = useServer()
  const { value, message, reload } = useAnswer<SessionList>('/api/auth/sessions')
  const [ending, setEnding] = useState<SessionInfo | 'others'>()
  const [refusal, setRefusal] = useState<string>()
  if (value === undefined) return <NotLoaded message={message} onRetry={reload} />
  const { sessions } = value

  async function end(): Promise<void> {
    const answer = await call('DELETE', ending === undefined || ending === 'others' ? '/api/auth/sessions' : `/api/auth/sessions/${ending.id}`)
    // One that has ended by itself is what was asked for.
    setRefusal(answer.ok || answer.code === 'not_found' ? undefined : answer.message)
    reload()
  }

  return (
    <section className="setting-group">
      <p className="text-2">You are signed in on these devices. One that you end is cut off at once; what was written there and not sent stays on it until you sign in again.</p>
      {refusal !== undefined && (
        <p className="form-error" role="alert">
          {refusal}
        </p>
      )}
      <ul className="setting-list" aria-label="Devices">
        {sessions.map((session) => (
          <SessionRow key={session.id} session={session} onEnd={() => setEnding(session)} />
        ))}
      </ul>
      {sessions.length > 1 && (
        <Button variant="outlined" color="error" sx={{ mt: 2 }} onClick={() => setEnding('others')}>
          End all others
        </Button>
      )}
      <ConfirmDialog
        open={ending !== undefined}
        title={ending === 'others' ? 'End all other sessions?' : `End the session on ${ending === undefined ? '' : nameOf(ending)}?`}
        text={ending === 'others' ? 'Every device but this one has to sign in again.' : 'That device has to sign in again.'}
        confirm="End"
        danger
        onClose={() => setEnding(undefined)}
        onConfirm={end}
      />
    </section>
  )
}
