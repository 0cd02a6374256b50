import Button from '@mui/material/Button'
import { useActions } from '../app/chat-context.tsx'
import type { MessageView } from '../chat/views.ts'
import { editing, replyToAgain } from '../composer/composing.ts'
import { t } from '../i18n/translate.ts'
import { mayDo, useRoomUi } from './room-ui.tsx'

/** Why the server did not take the message or its change, and the three ways on. Nothing is lost until the author says so. */
export function Rejection({ message, rejection }: { message: MessageView; rejection: NonNullable<MessageView['rejection']> }) {
  const ui = useRoomUi()
  const { retry, discard } = useActions()
  const { command, text } = rejection

  function edit(typed: string): void {
    const change = message.delivery !== 'rejected' && !message.deleted
    // First the composer has it, then it goes from here.
    if (ui.takeBack(typed, change ? editing(message, typed) : replyToAgain(message.replyTo))) void discard(command)
  }

  return (
    <div className="rejection">
      <p className="rejection-reason">{t('timeline.notAcceptedBecause', { reason: t(`errors.${rejection.code}`) })}</p>
      <div className="rejection-actions">
        <Button size="small" variant="outlined" onClick={() => void retry(command)}>
          {t('common.retry')}
        </Button>
        {text !== undefined && mayDo(ui, 'message.send') && (
          <Button size="small" variant="outlined" onClick={() => edit(text)}>
            {t('common.edit')}
          </Button>
        )}
        <Button size="small" color="error" onClick={() => void discard(command)}>
          {t('common.discard')}
        </Button>
      </div>
    </div>
  )
}
