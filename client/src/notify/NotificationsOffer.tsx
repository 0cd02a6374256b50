import NotificationsNoneRounded from '@mui/icons-material/NotificationsNoneRounded'
import Button from '@mui/material/Button'
import { useActions, useChatState } from '../app/chat-context.tsx'
import { t } from '../i18n/translate.ts'

/** Offers notifications once: nobody is asked by the browser who has not said yes here. */
export function NotificationsOffer() {
  const { askForNotifications, putOffNotifications } = useActions()
  const offered = useChatState((state) => state.notifications.offered && state.rooms.length > 0)
  if (!offered) return null
  return (
    <div className="bar bar-quiet">
      <NotificationsNoneRounded fontSize="small" aria-hidden="true" />
      <span>{t('notifications.offer')}</span>
      <Button size="small" variant="outlined" onClick={() => void askForNotifications()}>
        {t('notifications.turnOn')}
      </Button>
      <Button size="small" onClick={putOffNotifications}>
        {t('notifications.notNow')}
      </Button>
    </div>
  )
}
