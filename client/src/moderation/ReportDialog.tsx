import { LIMITS } from '@chatflow/shared/limits'
import { REPORT_REASONS, type ReportReason } from '@chatflow/shared/reports'
import Button from '@mui/material/Button'
import Dialog from '@mui/material/Dialog'
import DialogActions from '@mui/material/DialogActions'
import DialogContent from '@mui/material/DialogContent'
import DialogTitle from '@mui/material/DialogTitle'
import Radio from '@mui/material/Radio'
import RadioGroup from '@mui/material/RadioGroup'
import { useId, useState, type FormEvent } from 'react'
import { useActions, useChatState } from '../app/chat-context.tsx'
import type { MessageView } from '../chat/views.ts'
import { Field } from '../ui/Field.tsx'
import { REASON_WORDS } from './report-words.ts'
import './report-dialog.css'

/** Asks why a message is reported; `message` undefined: closed. */
export function ReportDialog({ message, onClose }: { message: MessageView | undefined; onClose(): void }) {
  const titleId = useId()
  return (
    <Dialog open={message !== undefined} onClose={onClose} maxWidth="xs" aria-labelledby={titleId}>
      {message !== undefined && <Report message={message} titleId={titleId} onClose={onClose} />}
    </Dialog>
  )
}

function Report({ message, titleId, onClose }: { message: MessageView; titleId: string; onClose(): void }) {
  const { reportMessage } = useActions()
  const { online, kind } = useChatState((state) => ({ online: state.connection.state === 'connected', kind: state.rooms.find((room) => room.id === message.room)?.kind }))
  const [reason, setReason] = useState<ReportReason>()
  const [note, setNote] = useState('')
  const [problem, setProblem] = useState<string>()
  const [made, setMade] = useState(false)
  const who = kind === 'dm' ? 'The administrators' : 'Those who moderate this room'

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (reason === undefined) return setProblem('Choose a reason.')
    if (reason === 'other' && note.trim() === '') return setProblem('Say in a few words what is wrong.')
    reportMessage(message.room, message.id, { reason, ...(note.trim() === '' ? {} : { note: note.trim() }) }).then(
      () => setMade(true),
      () => setProblem('This could not be kept on your device. Try again.'),
    )
  }

  if (made) {
    return (
      <>
        <DialogTitle id={titleId}>{online ? 'Reported' : 'Will be sent'}</DialogTitle>
        <DialogContent>
          <p className="text-2" role="status">
            {online ? `${who} will look at it. ${message.author.displayName} is not told who reported it.` : 'You are offline. The report is saved on this device and sent when you are back.'}
          </p>
        </DialogContent>
        <DialogActions>
          <Button variant="contained" autoFocus onClick={onClose}>
            Done
          </Button>
        </DialogActions>
      </>
    )
  }
  return (
    <form onSubmit={submit} noValidate>
      <DialogTitle id={titleId}>Report this message?</DialogTitle>
      <DialogContent className="form">
        <p className="text-2">
          {who} will see the message of {message.author.displayName} and who reported it.
        </p>
        <RadioGroup
          className="report-reasons"
          aria-label="Reason"
          value={reason ?? ''}
          onChange={(_, value) => {
            setReason(REPORT_REASONS.find((one) => one === value))
            setProblem(undefined)
          }}
        >
          {REPORT_REASONS.map((one) => (
            <label key={one} className="report-choice" htmlFor={`${titleId}-${one}`}>
              <Radio id={`${titleId}-${one}`} value={one} size="small" slotProps={{ input: { 'aria-label': REASON_WORDS[one].title, 'aria-describedby': `${titleId}-${one}-hint` } }} />
              <span className="report-choice-lines">
                {REASON_WORDS[one].title}
                <span id={`${titleId}-${one}-hint`} className="text-3">
                  {REASON_WORDS[one].hint}
                </span>
              </span>
            </label>
          ))}
        </RadioGroup>
        <Field label="Note" value={note} onChange={setNote} hint="Optional." multiline maxRows={4} inputProps={{ maxLength: LIMITS.reportNote }} />
        {problem !== undefined && (
          <p className="form-error" role="alert">
            {problem}
          </p>
        )}
      </DialogContent>
      <DialogActions>
        <Button variant="outlined" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" variant="contained">
          Report
        </Button>
      </DialogActions>
    </form>
  )
}
