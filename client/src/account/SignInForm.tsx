import Button from '@mui/material/Button'
import { useActions } from '../app/chat-context.tsx'
import { Field } from '../ui/Field.tsx'
import { PasswordField } from './PasswordField.tsx'
import { checkSignIn } from './checks.ts'
import { useForm } from './use-form.ts'

export function SignInForm() {
  const { signIn } = useActions()
  const form = useForm({ login: '', password: '' }, checkSignIn, (values) => signIn({ login: values.login.trim(), password: values.password }))
  return (
    <form className="form" noValidate onSubmit={form.submit}>
      <Field
        label="Email or username"
        value={form.values.login}
        onChange={form.set('login')}
        error={form.errors['login']}
        autoFocus
        inputProps={{ name: 'login', autoComplete: 'username', autoCapitalize: 'off', spellCheck: false }}
      />
      <PasswordField value={form.values.password} onChange={form.set('password')} error={form.errors['password']} autoComplete="current-password" />
      {form.message !== undefined && (
        <p className="form-error" role="alert">
          {form.message}
        </p>
      )}
      <Button type="submit" variant="contained" size="large" aria-busy={form.busy}>
        Sign in
      </Button>
    </form>
  )
}
