import Button from '@mui/material/Button'
import { useActions } from '../app/chat-context.tsx'
import type { MessageView } from '../chat/views.ts'
import { editing, replyToAgain } from '../composer/composing.ts'
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
      <p className="rejection-reason">Not accepted: {rejection.message}</p>
      <div className="rejection-actions">
        <Button size="small" variant="outlined" onClick={() => void retry(command)}>
          Retry
        </Button>
        {text !== undefined && mayDo(ui, 'message.send') && (
          <Button size="small" variant="outlined" onClick={() => edit(text)}>
            Edit
          </Button>
        )}
        <Button size="small" color="error" onClick={() => void discard(command)}>
          Discard
        </Button>
      </div>
    </div>
  )
}
