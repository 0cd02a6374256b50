import Button from '@mui/material/Button'
import DialogActions from '@mui/material/DialogActions'
import { t } from '../i18n/translate.ts'

interface Props {
  /** What sending the form does. */
  submit: string
  busy?: boolean
  danger?: boolean
  onCancel(): void
}

/** The end of a form in a dialog: giving it up, and sending it. */
export function FormActions({ submit, busy, danger = false, onCancel }: Props) {
  return (
    <DialogActions>
      <Button variant="outlined" onClick={onCancel}>
        {t('common.cancel')}
      </Button>
      <Button type="submit" variant="contained" color={danger ? 'error' : 'primary'} aria-busy={busy}>
        {submit}
      </Button>
    </DialogActions>
  )
}
