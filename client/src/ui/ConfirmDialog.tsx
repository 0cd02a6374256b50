import Button from '@mui/material/Button'
import Dialog from '@mui/material/Dialog'
import DialogActions from '@mui/material/DialogActions'
import DialogContent from '@mui/material/DialogContent'
import DialogTitle from '@mui/material/DialogTitle'
import { useId } from 'react'
import { t } from '../i18n/translate.ts'

interface Props {
  open: boolean
  title: string
  text: string
  confirm: string
  cancel?: string
  danger?: boolean
  onClose(): void
  onConfirm(): Promise<void>
}

/** A question with two answers; the harmless one has the focus. */
export function ConfirmDialog({ open, title, text, confirm, cancel = t('common.cancel'), danger = false, onClose, onConfirm }: Props) {
  const id = useId()
  return (
    <Dialog open={open} onClose={onClose} maxWidth="xs" aria-labelledby={`${id}-title`} aria-describedby={`${id}-text`}>
      <DialogTitle id={`${id}-title`}>{title}</DialogTitle>
      <DialogContent>
        <p id={`${id}-text`} className="text-2">
          {text}
        </p>
      </DialogContent>
      <DialogActions>
        <Button variant="outlined" autoFocus onClick={onClose}>
          {cancel}
        </Button>
        <Button variant="contained" color={danger ? 'error' : 'primary'} onClick={() => void onConfirm().finally(onClose)}>
          {confirm}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
