import Button from '@mui/material/Button'
import { useState } from 'react'
import { useServer } from '../app/chat-context.tsx'

/** Mails the link for confirming one's address again, and says in its place how that went. Its label is not "Send", the name by which scripts find the composer's. */
export function ResendButton({ label = 'Mail a new link', large = false }: { label?: string; large?: boolean }) {
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
