import Button from '@mui/material/Button'
import { useState } from 'react'
import { useRoute } from '../app/use-route.ts'
import { AccountFrame } from './AccountFrame.tsx'
import { ForgotPage } from './ForgotPage.tsx'
import { SignInForm } from './SignInForm.tsx'
import { SignUp } from './SignUp.tsx'

/** What somebody without a session sees: sign in, make an account, or ask for a new password. */
export function AccountPage() {
  const route = useRoute()
  const invitation = route.page === 'invite' ? route.section : undefined
  const [chosen, setMode] = useState<'sign-in' | 'sign-up' | 'forgot'>()
  const mode = chosen ?? (invitation === undefined ? 'sign-in' : 'sign-up')
  if (mode === 'forgot') return <ForgotPage onBack={() => setMode('sign-in')} />
  const signIn = mode === 'sign-in'
  return (
    <AccountFrame
      title={signIn ? 'Welcome back' : 'Join your team'}
      text={signIn ? 'Your rooms are where you left them.' : 'One account for every room, on every device.'}
      foot="Works without a network: what you write is kept on your device and sent when you are back."
    >
      {signIn ? <SignInForm /> : <SignUp invitation={invitation} />}
      <div>
        {signIn && (
          <p className="account-switch">
            <Button size="small" color="primary" onClick={() => setMode('forgot')}>
              Forgot password?
            </Button>
          </p>
        )}
        <p className="account-switch">
          {signIn ? 'New here?' : 'Been here before?'}
          <Button size="small" color="primary" onClick={() => setMode(signIn ? 'sign-up' : 'sign-in')}>
            {signIn ? 'Create account' : 'Sign in'}
          </Button>
        </p>
      </div>
    </AccountFrame>
  )
}
