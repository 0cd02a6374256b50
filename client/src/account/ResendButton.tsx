import Button from '@mui/material/Button'
import { useState } from 'react'
import { useServer } from '../app/chat-context.tsx'
import { sentence, type Sentence } from '../i18n/sentence.ts'
import { t } from '../i18n/translate.ts'
import { useSentence } from '../i18n/use-sentence.ts'

/** Mails the link for confirming one's address again, and says in its place how that went. Its label is not "Send", the name by which scripts find the composer's. */
export function ResendButton({ label = t('account.mailNewLink'), large = false }: { label?: string; large?: boolean }) {
  const server = useServer()
  const [outcome, setOutcome] = useSentence()
  const [busy, setBusy] = useState(false)

  async function send(): Promise<void> {
    if (busy) return
    setBusy(true)
    const answer = await server.call('POST', '/api/auth/email/resend', {})
    setBusy(false)
    setOutcome(answer.ok ? sentence('account.sentCheckMail') : answer.code === 'rate_limited' ? later(answer.retryAfter) : answer.says)
  }

  return (
    <span aria-live="polite">
      {outcome ?? (
        <Button size={large ? 'large' : 'small'} fullWidth={large} variant="outlined" aria-busy={busy} onClick={() => void send()}>
          {label}
        </Button>
      )}
    </span>
  )
}

function later(seconds: number | undefined): Sentence {
  return seconds === undefined ? sentence('account.sentOften') : sentence('account.sentOftenWait', { count: Math.max(1, Math.round(seconds / 60)) })
}
