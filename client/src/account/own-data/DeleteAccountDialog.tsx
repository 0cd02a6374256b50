import Dialog from '@mui/material/Dialog'
import DialogContent from '@mui/material/DialogContent'
import DialogTitle from '@mui/material/DialogTitle'
import type { MessagesAfterDeletion } from '@chatflow/shared/api/account'
import { useId, useState } from 'react'
import { useActions, useMe } from '../../app/chat-context.tsx'
import { sentence } from '../../i18n/sentence.ts'
import { t } from '../../i18n/translate.ts'
import { ChoiceGroup } from '../../ui/ChoiceGroup.tsx'
import { Field } from '../../ui/Field.tsx'
import { FormActions } from '../../ui/FormActions.tsx'
import { FormError } from '../../ui/FormError.tsx'
import { PasswordField } from '../PasswordField.tsx'
import { useForm } from '../use-form.ts'

const choices = () =>
  [
    { value: 'keep', title: t('settings.keepMessages'), text: t('settings.keepMessagesText') },
    { value: 'remove', title: t('settings.removeMessages'), text: t('settings.removeMessagesText') },
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
      ...(confirmation.trim().toLowerCase() === me.username.toLowerCase() ? {} : { confirmation: sentence('settings.typeToConfirmHint', { name: me.username }) }),
      ...(password === '' ? { password: sentence('settings.enterPassword') } : {}),
    }),
    async ({ password }) => {
      const result = await deleteAccount({ password, messages })
      if (result.ok || result.code !== 'wrong_credentials') return result
      return { ...result, fields: { password: sentence('settings.notYourPassword') } }
    },
  )
  return (
    <Dialog open onClose={onClose} maxWidth="xs" fullWidth aria-labelledby={`${id}-title`}>
      <form noValidate onSubmit={form.submit}>
        <DialogTitle id={`${id}-title`}>{t('settings.deleteQuestion')}</DialogTitle>
        <DialogContent className="form">
          <p className="text-2">{t('settings.deleteText')}</p>
          <ChoiceGroup label={t('settings.whatBecomesOfMessages')} value={messages} choices={choices()} onChange={(choice) => setMessages(choice)} />
          <Field
            label={t('settings.typeToConfirm', { name: me.username })}
            value={form.values.confirmation}
            onChange={form.set('confirmation')}
            error={form.errors['confirmation']}
            inputProps={{ name: 'confirmation', autoComplete: 'off', autoCapitalize: 'off', spellCheck: false }}
          />
          <PasswordField value={form.values.password} onChange={form.set('password')} error={form.errors['password']} autoComplete="current-password" />
          <FormError>{form.message}</FormError>
        </DialogContent>
        <FormActions submit={t('settings.deleteAccount')} busy={form.busy} danger onCancel={onClose} />
      </form>
    </Dialog>
  )
}
