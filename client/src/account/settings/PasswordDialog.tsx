import Dialog from '@mui/material/Dialog'
import DialogContent from '@mui/material/DialogContent'
import DialogTitle from '@mui/material/DialogTitle'
import { useId } from 'react'
import type { FormResult } from '../../chat/contract.ts'
import { checkPassword } from '../checks.ts'
import { PasswordField } from '../PasswordField.tsx'
import { useForm } from '../use-form.ts'
import { FormActions } from '../../ui/FormActions.tsx'

interface Props {
  open: boolean
  title: string
  text: string
  confirm: string
  danger?: boolean
  onClose(): void
  /** Closes nothing by itself: whoever asks goes on from its success. */
  onConfirm(password: string): Promise<FormResult>
}

/** Asks for the password again before a sensitive change. */
export function PasswordDialog({ open, title, onClose, ...rest }: Props) {
  const titleId = useId()
  return (
    <Dialog open={open} onClose={onClose} maxWidth="xs" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>{title}</DialogTitle>
      {open && <Form {...rest} onClose={onClose} />}
    </Dialog>
  )
}

function Form({ text, confirm, danger = false, onClose, onConfirm }: Omit<Props, 'open' | 'title'>) {
  const form = useForm({ password: '' }, checkPassword, ({ password }) => onConfirm(password))
  return (
    <form noValidate onSubmit={form.submit}>
      <DialogContent className="form">
        <p className="text-2">{text}</p>
        <PasswordField value={form.values.password} onChange={form.set('password')} error={form.errors['password'] ?? form.message} autoComplete="current-password" />
      </DialogContent>
      <FormActions submit={confirm} busy={form.busy} danger={danger} onCancel={onClose} />
    </form>
  )
}
