import type { SecondFactors } from '@chatflow/shared/api/second-factor'
import { useState } from 'react'
import { useMe } from '../../../app/chat-context.tsx'
import { NotLoaded } from '../NotLoaded.tsx'
import { useAnswer } from '../use-answer.ts'
import { AppSetting } from './AppSetting.tsx'
import { EndOthersOffer } from './EndOthersOffer.tsx'
import { PasskeysSetting } from './PasskeysSetting.tsx'
import { RecoverySetting } from './RecoverySetting.tsx'
import './security.css'

/** What a sign-in asks for besides the password. */
export function SecuritySection() {
  const { value, message, reload } = useAnswer<SecondFactors>('/api/auth/second-factors')
  const { role } = useMe()
  // Each change makes an offer of its own.
  const [changes, setChanges] = useState(0)
  const changed = () => {
    setChanges(changes + 1)
    reload()
  }
  const without = value !== undefined && !value.totp && value.passkeys.length === 0
  return (
    <>
      <p className="text-2 security-lead">
        With an authenticator app or a passkey, your password alone lets nobody in. Set up two ways, so that losing one does not shut you out.
      </p>
      {without && role === 'admin' && (
        <p className="text-2 security-lead" role="note">
          You look after everybody’s accounts here: with a second step, nobody can do that with your password alone.
        </p>
      )}
      {changes > 0 && <EndOthersOffer key={changes} />}
      {value === undefined ? (
        <NotLoaded message={message} onRetry={reload} />
      ) : (
        <>
          <AppSetting on={value.totp} onChange={changed} />
          <PasskeysSetting passkeys={value.passkeys} onChange={changed} onRenamed={reload} />
          {!without && <RecoverySetting left={value.recoveryCodes} onChange={reload} />}
        </>
      )}
    </>
  )
}
