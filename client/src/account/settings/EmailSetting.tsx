import Button from '@mui/material/Button'
import { useState } from 'react'
import { useMe, useServer } from '../../app/chat-context.tsx'
import { Field } from '../../ui/Field.tsx'
import { PasswordField } from '../PasswordField.tsx'
import { ResendButton } from '../ResendButton.tsx'
import { checkEmail } from '../checks.ts'
import { useForm } from '../use-form.ts'
import { wrongPassword } from './wrong-password.ts'

/** The address of the account, and asking for another one. */
export function EmailSetting() {
  const me = useMe()
  const [sentTo, setSentTo] = useState<string>()
  return (
    <section className="setting-group">
      <h3 className="setting-title">Email address</h3>
      <p className="text-2">You can sign in with it, and a link for a new password goes there.</p>
      <div className="setting-row">
        <p className="text-2">
          {me.email} · {me.emailVerified ? 'confirmed' : 'not confirmed yet'}
        </p>
        {!me.emailVerified && <ResendButton />}
      </div>
      {sentTo === undefined ? (
        <EmailForm onSent={setSentTo} />
      ) : (
        <div className="setting-row">
          <p className="text-2" role="alert">
            We have sent a link to {sentTo}. Your address changes when you open it.
          </p>
          <Button size="small" onClick={() => setSentTo(undefined)}>
            Another address
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
      <Field
        label="New email address"
        type="email"
        value={form.values.email}
        onChange={form.set('email')}
        error={form.errors['email']}
        inputProps={{ name: 'email', autoComplete: 'email', inputMode: 'email', autoCapitalize: 'off', spellCheck: false }}
      />
      <PasswordField value={form.values.password} onChange={form.set('password')} error={form.errors['password']} autoComplete="current-password" />
      {form.message !== undefined && (
        <p className="form-error" role="alert">
          {form.message}
        </p>
      )}
      <div>
        <Button type="submit" variant="outlined" aria-busy={form.busy}>
          Change address
        </Button>
      </div>
    </form>
  )
}

function check(form: { email: string; password: string }): Record<string, string> {
  return { ...checkEmail(form), ...(form.password === '' ? { password: 'Enter your password.' } : {}) }
}
