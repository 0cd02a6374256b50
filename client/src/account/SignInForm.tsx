import type { SecondFactorChallenge } from '@chatflow/shared/api/second-factor'
import Button from '@mui/material/Button'
import { useState } from 'react'
import { useActions, useChatState } from '../app/chat-context.tsx'
import { t } from '../i18n/translate.ts'
import { Field } from '../ui/Field.tsx'
import { FormError } from '../ui/FormError.tsx'
import { PasskeyButton } from './PasskeyButton.tsx'
import { PasswordField } from './PasswordField.tsx'
import { SecondStepForm } from './SecondStepForm.tsx'
import { checkSignIn } from './checks.ts'
import { useForm } from './use-form.ts'

/** Name and password, then the second step where the account has one; or a passkey alone. */
export function SignInForm() {
  const { signIn } = useActions()
  const passkeys = useChatState((state) => state.passkeys)
  const [challenge, setChallenge] = useState<SecondFactorChallenge>()
  const form = useForm({ login: '', password: '' }, checkSignIn, async (values) => {
    const result = await signIn({ login: values.login.trim(), password: values.password })
    if (result.ok || result.secondFactor === undefined) return result
    setChallenge(result.secondFactor)
    return { ok: true }
  })

  if (challenge !== undefined) return <SecondStepForm challenge={challenge} onBack={() => setChallenge(undefined)} />
  return (
    <form className="form" noValidate onSubmit={form.submit}>
      <Field
        label={t('account.emailOrUsername')}
        value={form.values.login}
        onChange={form.set('login')}
        error={form.errors['login']}
        autoFocus
        inputProps={{ name: 'login', autoComplete: 'username', autoCapitalize: 'off', spellCheck: false }}
      />
      <PasswordField value={form.values.password} onChange={form.set('password')} error={form.errors['password']} autoComplete="current-password" />
      <FormError>{form.message}</FormError>
      <Button type="submit" variant="contained" size="large" aria-busy={form.busy}>
        {t('account.signIn')}
      </Button>
      {passkeys && <PasskeyButton />}
    </form>
  )
}
