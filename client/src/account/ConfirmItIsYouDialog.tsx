import type { SecondFactorChallenge, SecondFactors } from '@chatflow/shared/api/second-factor'
import Button from '@mui/material/Button'
import Dialog from '@mui/material/Dialog'
import DialogActions from '@mui/material/DialogActions'
import DialogContent from '@mui/material/DialogContent'
import DialogTitle from '@mui/material/DialogTitle'
import { useId, useState } from 'react'
import { useActions, useChatState } from '../app/chat-context.tsx'
import { sentence } from '../i18n/sentence.ts'
import { t } from '../i18n/translate.ts'
import { checkPassword } from './checks.ts'
import { PasskeyButton } from './PasskeyButton.tsx'
import { PasswordField } from './PasswordField.tsx'
import { SecondStepForm } from './SecondStepForm.tsx'
import { useAnswer } from './settings/use-answer.ts'
import { useForm } from './use-form.ts'
import { FormActions } from '../ui/FormActions.tsx'

/** Stands over whatever asked for something that needs to be confirmed, and lets it go on from there. */
export function ConfirmItIsYouDialog() {
  const id = useId()
  const { cancelConfirmation } = useActions()
  const asked = useChatState((state) => state.confirmation)
  return (
    <Dialog open={asked !== undefined} onClose={cancelConfirmation} maxWidth="xs" fullWidth aria-labelledby={`${id}-title`}>
      <DialogTitle id={`${id}-title`}>{t('account.confirmItIsYou')}</DialogTitle>
      {asked !== undefined && <Steps given={asked.challenge} />}
    </Dialog>
  )
}

function Steps({ given }: { given: SecondFactorChallenge | undefined }) {
  const { confirm, cancelConfirmation } = useActions()
  const [challenge, setChallenge] = useState(given)
  if (challenge === undefined) return <PasswordStep onChallenge={setChallenge} />
  return (
    <>
      <DialogContent className="form">
        <SecondStepForm challenge={challenge} onBack={() => setChallenge(undefined)} take={confirm} action={t('account.confirm')} />
      </DialogContent>
      <DialogActions>
        <Button variant="outlined" onClick={cancelConfirmation}>
          {t('common.cancel')}
        </Button>
      </DialogActions>
    </>
  )
}

function PasswordStep({ onChallenge }: { onChallenge(challenge: SecondFactorChallenge): void }) {
  const { confirm, cancelConfirmation } = useActions()
  const able = useChatState((state) => state.passkeys)
  const username = useChatState((state) => state.user?.username ?? '')
  const { value: factors } = useAnswer<SecondFactors>('/api/auth/second-factors')
  const form = useForm({ password: '' }, checkPassword, async ({ password }) => {
    const result = await confirm({ by: 'password', password })
    if (result.ok || result.secondFactor === undefined) return result.ok || result.code !== 'wrong_credentials' ? result : { ...result, fields: { password: sentence('account.passwordWrong') } }
    onChallenge(result.secondFactor)
    return { ok: true }
  })
  return (
    <form noValidate onSubmit={form.submit}>
      <DialogContent className="form">
        <p className="text-2">{t('account.onlyYouMay')}</p>
        {/* Password managers want to know whose password this is. */}
        <input type="text" name="username" autoComplete="username" value={username} readOnly hidden />
        <PasswordField value={form.values.password} onChange={form.set('password')} error={form.errors['password'] ?? form.message} autoComplete="current-password" autoFocus />
        {able && factors !== undefined && factors.passkeys.length > 0 && <PasskeyButton take={confirm} />}
      </DialogContent>
      <FormActions submit={t('account.confirm')} busy={form.busy} onCancel={cancelConfirmation} />
    </form>
  )
}
