import Button from '@mui/material/Button'
import { useState } from 'react'
import { Logo } from '../ui/Logo.tsx'
import { SignInForm } from './SignInForm.tsx'
import { SignUpForm } from './SignUpForm.tsx'
import './account.css'

/** What somebody without a session sees: sign in, or make an account. */
export function AccountPage() {
  const [mode, setMode] = useState<'sign-in' | 'sign-up'>('sign-in')
  const signIn = mode === 'sign-in'
  return (
    <main className="account">
      <div className="account-card">
        <div className="account-brand">
          <Logo size={40} />
          <span>ChatFlow</span>
        </div>
        <div>
          <h1 className="account-title">{signIn ? 'Welcome back' : 'Join your team'}</h1>
          <p className="text-2">{signIn ? 'Your rooms are where you left them.' : 'One account for every room, on every device.'}</p>
        </div>
        {signIn ? <SignInForm /> : <SignUpForm />}
        <p className="account-switch">
          {signIn ? 'New here?' : 'Been here before?'}
          <Button size="small" color="primary" onClick={() => setMode(signIn ? 'sign-up' : 'sign-in')}>
            {signIn ? 'Create account' : 'Sign in'}
          </Button>
        </p>
      </div>
      <p className="account-foot">Works without a network: what you write is kept on your device and sent when you are back.</p>
    </main>
  )
}
