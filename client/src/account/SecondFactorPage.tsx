import KeyRounded from '@mui/icons-material/KeyRounded'
import SmartphoneRounded from '@mui/icons-material/SmartphoneRounded'
import Button from '@mui/material/Button'
import { useState } from 'react'
import { useActions, useChatState } from '../app/chat-context.tsx'
import { t } from '../i18n/translate.ts'
import { AccountFrame } from './AccountFrame.tsx'
import { AddPasskeyDialog } from './settings/security/AddPasskeyDialog.tsx'
import { AppSetupDialog } from './settings/security/AppSetupDialog.tsx'
import { SignOutDialog } from './SignOutDialog.tsx'

export type SettingUp = 'app' | 'passkey' | undefined

/**
 * Instead of the chat, where a second step is required and has not been set up. `doing` is the screen's to keep: the page stays until the recovery codes
 * have been seen, whatever the server says meanwhile.
 */
export function SecondFactorPage({ doing, onDo }: { doing: SettingUp; onDo(doing: SettingUp): void }) {
  const { refreshAccount, signOut } = useActions()
  const able = useChatState((state) => state.passkeys)
  const [undelivered, setUndelivered] = useState(0)
  const close = () => onDo(undefined)
  const done = () => void refreshAccount()
  return (
    <AccountFrame
      title={t('account.setUpSecondStep')}
      text={t('account.secondStepAsked')}
      foot={t('account.secondStepFoot')}
    >
      <div className="form">
        {able && (
          <Button variant="contained" size="large" startIcon={<KeyRounded />} onClick={() => onDo('passkey')}>
            {t('account.addPasskey')}
          </Button>
        )}
        <Button variant={able ? 'outlined' : 'contained'} size="large" startIcon={<SmartphoneRounded />} onClick={() => onDo('app')}>
          {t('account.setUpApp')}
        </Button>
        <p className="text-2">
          {able
            ? t('account.passkeyOrApp')
            : t('account.appOnly')}
        </p>
      </div>
      <p className="account-switch">
        <Button size="small" color="primary" onClick={done}>
          {t('account.doneElsewhere')}
        </Button>
        <Button size="small" color="inherit" onClick={() => void signOut().then((result) => setUndelivered(result.undelivered))}>
          {t('account.signOut')}
        </Button>
      </p>
      <AddPasskeyDialog open={doing === 'passkey'} onClose={close} onAdded={done} />
      <AppSetupDialog open={doing === 'app'} onClose={close} onDone={done} />
      <SignOutDialog undelivered={undelivered} onClose={() => setUndelivered(0)} />
    </AccountFrame>
  )
}
