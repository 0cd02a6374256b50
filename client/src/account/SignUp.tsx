import type { InvitedRole, OpenInvitation, RegistrationMode } from '@chatflow/shared/api/admin'
import { useEffect, useState } from 'react'
import { useServer } from '../app/chat-context.tsx'
import type { Answer } from '../chat/contract.ts'
import { rich } from '../i18n/rich.ts'
import { t } from '../i18n/translate.ts'
import type { PlainKey } from '../i18n/words.ts'
import { SignUpForm } from './SignUpForm.tsx'

const AS: Record<InvitedRole, PlainKey> = {
  member: 'account.joinAsMember',
  guest: 'account.joinAsGuest',
}

/**
 * Opening an account, with the invitation that the address carries, or saying why it is not possible. Until the server has answered the form
 * is there: what is typed is not lost, and the server decides anyway.
 */
export function SignUp({ invitation }: { invitation: string | undefined }) {
  const { call } = useServer()
  const [mode, setMode] = useState<RegistrationMode>()
  const [invited, setInvited] = useState<Answer<OpenInvitation>>()
  useEffect(() => {
    let current = true
    void call<{ mode: RegistrationMode }>('GET', '/api/auth/registration').then((answer) => {
      if (current && answer.ok) setMode(answer.value.mode)
    })
    if (invitation !== undefined) {
      void call<OpenInvitation>('POST', '/api/auth/invitation', { code: invitation }).then((answer) => {
        if (current) setInvited(answer)
      })
    }
    return () => {
      current = false
    }
  }, [call, invitation])

  const refused = invited?.ok === false && (invited.code === 'invitation_invalid' || invited.code === 'invalid_input')
  const usable = invitation !== undefined && !refused ? invitation : undefined
  const reason = mode === 'closed' ? t('errors.registration_closed') : mode === 'invitation' && usable === undefined ? t('account.invitationRequired') : undefined
  return (
    <>
      {invited?.ok === true && (
        <p className="account-note" role="status">
          {rich('account.invites', { who: <strong>{invited.value.invitedBy}</strong>, as: t(AS[invited.value.role]) })}
        </p>
      )}
      {refused && (
        <p className="account-note" role="status">
          {t(mode === 'open' ? 'account.invitationInvalidOpen' : 'errors.invitation_invalid')}
        </p>
      )}
      {reason === undefined ? (
        <SignUpForm invitation={usable} />
      ) : (
        <p className="account-note" role="status">
          {reason}
        </p>
      )}
    </>
  )
}
