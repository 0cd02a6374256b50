import Dialog from '@mui/material/Dialog'
import DialogContent from '@mui/material/DialogContent'
import DialogTitle from '@mui/material/DialogTitle'
import { useId } from 'react'
import { t } from '../i18n/translate.ts'
import { SignInForm } from './SignInForm.tsx'

/** Signing in again over the open app: everything local stays where it is. */
export function SignInAgainDialog({ open, onClose }: { open: boolean; onClose(): void }) {
  const titleId = useId()
  return (
    <Dialog open={open} onClose={onClose} maxWidth="xs" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>{t('account.signInAgain')}</DialogTitle>
      <DialogContent sx={{ pb: '24px !important' }}>{open && <SignInForm />}</DialogContent>
    </Dialog>
  )
}
