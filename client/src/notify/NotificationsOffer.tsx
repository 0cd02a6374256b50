import NotificationsNoneRounded from '@mui/icons-material/NotificationsNoneRounded'
import Button from '@mui/material/Button'
import { useActions, useChatState } from '../app/chat-context.tsx'
import { useRoute } from '../app/use-route.ts'
import { t } from '../i18n/translate.ts'
import './notifications-offer.css'

/** Offers notifications once: nobody is asked by the browser who has not said yes here. */
export function NotificationsOffer() {
  const { askForNotifications, putOffNotifications } = useActions()
  const offered = useChatState((state) => state.notifications.offered && state.rooms.length > 0)
  // Where the same is said at more length.
  const { page } = useRoute()
  if (!offered || page === 'settings') return null
  return (
    <div className="bar bar-quiet bar-offer">
      <NotificationsNoneRounded fontSize="small" aria-hidden="true" />
      <span className="bar-offer-text">{t('notifications.offer')}</span>
      <span className="bar-offer-answers">
        <Button size="small" variant="outlined" onClick={() => void askForNotifications()}>
          {t('notifications.turnOn')}
        </Button>
        <Button size="small" className="bar-plain" onClick={putOffNotifications}>
          {t('notifications.notNow')}
        </Button>
      </span>
    </div>
  )
}
