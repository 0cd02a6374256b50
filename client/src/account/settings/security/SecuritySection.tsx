import type { SecondFactors } from '@chatflow/shared/api/second-factor'
import { NotLoaded } from '../NotLoaded.tsx'
import { useAnswer } from '../use-answer.ts'
import { AppSetting } from './AppSetting.tsx'
import { PasskeysSetting } from './PasskeysSetting.tsx'
import { RecoverySetting } from './RecoverySetting.tsx'
import './security.css'

/** What a sign-in asks for besides the password. */
export function SecuritySection() {
  const { value, message, reload } = useAnswer<SecondFactors>('/api/auth/second-factors')
  return (
    <>
      <p className="text-2 security-lead">
        With an authenticator app or a passkey, your password alone lets nobody in. Set up two ways, so that losing one does not shut you out.
      </p>
      {value === undefined ? (
        <NotLoaded message={message} onRetry={reload} />
      ) : (
        <>
          <AppSetting on={value.totp} onChange={reload} />
          <PasskeysSetting passkeys={value.passkeys} onChange={reload} />
          {(value.totp || value.passkeys.length > 0) && <RecoverySetting left={value.recoveryCodes} onChange={reload} />}
        </>
      )}
    </>
  )
}
