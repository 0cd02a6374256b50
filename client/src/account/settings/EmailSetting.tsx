import Button from '@mui/material/Button'
import { useState } from 'react'
import { useMe, useServer } from '../../app/chat-context.tsx'
import { sentence } from '../../i18n/sentence.ts'
import { t } from '../../i18n/translate.ts'
import { FormError } from '../../ui/FormError.tsx'
import { EmailField } from '../EmailField.tsx'
import { PasswordField } from '../PasswordField.tsx'
import { ResendButton } from '../ResendButton.tsx'
import { checkEmail } from '../checks.ts'
import { useForm, type Wrong } from '../use-form.ts'
import { wrongPassword } from './wrong-password.ts'

/** The address of the account, and asking for another one. */
export function EmailSetting() {
  const me = useMe()
  const [sentTo, setSentTo] = useState<string>()
  return (
    <section className="setting-group">
      <h3 className="setting-title">{t('settings.emailAddress')}</h3>
      <p className="text-2">{t('settings.emailText')}</p>
      <div className="setting-row">
        <p className="text-2">
          {t(me.emailVerified ? 'settings.emailConfirmed' : 'settings.emailUnconfirmed', { email: me.email })}
        </p>
        {!me.emailVerified && <ResendButton />}
      </div>
      {sentTo === undefined ? (
        <EmailForm onSent={setSentTo} />
      ) : (
        <div className="setting-row">
          <p className="text-2" role="alert">
            {t('settings.linkSentTo', { email: sentTo })}
          </p>
          <Button size="small" onClick={() => setSentTo(undefined)}>
            {t('settings.anotherAddress')}
          </Button>
        </div>
      )}
    </section>
  )
}

function EmailForm({ onSent }: { onSent(email: string): void }) {
  const server = useServer()
  const form = useForm({ email: '', password: '' }, check, async ({ email, password }) => {
    const answer = wrongPassword(await server.call('POST', '/api/auth/email/change', { email: email.trim(), password }), 'password')
    if (answer.ok) onSent(email.trim())
    return answer
  })
  return (
    <form className="form setting-form" noValidate onSubmit={form.submit}>
      <EmailField label={t('settings.newEmail')} value={form.values.email} onChange={form.set('email')} error={form.errors['email']} />
      <PasswordField value={form.values.password} onChange={form.set('password')} error={form.errors['password']} autoComplete="current-password" />
      <FormError>{form.message}</FormError>
      <div>
        <Button type="submit" variant="outlined" aria-busy={form.busy}>
          {t('settings.changeAddress')}
        </Button>
      </div>
    </form>
  )
}

function check(form: { email: string; password: string }): Wrong {
  return { ...checkEmail(form), ...(form.password === '' ? { password: sentence('settings.enterPassword') } : {}) }
}
