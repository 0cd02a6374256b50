import Button from '@mui/material/Button'
import { useState } from 'react'
import { useMe, useServer } from '../../app/chat-context.tsx'
import { sentence } from '../../i18n/sentence.ts'
import { t } from '../../i18n/translate.ts'
import { PasswordField } from '../PasswordField.tsx'
import { newPasswordProblem } from '../checks.ts'
import { useForm, type Wrong } from '../use-form.ts'
import { wrongPassword } from './wrong-password.ts'
import { FormError } from '../../ui/FormError.tsx'

/** Setting another password, which signs out the other devices. */
export function PasswordSetting() {
  const [done, setDone] = useState(false)
  return (
    <section className="setting-group">
      <h3 className="setting-title">{t('settings.password')}</h3>
      <p className="text-2">{t('settings.passwordText')}</p>
      {done ? (
        <p className="text-2" role="alert">
          {t('settings.passwordChanged')}
        </p>
      ) : (
        <PasswordForm onDone={() => setDone(true)} />
      )}
    </section>
  )
}

function PasswordForm({ onDone }: { onDone(): void }) {
  const me = useMe()
  const server = useServer()
  const about = [me.email, me.username, me.displayName]
  const form = useForm({ current: '', next: '' }, (values) => check(values, about), async (values) => {
    const answer = wrongPassword(await server.call('POST', '/api/auth/password/change', values), 'current')
    if (answer.ok) onDone()
    return answer
  })
  return (
    <form className="form setting-form" noValidate onSubmit={form.submit}>
      {/* Password managers want to know whose password this is. */}
      <input type="text" name="username" autoComplete="username" value={me.username} readOnly hidden />
      <PasswordField label={t('settings.currentPassword')} name="current" value={form.values.current} onChange={form.set('current')} error={form.errors['current']} autoComplete="current-password" />
      <PasswordField
        label={t('settings.newPassword')}
        name="next"
        value={form.values.next}
        onChange={form.set('next')}
        error={form.errors['next']}
        hint={t('settings.passwordHint')}
        autoComplete="new-password"
        strengthFor={about}
      />
      <FormError>{form.message}</FormError>
      <div>
        <Button type="submit" variant="outlined" aria-busy={form.busy}>
          {t('settings.changePassword')}
        </Button>
      </div>
    </form>
  )
}

function check(form: { current: string; next: string }, about: readonly string[]): Wrong {
  const problem = newPasswordProblem(form.next, about)
  return { ...(form.current === '' ? { current: sentence('settings.enterCurrentPassword') } : {}), ...(problem === undefined ? {} : { next: problem }) }
}
