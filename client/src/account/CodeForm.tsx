import Button from '@mui/material/Button'
import type { FormResult, SecondStep } from '../chat/contract.ts'
import { t } from '../i18n/translate.ts'
import { Field } from '../ui/Field.tsx'
import { checkCode } from './checks.ts'
import { useForm } from './use-form.ts'

interface Props {
  by: 'totp' | 'recovery'
  ticket: string
  /** What the button says. */
  action: string
  take(step: SecondStep): Promise<FormResult>
}

/** Completes what asks for a second step with a code of the app, or with a recovery code. */
export function CodeForm({ by, ticket, action, take }: Props) {
  const form = useForm({ code: '' }, checkCode, ({ code }) => take({ by, ticket, code: code.trim() }))
  const app = by === 'totp'
  return (
    <form className="form" noValidate onSubmit={form.submit}>
      <Field
        label={app ? t('account.code') : t('account.recoveryCode')}
        value={form.values.code}
        onChange={form.set('code')}
        error={form.errors['code'] ?? form.message}
        autoFocus
        inputProps={{ name: 'code', autoComplete: app ? 'one-time-code' : 'off', inputMode: app ? 'numeric' : 'text', maxLength: 100, autoCapitalize: 'off', spellCheck: false }}
      />
      <Button type="submit" variant="contained" size="large" aria-busy={form.busy}>
        {action}
      </Button>
    </form>
  )
}
