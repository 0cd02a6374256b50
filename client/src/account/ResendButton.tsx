import Button from '@mui/material/Button'
import { useState } from 'react'
import { useServer } from '../app/chat-context.tsx'

/** Sends the mail for confirming one's address again, and says in its place how that went. */
export function ResendButton({ label = 'Resend', large = false }: { label?: string; large?: boolean }) {
  const server = useServer()
  const [said, setSaid] = useState<string>()
  const [busy, setBusy] = useState(false)

  async function send(): Promise<void> {
    if (busy) return
    setBusy(true)
    const answer = await server.call('POST', '/api/auth/email/resend', {})
    setBusy(false)
    setSaid(answer.ok ? 'Sent. Check your mail.' : answer.code === 'rate_limited' ? `Sent often enough. ${wait(answer.retryAfter)}` : answer.message)
  }

  return (
    <span aria-live="polite">
      {said ?? (
        <Button size={large ? 'large' : 'small'} fullWidth={large} variant="outlined" aria-busy={busy} onClick={() => void send()}>
          {label}
        </Button>
      )}
    </span>
  )
}

function wait(seconds: number | undefined): string {
  return seconds === undefined ? 'Try again later.' : `Try again in ${Math.max(1, Math.round(seconds / 60))} minutes.`
}
