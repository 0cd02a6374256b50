import type { SecondFactorChallenge, SecondFactorMethod } from '@chatflow/shared/api/second-factor'
import Button from '@mui/material/Button'
import { useState } from 'react'
import { useActions, useChatState } from '../app/chat-context.tsx'
import type { FormResult, SecondStep } from '../chat/contract.ts'
import { t } from '../i18n/translate.ts'
import type { PlainKey } from '../i18n/words.ts'
import { CodeForm } from './CodeForm.tsx'
import { PasskeyButton } from './PasskeyButton.tsx'

const SAYS: Record<SecondFactorMethod, PlainKey> = {
  totp: 'account.sayTotp',
  passkey: 'account.sayPasskey',
  recovery: 'account.sayRecovery',
}
const OFFERS: Record<SecondFactorMethod, PlainKey> = { totp: 'account.useCodeOfApp', passkey: 'account.usePasskey', recovery: 'account.useRecoveryCode' }

interface Props {
  challenge: SecondFactorChallenge
  onBack(): void
  /** What it is for, and what its button says; left out: a sign-in. */
  take?(step: SecondStep): Promise<FormResult>
  action?: string
}

/** After the right password: what else the account asks for, one way at a time. */
export function SecondStepForm({ challenge: { ticket, methods }, onBack, take, action = t('account.signIn') }: Props) {
  const { signInWith } = useActions()
  const able = useChatState((state) => state.passkeys)
  const usable = methods.filter((method) => method !== 'passkey' || able)
  const [method, setMethod] = useState<SecondFactorMethod>(usable[0] ?? 'recovery')
  return (
    <div className="form">
      <p className="text-2" role="status">
        {t(SAYS[method])}
      </p>
      {method === 'passkey' ? <PasskeyButton ticket={ticket} primary take={take ?? signInWith} /> : <CodeForm key={method} by={method} ticket={ticket} action={action} take={take ?? signInWith} />}
      <div className="second-step-ways">
        {usable
          .filter((other) => other !== method)
          .map((other) => (
            <Button key={other} size="small" onClick={() => setMethod(other)}>
              {t(OFFERS[other])}
            </Button>
          ))}
        <Button size="small" color="inherit" onClick={onBack}>
          {t('account.beginAgain')}
        </Button>
      </div>
    </div>
  )
}
