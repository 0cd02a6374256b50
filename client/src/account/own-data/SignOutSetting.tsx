import Button from '@mui/material/Button'
import { useState } from 'react'
import { useActions } from '../../app/chat-context.tsx'
import { t } from '../../i18n/translate.ts'
import { SignOutDialog } from '../SignOutDialog.tsx'

/** The way out of this device. */
export function SignOutSetting() {
  const { signOut } = useActions()
  const [undelivered, setUndelivered] = useState(0)
  return (
    <section className="setting-group">
      <h3 className="setting-title">{t('settings.signOut')}</h3>
      <p className="text-2">{t('settings.signOutText')}</p>
      <div className="setting-actions">
        <Button variant="outlined" onClick={() => void signOut().then((result) => setUndelivered(result.undelivered))}>
          {t('settings.signOut')}
        </Button>
      </div>
      <SignOutDialog undelivered={undelivered} onClose={() => setUndelivered(0)} />
    </section>
  )
}
