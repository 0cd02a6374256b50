import type { RecoveryCodes, TotpSetup } from '@chatflow/shared/api/second-factor'
import Dialog from '@mui/material/Dialog'
import DialogContent from '@mui/material/DialogContent'
import DialogTitle from '@mui/material/DialogTitle'
import { useId, useState } from 'react'
import { useServer } from '../../../app/chat-context.tsx'
import { t } from '../../../i18n/translate.ts'
import { Field } from '../../../ui/Field.tsx'
import { FormActions } from '../../../ui/FormActions.tsx'
import { checkCode } from '../../checks.ts'
import { useForm } from '../../use-form.ts'
import { PasswordDialog } from '../PasswordDialog.tsx'
import { QrCode } from './QrCode.tsx'
import { RecoveryCodesDialog } from './RecoveryCodesDialog.tsx'

/** Sets an authenticator app up: the password, the app reads the secret, its first code, then the recovery codes. It closes when they were seen. */
export function AppSetupDialog({ open, onClose, onDone }: { open: boolean; onClose(): void; onDone(): void }) {
  const { call } = useServer()
  const titleId = useId()
  const [setup, setSetup] = useState<TotpSetup>()
  const [codes, setCodes] = useState<string[]>()
  const close = () => {
    setSetup(undefined)
    setCodes(undefined)
    onClose()
  }
  return (
    <>
      <PasswordDialog
        open={open && setup === undefined && codes === undefined}
        title={t('settings.setUpAppTitle')}
        text={t('settings.setUpAppText')}
        confirm={t('settings.continue')}
        onClose={close}
        onConfirm={async (password) => {
          const answer = await call<TotpSetup>('POST', '/api/auth/totp', { password })
          if (answer.ok) setSetup(answer.value)
          return answer
        }}
      />
      <Dialog open={open && setup !== undefined} onClose={close} maxWidth="xs" aria-labelledby={titleId}>
        <DialogTitle id={titleId}>{t('settings.scan')}</DialogTitle>
        {setup !== undefined && (
          <Confirm
            setup={setup}
            onClose={close}
            onConfirmed={(recoveryCodes) => {
              setSetup(undefined)
              setCodes(recoveryCodes)
            }}
          />
        )}
      </Dialog>
      <RecoveryCodesDialog
        codes={codes}
        onClose={() => {
          close()
          onDone()
        }}
      />
    </>
  )
}

function Confirm({ setup, onClose, onConfirmed }: { setup: TotpSetup; onClose(): void; onConfirmed(codes: string[]): void }) {
  const { call } = useServer()
  const form = useForm({ code: '' }, checkCode, async ({ code }) => {
    const answer = await call<RecoveryCodes>('POST', '/api/auth/totp/confirm', { code: code.trim() })
    if (answer.ok) onConfirmed(answer.value.recoveryCodes)
    return answer
  })
  return (
    <form noValidate onSubmit={form.submit}>
      <DialogContent className="form">
        <QrCode text={setup.uri} label={t('settings.scanPicture')} />
        <div>
          <p className="text-2">{t('settings.orTypeKey')}</p>
          <code className="security-secret">{setup.secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}</code>
        </div>
        <Field
          label={t('settings.code')}
          value={form.values.code}
          onChange={form.set('code')}
          error={form.errors['code'] ?? form.message}
          hint={t('settings.codeHint')}
          autoFocus
          inputProps={{ name: 'code', autoComplete: 'one-time-code', inputMode: 'numeric', maxLength: 10 }}
        />
      </DialogContent>
      <FormActions submit={t('settings.turnOn')} busy={form.busy} onCancel={onClose} />
    </form>
  )
}
