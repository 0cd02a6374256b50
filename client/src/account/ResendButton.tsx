import Button from '@mui/material/Button'
import { useState } from 'react'
import { useServer } from '../app/chat-context.tsx'
import { t } from '../i18n/translate.ts'

/** Mails the link for confirming one's address again, and says in its place how that went. Its label is not "Send", the name by which scripts find the composer's. */
export function ResendButton({ label = t('account.mailNewLink'), large = false }: { label?: string; large?: boolean }) {
  const server = useServer()
  const [said, setSaid] = useState<string>()
  const [busy, setBusy] = useState(false)

  async function send(): Promise<void> {
    if (busy) return
    setBusy(true)
    const answer = await server.call('POST', '/api/auth/email/resend', {})
    setBusy(false)
    setSaid(answer.ok ? t('account.sentCheckMail') : answer.code === 'rate_limited' ? later(answer.retryAfter) : answer.message)
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

function later(seconds: number | undefined): string {
  return seconds === undefined ? t('account.sentOften') : t('account.sentOftenWait', { count: Math.max(1, Math.round(seconds / 60)) })
}
