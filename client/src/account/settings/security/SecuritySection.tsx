import type { SecondFactors } from '@chatflow/shared/api/second-factor'
import { useState } from 'react'
import { useMe } from '../../../app/chat-context.tsx'
import { t } from '../../../i18n/translate.ts'
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
        {t('settings.securityLead')}
      </p>
      {without && role === 'admin' && (
        <p className="text-2 security-lead" role="note">
          {t('settings.securityAdmin')}
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
