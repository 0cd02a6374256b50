import { LIMITS } from '@chatflow/shared/limits'
import Button from '@mui/material/Button'
import Dialog from '@mui/material/Dialog'
import DialogActions from '@mui/material/DialogActions'
import DialogContent from '@mui/material/DialogContent'
import DialogTitle from '@mui/material/DialogTitle'
import { useId, useState } from 'react'
import { useActions } from '../app/chat-context.tsx'
import type { ScheduledView } from '../chat/views.ts'
import { t } from '../i18n/translate.ts'
import type { PlainKey } from '../i18n/words.ts'
import { Field } from '../ui/Field.tsx'
import { FormError } from '../ui/FormError.tsx'
import { fromLocalInput, toLocalInput } from './schedule-times.ts'
import { timeProblem } from './time-problem.ts'

/** Another text, another time. Only what was changed is changed. */
export function EditScheduledDialog({ item, onClose }: { item: ScheduledView; onClose(): void }) {
  const id = useId()
  const { rescheduleMessage } = useActions()
  const [text, setText] = useState(item.text)
  const [time, setTime] = useState(() => toLocalInput(Math.max(item.sendAt, Date.now())))
  const [wrong, setWrong] = useState<{ text?: PlainKey | undefined; time?: PlainKey | undefined; kept?: PlainKey }>({})
  const retimed = time !== toLocalInput(item.sendAt)

  function save(): void {
    const at = fromLocalInput(time)
    const problems: typeof wrong = {
      text: text.trim() === '' ? 'scheduled.noText' : text.length > LIMITS.messageText ? 'scheduled.tooLong' : undefined,
      time: retimed ? timeProblem(at, Date.now()) : undefined,
    }
    setWrong(problems)
    if (problems.text !== undefined || problems.time !== undefined) return
    const change = { ...(text === item.text && item.rejection === undefined ? {} : { text }), ...(retimed && at !== undefined ? { sendAt: at } : {}) }
    if (Object.keys(change).length === 0 && item.failed === undefined) onClose()
    else rescheduleMessage(item.id, change).then(onClose, () => setWrong({ kept: 'common.notKept' }))
  }

  return (
    <Dialog open onClose={onClose} maxWidth="sm" fullWidth aria-labelledby={id}>
      <DialogTitle id={id}>{t('scheduled.change')}</DialogTitle>
      <DialogContent className="form">
        <Field label={t('scheduled.text')} value={text} onChange={setText} error={wrong.text && t(wrong.text)} multiline maxRows={12} autoFocus inputProps={{ dir: 'auto' }} />
        <Field label={t('scheduled.dateTime')} type="datetime-local" value={time} onChange={setTime} error={wrong.time && t(wrong.time)} />
        {wrong.kept !== undefined && <FormError>{t(wrong.kept)}</FormError>}
      </DialogContent>
      <DialogActions>
        <Button variant="outlined" onClick={onClose}>
          {t('scheduled.leaveIt')}
        </Button>
        <Button variant="contained" onClick={save}>
          {t('common.save')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
