import Button from '@mui/material/Button'
import Dialog from '@mui/material/Dialog'
import DialogActions from '@mui/material/DialogActions'
import DialogContent from '@mui/material/DialogContent'
import DialogTitle from '@mui/material/DialogTitle'
import { useState } from 'react'
import type { FormEvent } from 'react'
import { useActions, useChatState } from '../app/chat-context.tsx'
import { Field } from '../ui/Field.tsx'
import { dateInput, dayFromInput } from './date-input.ts'
import { useRoomUi } from './room-ui.tsx'

interface Props {
  /** A time on the day that stands in the field, ms; undefined: closed. */
  day: number | undefined
  onClose(): void
  /** First message of the day or after it; undefined: there is none. */
  onFound(seq: number | undefined): void
}

/** Asks for a day and finds where it lies in the room. */
export function JumpToDateDialog({ day, onClose, onFound }: Props) {
  return (
    <Dialog open={day !== undefined} onClose={onClose} maxWidth="xs" fullWidth aria-labelledby="jump-to-date">
      <DialogTitle id="jump-to-date">Jump to date</DialogTitle>
      {day !== undefined && <DateForm day={day} onClose={onClose} onFound={onFound} />}
    </Dialog>
  )
}

function DateForm({ day, onClose, onFound }: Props & { day: number }) {
  const { findSeqAt } = useActions()
  const { room } = useRoomUi()
  const offline = useChatState((state) => state.connection.state !== 'connected')
  const [value, setValue] = useState(() => dateInput(day))
  const chosen = dayFromInput(value)
  const go = async (time: number) => {
    onFound(await findSeqAt(room.id, time))
    onClose()
  }
  function submit(event: FormEvent): void {
    event.preventDefault()
    if (chosen !== undefined) void go(chosen)
  }
  const ago = (days: number) => {
    const date = new Date()
    return new Date(date.getFullYear(), date.getMonth(), date.getDate() - days).getTime()
  }
  return (
    <form onSubmit={submit}>
      <DialogContent className="form">
        <div className="date-choices">
          {([['Yesterday', ago(1)], ['A week ago', ago(7)], ['A month ago', ago(30)], ['The beginning', 0]] as const).map(([words, time]) => (
            <Button key={words} size="small" variant="outlined" onClick={() => void go(time)}>
              {words}
            </Button>
          ))}
        </div>
        <Field label="Date" type="date" autoFocus value={value} onChange={setValue} />
        {offline && <p className="text-3">Offline this looks only at what is on this device.</p>}
      </DialogContent>
      <DialogActions>
        <Button variant="outlined" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" variant="contained" disabled={chosen === undefined}>
          Jump
        </Button>
      </DialogActions>
    </form>
  )
}
