import Button from '@mui/material/Button'
import { useActions } from '../app/chat-context.tsx'
import type { MessageView } from '../chat/contract.ts'
import { useRoomUi } from './room-ui.tsx'

/** Why the server did not take the message, and the three ways on. Nothing is lost until the author says so. */
export function Rejection({ rejection }: { rejection: NonNullable<MessageView['rejection']> }) {
  const ui = useRoomUi()
  const { retry, editRejected, discard } = useActions()
  const { command } = rejection
  return (
    <div className="rejection">
      <p className="rejection-reason">Not accepted: {rejection.message}</p>
      <div className="rejection-actions">
        <Button size="small" variant="outlined" onClick={() => void retry(command)}>
          Retry
        </Button>
        <Button size="small" variant="outlined" onClick={() => void editRejected(command).then(ui.takeBack, () => undefined)}>
          Edit
        </Button>
        <Button size="small" color="error" onClick={() => void discard(command)}>
          Discard
        </Button>
      </div>
    </div>
  )
}
