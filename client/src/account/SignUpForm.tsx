import Button from '@mui/material/Button'
import { useActions } from '../app/chat-context.tsx'
import { navigate } from '../app/use-route.ts'
import { t } from '../i18n/translate.ts'
import { Field } from '../ui/Field.tsx'
import { FormError } from '../ui/FormError.tsx'
import { EmailField } from './EmailField.tsx'
import { PasswordField } from './PasswordField.tsx'
import { checkRegistration } from './checks.ts'
import { useForm } from './use-form.ts'

/** `invitation`: the code of an invitation link. */
export function SignUpForm({ invitation }: { invitation?: string | undefined }) {
  const { register } = useActions()
  const form = useForm({ email: '', username: '', displayName: '', password: '' }, checkRegistration, async (values) => {
    const result = await register({
      email: values.email.trim(), username: values.username.trim(), displayName: values.displayName.trim(), password: values.password,
      ...(invitation === undefined ? {} : { invitation }),
    })
    // The code has done its work: it does not stay in the address.
    if (result.ok && invitation !== undefined) navigate({}, { replace: true })
    return result
  })
  return (
    <form className="form" noValidate onSubmit={form.submit}>
      <EmailField value={form.values.email} onChange={form.set('email')} error={form.errors['email']} autoFocus />
      <Field
        label={t('account.username')}
        value={form.values.username}
        onChange={form.set('username')}
        error={form.errors['username']}
        hint={t('account.usernameHint')}
        inputProps={{ name: 'username', autoComplete: 'username', autoCapitalize: 'off', spellCheck: false }}
      />
      <Field
        label={t('account.displayName')}
        value={form.values.displayName}
        onChange={form.set('displayName')}
        error={form.errors['displayName']}
        hint={t('account.displayNameHint')}
        inputProps={{ name: 'displayName', autoComplete: 'name' }}
      />
      <PasswordField
        value={form.values.password}
        onChange={form.set('password')}
        error={form.errors['password']}
        hint={t('account.passwordHint')}
        autoComplete="new-password"
        strengthFor={[form.values.email, form.values.username, form.values.displayName]}
      />
      <FormError>{form.message}</FormError>
      <Button type="submit" variant="contained" size="large" aria-busy={form.busy}>
        {t('account.createAccount')}
      </Button>
    </form>
  )
}
