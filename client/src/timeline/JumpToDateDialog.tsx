import Button from '@mui/material/Button'
import Dialog from '@mui/material/Dialog'
import DialogActions from '@mui/material/DialogActions'
import DialogContent from '@mui/material/DialogContent'
import DialogTitle from '@mui/material/DialogTitle'
import { useState } from 'react'
import type { FormEvent } from 'react'
import { useActions, useChatState } from '../app/chat-context.tsx'
import { t } from '../i18n/translate.ts'
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
      <DialogTitle id="jump-to-date">{t('timeline.jumpToDate')}</DialogTitle>
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
          {([['common.yesterday', ago(1)], ['timeline.weekAgo', ago(7)], ['timeline.monthAgo', ago(30)], ['timeline.beginning', 0]] as const).map(([words, time]) => (
            <Button key={words} size="small" variant="outlined" onClick={() => void go(time)}>
              {t(words)}
            </Button>
          ))}
        </div>
        <Field label={t('timeline.date')} type="date" autoFocus value={value} onChange={setValue} />
        {offline && <p className="text-3">{t('timeline.dateOffline')}</p>}
      </DialogContent>
      <DialogActions>
        <Button variant="outlined" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" variant="contained" disabled={chosen === undefined}>
          {t('timeline.jump')}
        </Button>
      </DialogActions>
    </form>
  )
}
