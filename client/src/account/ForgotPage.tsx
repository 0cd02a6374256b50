import Button from '@mui/material/Button'
import { useState } from 'react'
import { useServer } from '../app/chat-context.tsx'
import { Field } from '../ui/Field.tsx'
import { AccountFrame } from './AccountFrame.tsx'
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
        Back to sign in
      </Button>
    </p>
  )
  if (sentTo !== undefined) {
    return (
      <AccountFrame
        title="Check your mail"
        text={
          <>
            If there is an account with the address <strong>{sentTo}</strong>, a link for a new password is on its way. It works once, for 30 minutes.
          </>
        }
      >
        <p className="text-3">Nothing came? Look into the spam folder. If your team’s server sends no mails, your administrator can give you a link.</p>
        {back}
      </AccountFrame>
    )
  }
  return (
    <AccountFrame title="Forgot your password?" text="Enter the email address of your account. You get a link with which you set a new password.">
      <form className="form" noValidate onSubmit={form.submit}>
        <Field
          label="Email"
          type="email"
          value={form.values.email}
          onChange={form.set('email')}
          error={form.errors['email']}
          autoFocus
          inputProps={{ name: 'email', autoComplete: 'email', inputMode: 'email', autoCapitalize: 'off', spellCheck: false }}
        />
        {form.message !== undefined && (
          <p className="form-error" role="alert">
            {form.message}
          </p>
        )}
        <Button type="submit" variant="contained" size="large" aria-busy={form.busy}>
          Send link
        </Button>
      </form>
      {back}
    </AccountFrame>
  )
}
