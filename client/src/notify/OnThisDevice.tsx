import Button from '@mui/material/Button'
import Switch from '@mui/material/Switch'
import { useId } from 'react'
import { useActions, useChatState } from '../app/chat-context.tsx'
import { t } from '../i18n/translate.ts'
import { PushSetting } from './PushSetting.tsx'

/** Whether this device shows notifications: what the browser says to it, and what the person wants. */
export function OnThisDevice() {
  const id = useId()
  const { askForNotifications, setNotificationsHere, tryNotification } = useActions()
  const { permission, on } = useChatState((state) => state.notifications)
  return (
    <section className="setting-group">
      <h3 className="setting-title">{t('notifications.onThisDevice')}</h3>
      {permission === 'unsupported' && <p className="text-2">{t('notifications.unsupported')}</p>}
      {permission === 'denied' && <p className="text-2">{t('notifications.blocked')}</p>}
      {permission === 'default' && (
        <>
          <p className="text-2">{t('notifications.willAsk')}</p>
          <div className="setting-actions">
            <Button variant="contained" onClick={() => void askForNotifications()}>
              {t('notifications.turnOn')}
            </Button>
          </div>
        </>
      )}
      {permission === 'granted' && (
        <>
          <label className="setting-switch" htmlFor={`${id}-here`}>
            {t('notifications.here')}
            <Switch id={`${id}-here`} checked={on} onChange={(_, wanted) => setNotificationsHere(wanted)} />
          </label>
          {on && (
            <>
              <PushSetting />
              <div className="setting-actions">
                <Button variant="outlined" onClick={() => void tryNotification()}>
                  {t('notifications.try')}
                </Button>
              </div>
            </>
          )}
        </>
      )}
    </section>
  )
}
