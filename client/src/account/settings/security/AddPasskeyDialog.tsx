import Dialog from '@mui/material/Dialog'
import DialogContent from '@mui/material/DialogContent'
import DialogTitle from '@mui/material/DialogTitle'
import { useId, useState } from 'react'
import { useActions } from '../../../app/chat-context.tsx'
import { t } from '../../../i18n/translate.ts'
import { Field } from '../../../ui/Field.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { checkNewPasskey } from '../../checks.ts'
import { PasswordField } from '../../PasswordField.tsx'
import { useForm } from '../../use-form.ts'
import { RecoveryCodesDialog } from './RecoveryCodesDialog.tsx'

/** A name and the password, then the device makes the passkey. The first second factor brings recovery codes. */
export function AddPasskeyDialog({ open, onClose, onAdded }: { open: boolean; onClose(): void; onAdded(): void }) {
  const titleId = useId()
  const [codes, setCodes] = useState<string[]>()
  return (
    <>
      <Dialog open={open && codes === undefined} onClose={onClose} maxWidth="xs" aria-labelledby={titleId}>
        <DialogTitle id={titleId}>{t('settings.addPasskey')}</DialogTitle>
        {open && codes === undefined && (
          <Form
            onClose={onClose}
            onAdded={(recoveryCodes) => {
              if (recoveryCodes !== undefined) return setCodes(recoveryCodes)
              onClose()
              onAdded()
            }}
          />
        )}
      </Dialog>
      <RecoveryCodesDialog
        codes={codes}
        onClose={() => {
          setCodes(undefined)
          onClose()
          onAdded()
        }}
      />
    </>
  )
}

function Form({ onClose, onAdded }: { onClose(): void; onAdded(codes: string[] | undefined): void }) {
  const { addPasskey } = useActions()
  const form = useForm({ name: '', password: '' }, checkNewPasskey, async ({ name, password }) => {
    const answer = await addPasskey({ name: name.trim(), password })
    if (answer.ok) onAdded(answer.value.recoveryCodes)
    return answer
  })
  return (
    <form noValidate onSubmit={form.submit}>
      <DialogContent className="form">
        <p className="text-2">{t('settings.addPasskeyText')}</p>
        <Field
          label={t('settings.passkeyName')}
          value={form.values.name}
          onChange={form.set('name')}
          error={form.errors['name']}
          hint={t('settings.passkeyNameHint')}
          autoFocus
          inputProps={{ name: 'name', autoComplete: 'off', maxLength: 60 }}
        />
        <PasswordField value={form.values.password} onChange={form.set('password')} error={form.errors['password'] ?? form.message} autoComplete="current-password" />
      </DialogContent>
      <FormActions submit={t('settings.continue')} busy={form.busy} onCancel={onClose} />
    </form>
  )
}
