import Button from '@mui/material/Button'
import { useState } from 'react'
import { useRoute } from '../app/use-route.ts'
import { t } from '../i18n/translate.ts'
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
      title={signIn ? t('account.welcomeBack') : t('account.joinYourTeam')}
      text={signIn ? t('account.roomsWhereYouLeftThem') : t('account.oneAccount')}
      foot={t('account.worksWithoutNetwork')}
    >
      {signIn ? <SignInForm /> : <SignUp invitation={invitation} />}
      <div>
        {signIn && (
          <p className="account-switch">
            <Button size="small" color="primary" onClick={() => setMode('forgot')}>
              {t('account.forgotPassword')}
            </Button>
          </p>
        )}
        <p className="account-switch">
          {signIn ? t('account.newHere') : t('account.beenHereBefore')}
          <Button size="small" color="primary" onClick={() => setMode(signIn ? 'sign-up' : 'sign-in')}>
            {signIn ? t('account.createAccount') : t('account.signIn')}
          </Button>
        </p>
      </div>
    </AccountFrame>
  )
}
