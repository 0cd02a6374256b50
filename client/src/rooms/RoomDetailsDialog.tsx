import { LIMITS } from '@chatflow/shared/limits'
import Dialog from '@mui/material/Dialog'
import DialogContent from '@mui/material/DialogContent'
import DialogTitle from '@mui/material/DialogTitle'
import { useId, useState } from 'react'
import type { FormEvent } from 'react'
import { useActions } from '../app/chat-context.tsx'
import type { RoomView } from '../chat/views.ts'
import { t } from '../i18n/translate.ts'
import type { PlainKey } from '../i18n/words.ts'
import { Field } from '../ui/Field.tsx'
import { FormActions } from '../ui/FormActions.tsx'

/** Changes a room's name and topic. */
export function RoomDetailsDialog({ room, open, onClose }: { room: RoomView; open: boolean; onClose(): void }) {
  const titleId = useId()
  return (
    <Dialog open={open} onClose={onClose} maxWidth="xs" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>{t('rooms.detailsTitle')}</DialogTitle>
      {open && <Details room={room} onClose={onClose} />}
    </Dialog>
  )
}

function Details({ room, onClose }: { room: RoomView; onClose(): void }) {
  const { updateRoom } = useActions()
  const [name, setName] = useState(room.name)
  const [topic, setTopic] = useState(room.topic)
  const [error, setError] = useState<PlainKey>()

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (name.trim() === '') return setError('rooms.nameNeeded')
    const change = { ...(name.trim() === room.name ? {} : { name: name.trim() }), ...(topic.trim() === room.topic ? {} : { topic: topic.trim() }) }
    if (Object.keys(change).length === 0) return onClose()
    updateRoom(room.id, change).then(onClose, () => setError('common.notKept'))
  }

  return (
    <form onSubmit={submit} noValidate>
      <DialogContent className="form">
        <Field label={t('rooms.name')} value={name} onChange={setName} error={error && t(error)} autoFocus inputProps={{ maxLength: LIMITS.roomName, autoComplete: 'off' }} />
        <Field label={t('rooms.topic')} value={topic} onChange={setTopic} inputProps={{ maxLength: LIMITS.roomTopic, autoComplete: 'off' }} />
      </DialogContent>
      <FormActions submit={t('common.save')} onCancel={onClose} />
    </form>
  )
}
