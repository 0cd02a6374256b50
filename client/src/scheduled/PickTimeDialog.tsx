import Button from '@mui/material/Button'
import Dialog from '@mui/material/Dialog'
import DialogActions from '@mui/material/DialogActions'
import DialogContent from '@mui/material/DialogContent'
import DialogTitle from '@mui/material/DialogTitle'
import { useId, useState } from 'react'
import { t } from '../i18n/translate.ts'
import type { PlainKey } from '../i18n/words.ts'
import { Field } from '../ui/Field.tsx'
import { fromLocalInput, presets, toLocalInput } from './schedule-times.ts'
import { timeProblem } from './time-problem.ts'

/** Any time to send at, in the form that this device has for it. */
export function PickTimeDialog({ onPick, onClose }: { onPick(at: number): void; onClose(): void }) {
  const id = useId()
  const [value, setValue] = useState(() => toLocalInput(presets(Date.now())[1]?.at ?? Date.now()))
  const [problem, setProblem] = useState<PlainKey>()

  function pick(): void {
    const at = fromLocalInput(value)
    const wrong = timeProblem(at, Date.now())
    setProblem(wrong)
    if (wrong !== undefined || at === undefined) return
    onClose()
    onPick(at)
  }

  return (
    <Dialog open onClose={onClose} maxWidth="xs" fullWidth aria-labelledby={id}>
      <DialogTitle id={id}>{t('scheduled.when')}</DialogTitle>
      <DialogContent className="form">
        <Field label={t('scheduled.dateTime')} type="datetime-local" value={value} onChange={setValue} error={problem && t(problem)} autoFocus />
      </DialogContent>
      <DialogActions>
        <Button variant="outlined" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button variant="contained" onClick={pick}>
          {t('scheduled.scheduleIt')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
