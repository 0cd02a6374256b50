import type { PasskeyInfo } from '@chatflow/shared/api/second-factor'
import Dialog from '@mui/material/Dialog'
import DialogContent from '@mui/material/DialogContent'
import DialogTitle from '@mui/material/DialogTitle'
import { useId } from 'react'
import { useServer } from '../../../app/chat-context.tsx'
import { t } from '../../../i18n/translate.ts'
import { Field } from '../../../ui/Field.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { checkPasskeyName } from '../../checks.ts'
import { useForm } from '../../use-form.ts'

/** Another name for a passkey. `passkey` undefined: closed. */
export function RenamePasskeyDialog({ passkey, onClose, onRenamed }: { passkey: PasskeyInfo | undefined; onClose(): void; onRenamed(): void }) {
  const titleId = useId()
  return (
    <Dialog open={passkey !== undefined} onClose={onClose} maxWidth="xs" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>{t('settings.renamePasskey')}</DialogTitle>
      {passkey !== undefined && <Form passkey={passkey} onClose={onClose} onRenamed={onRenamed} />}
    </Dialog>
  )
}

function Form({ passkey, onClose, onRenamed }: { passkey: PasskeyInfo; onClose(): void; onRenamed(): void }) {
  const { call } = useServer()
  const form = useForm({ name: passkey.name }, checkPasskeyName, async ({ name }) => {
    const answer = await call('PATCH', `/api/auth/passkeys/${passkey.id}`, { name: name.trim() })
    if (answer.ok) {
      onClose()
      onRenamed()
    }
    return answer
  })
  return (
    <form noValidate onSubmit={form.submit}>
      <DialogContent className="form">
        <Field label={t('settings.passkeyName')} value={form.values.name} onChange={form.set('name')} error={form.errors['name'] ?? form.message} autoFocus inputProps={{ name: 'name', autoComplete: 'off', maxLength: 60 }} />
      </DialogContent>
      <FormActions submit={t('common.save')} busy={form.busy} onCancel={onClose} />
    </form>
  )
}
