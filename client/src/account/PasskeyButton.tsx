import KeyRounded from '@mui/icons-material/KeyRounded'
import Button from '@mui/material/Button'
import { useState } from 'react'
import { useActions } from '../app/chat-context.tsx'
import type { FormResult, SecondStep } from '../chat/contract.ts'
import { t } from '../i18n/translate.ts'
import { useSentence } from '../i18n/use-sentence.ts'
import { FormError } from '../ui/FormError.tsx'

interface Props {
  ticket?: string
  primary?: boolean
  /** What the passkey is for; left out: a sign-in. */
  take?(step: SecondStep): Promise<FormResult>
}

/** Asks for a passkey: by itself, or with the ticket of a first step whose password was right. */
export function PasskeyButton({ ticket, primary = false, take }: Props) {
  const { signInWith } = useActions()
  const [message, setMessage] = useSentence()
  const [busy, setBusy] = useState(false)

  async function use(): Promise<void> {
    if (busy) return
    setBusy(true)
    setMessage(undefined)
    const result = await (take ?? signInWith)({ by: 'passkey', ...(ticket === undefined ? {} : { ticket }) })
    setBusy(false)
    if (!result.ok) setMessage(result.says)
  }

  return (
    <>
      <FormError>{message}</FormError>
      <Button variant={primary ? 'contained' : 'outlined'} size="large" startIcon={<KeyRounded />} aria-busy={busy} onClick={() => void use()}>
        {t('account.usePasskey')}
      </Button>
    </>
  )
}
