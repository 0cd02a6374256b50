import { LIMITS } from '@chatflow/shared/limits'
import Dialog from '@mui/material/Dialog'
import DialogContent from '@mui/material/DialogContent'
import DialogTitle from '@mui/material/DialogTitle'
import { useId, useState, type FormEvent } from 'react'
import { useActions } from '../app/chat-context.tsx'
import type { MemberView, RoomView } from '../chat/views.ts'
import { t } from '../i18n/translate.ts'
import type { PlainKey } from '../i18n/words.ts'
import { Field } from '../ui/Field.tsx'
import { FormActions } from '../ui/FormActions.tsx'

interface Props {
  room: RoomView
  member: MemberView
  open: boolean
  onClose(): void
  onBanned(reason: string | undefined): void
}

/** Asks before someone is kept out of the room, and why. */
export function BanDialog({ open, ...props }: Props) {
  const titleId = useId()
  return (
    <Dialog open={open} onClose={props.onClose} maxWidth="xs" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>
        {t('rooms.banTitle', { name: props.member.displayName, room: props.room.name })}
      </DialogTitle>
      {open && <Ban {...props} />}
    </Dialog>
  )
}

function Ban({ room, member, onClose, onBanned }: Omit<Props, 'open'>) {
  const { banMember } = useActions()
  const [text, setText] = useState('')
  const [error, setError] = useState<PlainKey>()

  function submit(event: FormEvent): void {
    event.preventDefault()
    const reason = text.trim() === '' ? undefined : text.trim()
    banMember(room.id, member.id, reason).then(
      () => {
        onBanned(reason)
        onClose()
      },
      () => setError('common.notKept'),
    )
  }

  return (
    <form onSubmit={submit} noValidate>
      <DialogContent className="form">
        <p className="text-2">{t('rooms.banText')}</p>
        <Field label={t('rooms.banReason')} value={text} onChange={setText} error={error && t(error)} hint={t('rooms.banReasonHint')} autoFocus inputProps={{ maxLength: LIMITS.banReason, autoComplete: 'off' }} />
      </DialogContent>
      <FormActions submit={t('rooms.ban')} danger onCancel={onClose} />
    </form>
  )
}
