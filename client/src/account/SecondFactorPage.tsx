import KeyRounded from '@mui/icons-material/KeyRounded'
import SmartphoneRounded from '@mui/icons-material/SmartphoneRounded'
import Button from '@mui/material/Button'
import { useState } from 'react'
import { useActions, useChatState } from '../app/chat-context.tsx'
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
      title="Set up a second step"
      text="Your administrators ask for more than a password to sign in here. Choose one of these; it takes a minute."
      foot="Everything on this device stays where it is, and what has not been sent is sent afterwards."
    >
      <div className="form">
        {able && (
          <Button variant="contained" size="large" startIcon={<KeyRounded />} onClick={() => onDo('passkey')}>
            Add a passkey
          </Button>
        )}
        <Button variant={able ? 'outlined' : 'contained'} size="large" startIcon={<SmartphoneRounded />} onClick={() => onDo('app')}>
          Set up an app
        </Button>
        <p className="text-2">
          {able
            ? 'A passkey is your finger, your face, the PIN of this device or a security key. An authenticator app shows a code on your phone.'
            : 'An authenticator app on your phone shows a code that changes every 30 seconds.'}
        </p>
      </div>
      <p className="account-switch">
        <Button size="small" color="primary" onClick={done}>
          I have done it elsewhere
        </Button>
        <Button size="small" color="inherit" onClick={() => void signOut().then((result) => setUndelivered(result.undelivered))}>
          Sign out
        </Button>
      </p>
      <AddPasskeyDialog open={doing === 'passkey'} onClose={close} onAdded={done} />
      <AppSetupDialog open={doing === 'app'} onClose={close} onDone={done} />
      <SignOutDialog undelivered={undelivered} onClose={() => setUndelivered(0)} />
    </AccountFrame>
  )
}
