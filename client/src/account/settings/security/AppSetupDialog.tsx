import type { RecoveryCodes, TotpSetup } from '@chatflow/shared/api/second-factor'
import Button from '@mui/material/Button'
import Dialog from '@mui/material/Dialog'
import DialogActions from '@mui/material/DialogActions'
import DialogContent from '@mui/material/DialogContent'
import DialogTitle from '@mui/material/DialogTitle'
import { useId, useState } from 'react'
import { useServer } from '../../../app/chat-context.tsx'
import { Field } from '../../../ui/Field.tsx'
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
        title="Set up an authenticator app"
        text="First, your password, to make sure that it is you."
        confirm="Continue"
        onClose={close}
        onConfirm={async (password) => {
          const answer = await call<TotpSetup>('POST', '/api/auth/totp', { password })
          if (answer.ok) setSetup(answer.value)
          return answer
        }}
      />
      <Dialog open={open && setup !== undefined} onClose={close} maxWidth="xs" aria-labelledby={titleId}>
        <DialogTitle id={titleId}>Scan this with your app</DialogTitle>
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
        <QrCode text={setup.uri} label="Picture for your authenticator app" />
        <div>
          <p className="text-2">Or type this key into it:</p>
          <code className="security-secret">{setup.secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}</code>
        </div>
        <Field
          label="Code"
          value={form.values.code}
          onChange={form.set('code')}
          error={form.errors['code'] ?? form.message}
          hint="The six digits that the app shows now."
          autoFocus
          inputProps={{ name: 'code', autoComplete: 'one-time-code', inputMode: 'numeric', maxLength: 10 }}
        />
      </DialogContent>
      <DialogActions>
        <Button variant="outlined" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" variant="contained" aria-busy={form.busy}>
          Turn on
        </Button>
      </DialogActions>
    </form>
  )
}
