import type { InvitedRole, OpenInvitation, RegistrationMode } from '@chatflow/shared/api/admin'
import { ERRORS } from '@chatflow/shared/errors'
import { useEffect, useState } from 'react'
import { useServer } from '../app/chat-context.tsx'
import type { Answer } from '../chat/contract.ts'
import { SignUpForm } from './SignUpForm.tsx'

const AS: Record<InvitedRole, string> = {
  member: 'You join as a member.',
  guest: 'You join as a guest: you see the rooms that you are let into.',
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
  const reason = mode === 'closed' ? ERRORS.registration_closed.title : mode === 'invitation' && usable === undefined ? ERRORS.invitation_required.title : undefined
  return (
    <>
      {invited?.ok === true && (
        <p className="account-note" role="status">
          <strong>{invited.value.invitedBy}</strong> invites you. {AS[invited.value.role]}
        </p>
      )}
      {refused && (
        <p className="account-note" role="status">
          {ERRORS.invitation_invalid.title}
          {mode === 'open' && ' You can open an account without it.'}
        </p>
      )}
      {reason === undefined ? (
        <SignUpForm invitation={usable} />
      ) : (
        <p className="account-note" role="status">
          {reason} {mode === 'invitation' && 'Ask an administrator for a link.'}
        </p>
      )}
    </>
  )
}
