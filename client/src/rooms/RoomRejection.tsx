import Button from '@mui/material/Button'
import { useActions } from '../app/chat-context.tsx'
import type { RoomView } from '../chat/views.ts'
import { t } from '../i18n/translate.ts'

/** The server did not take the room's creation. What was written in it waits. */
export function RoomRejection({ rejection }: { rejection: NonNullable<RoomView['rejection']> }) {
  const { retry, discard } = useActions()
  return (
    <div className="room-refused" role="alert">
      <span>{t('rooms.notAccepted', { reason: t(`errors.${rejection.code}`) })}</span>
      <Button size="small" variant="outlined" onClick={() => void retry(rejection.command)}>
        {t('common.retry')}
      </Button>
      <Button size="small" color="error" onClick={() => void discard(rejection.command)}>
        {t('common.discard')}
      </Button>
    </div>
  )
}
