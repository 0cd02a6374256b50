import Button from '@mui/material/Button'
import Dialog from '@mui/material/Dialog'
import DialogActions from '@mui/material/DialogActions'
import DialogContent from '@mui/material/DialogContent'
import DialogTitle from '@mui/material/DialogTitle'
import type { MessagesAfterDeletion } from '@chatflow/shared/api/account'
import { useId, useState } from 'react'
import { useActions, useMe } from '../../app/chat-context.tsx'
import { ChoiceGroup } from '../../ui/ChoiceGroup.tsx'
import { Field } from '../../ui/Field.tsx'
import { PasswordField } from '../PasswordField.tsx'
import { useForm } from '../use-form.ts'

const CHOICES = [
  { value: 'keep', title: 'Keep my messages', text: 'They stay for the others, by “Deleted user”.' },
  { value: 'remove', title: 'Delete my messages too', text: 'Their text goes from everywhere; others see that a message was deleted. Your reactions go as well.' },
] as const

/** Asks what becomes of the messages, for the username, so that nobody deletes an account by a slip of the finger, and for the password. */
export function DeleteAccountDialog({ onClose }: { onClose(): void }) {
  const id = useId()
  const me = useMe()
  const { deleteAccount } = useActions()
  const [messages, setMessages] = useState<MessagesAfterDeletion>('keep')
  const form = useForm(
    { confirmation: '', password: '' },
    ({ confirmation, password }) => ({
      ...(confirmation.trim().toLowerCase() === me.username.toLowerCase() ? {} : { confirmation: `Type ${me.username} to confirm.` }),
      ...(password === '' ? { password: 'Enter your password.' } : {}),
    }),
    async ({ password }) => {
      const result = await deleteAccount({ password, messages })
      if (result.ok || result.code !== 'wrong_credentials') return result
      return { ...result, fields: { password: 'This is not your password.' } }
    },
  )
  return (
    <Dialog open onClose={onClose} maxWidth="xs" fullWidth aria-labelledby={`${id}-title`}>
      <form noValidate onSubmit={form.submit}>
        <DialogTitle id={`${id}-title`}>Delete your account?</DialogTitle>
        <DialogContent className="form">
          <p className="text-2">This cannot be undone. You leave all rooms, all your devices are signed out, and what has not been sent from them is lost.</p>
          <ChoiceGroup label="What becomes of my messages" value={messages} choices={CHOICES} onChange={(choice) => setMessages(choice)} />
          <Field
            label={`Type “${me.username}” to confirm`}
            value={form.values.confirmation}
            onChange={form.set('confirmation')}
            error={form.errors['confirmation']}
            inputProps={{ name: 'confirmation', autoComplete: 'off', autoCapitalize: 'off', spellCheck: false }}
          />
          <PasswordField value={form.values.password} onChange={form.set('password')} error={form.errors['password']} autoComplete="current-password" />
          {form.message !== undefined && (
            <p className="form-error" role="alert">
              {form.message}
            </p>
          )}
        </DialogContent>
        <DialogActions>
          <Button variant="outlined" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="contained" color="error" aria-busy={form.busy}>
            Delete account
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
