import Button from '@mui/material/Button'
import { useState } from 'react'
import { useServer } from '../app/chat-context.tsx'
import { rich } from '../i18n/rich.ts'
import { t } from '../i18n/translate.ts'
import { FormError } from '../ui/FormError.tsx'
import { AccountFrame } from './AccountFrame.tsx'
import { EmailField } from './EmailField.tsx'
import { checkEmail } from './checks.ts'
import { useForm } from './use-form.ts'

/** Asks for a link for a new password. Whether the address is that of an account is not told. */
export function ForgotPage({ onBack }: { onBack(): void }) {
  const server = useServer()
  const [sentTo, setSentTo] = useState<string>()
  const form = useForm({ email: '' }, checkEmail, async ({ email }) => {
    const answer = await server.call('POST', '/api/auth/password/forgot', { email: email.trim() })
    if (answer.ok) setSentTo(email.trim())
    return answer
  })
  const back = (
    <p className="account-switch">
      <Button size="small" color="primary" onClick={onBack}>
        {t('account.backToSignIn')}
      </Button>
    </p>
  )
  if (sentTo !== undefined) {
    return (
      <AccountFrame
        title={t('account.checkYourMail')}
        text={rich('account.forgotSent', { email: <strong>{sentTo}</strong> })}
      >
        <p className="text-3">{t('account.nothingCame')}</p>
        {back}
      </AccountFrame>
    )
  }
  return (
    <AccountFrame title={t('account.forgotYourPassword')} text={t('account.forgotHow')}>
      <form className="form" noValidate onSubmit={form.submit}>
        <EmailField value={form.values.email} onChange={form.set('email')} error={form.errors['email']} autoFocus />
        <FormError>{form.message}</FormError>
        <Button type="submit" variant="contained" size="large" aria-busy={form.busy}>
          {t('account.sendLink')}
        </Button>
      </form>
      {back}
    </AccountFrame>
  )
}
