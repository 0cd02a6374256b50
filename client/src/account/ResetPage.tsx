import Button from '@mui/material/Button'
import { useState } from 'react'
import { useServer } from '../app/chat-context.tsx'
import { navigate } from '../app/use-route.ts'
import { t } from '../i18n/translate.ts'
import { AccountFrame } from './AccountFrame.tsx'
import { ForgotPage } from './ForgotPage.tsx'
import { PasswordField } from './PasswordField.tsx'
import { newPasswordProblem } from './checks.ts'
import { useForm, type Wrong } from './use-form.ts'
import { FormError } from '../ui/FormError.tsx'

/** What the link of a mail opens: setting a new password. `token`: from the link. */
export function ResetPage({ token = '' }: { token: string | undefined }) {
  const server = useServer()
  const [state, setState] = useState<'form' | 'done' | 'expired' | 'again'>('form')
  const form = useForm({ password: '' }, check, async ({ password }) => {
    const answer = await server.call('POST', '/api/auth/password/reset', { token, password })
    if (answer.ok) {
      setState('done')
      // The link is used up: it need not stay in the history.
      navigate({ page: 'reset' }, { replace: true })
    } else if (answer.code === 'token_invalid' || (answer.code === 'invalid_input' && token === '')) setState('expired')
    return answer
  })
  const leave = () => navigate({}, { replace: true })

  if (state === 'again') return <ForgotPage onBack={leave} />
  if (state === 'done') {
    return (
      <AccountFrame title={t('account.passwordIsSet')} text={t('account.signedOutEverywhere')}>
        <Button variant="contained" size="large" onClick={leave}>
          {t('account.signIn')}
        </Button>
      </AccountFrame>
    )
  }
  if (state === 'expired') {
    return (
      <AccountFrame title={t('account.linkNotValid')} text={t('account.linkWorksOnce30')}>
        <Button variant="contained" size="large" onClick={() => setState('again')}>
          {t('account.askForNewLink')}
        </Button>
      </AccountFrame>
    )
  }
  return (
    <AccountFrame title={t('account.setNewPassword')} text={t('account.youAreSignedOut')}>
      <form className="form" noValidate onSubmit={form.submit}>
        <PasswordField
          label={t('account.newPassword')}
          value={form.values.password}
          onChange={form.set('password')}
          error={form.errors['password']}
          hint={t('account.passwordHint')}
          autoComplete="new-password"
          strengthFor={[]}
        />
        <FormError>{form.message}</FormError>
        <Button type="submit" variant="contained" size="large" aria-busy={form.busy}>
          {t('account.setPassword')}
        </Button>
      </form>
    </AccountFrame>
  )
}

function check({ password }: { password: string }): Wrong {
  const problem = newPasswordProblem(password, [])
  return problem === undefined ? {} : { password: problem }
}
