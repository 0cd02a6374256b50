import type { DirectoryUser } from '@chatflow/shared/api/chat'
import { LIMITS } from '@chatflow/shared/limits'
import { can } from '@chatflow/shared/permissions'
import Dialog from '@mui/material/Dialog'
import DialogContent from '@mui/material/DialogContent'
import DialogTitle from '@mui/material/DialogTitle'
import Switch from '@mui/material/Switch'
import { useId, useState } from 'react'
import type { FormEvent } from 'react'
import { useActions, useMe } from '../app/chat-context.tsx'
import { navigate } from '../app/use-route.ts'
import { t } from '../i18n/translate.ts'
import type { PlainKey } from '../i18n/words.ts'
import { Field } from '../ui/Field.tsx'
import { FormActions } from '../ui/FormActions.tsx'
import { FormError } from '../ui/FormError.tsx'
import { PeoplePicker } from './PeoplePicker.tsx'
import './dialogs.css'

/** Makes a room; it can be written in at once, also offline. */
export function NewRoomDialog({ open, onClose }: { open: boolean; onClose(): void }) {
  const titleId = useId()
  return (
    <Dialog open={open} onClose={onClose} maxWidth="xs" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>{t('rooms.newRoom')}</DialogTitle>
      {open && <NewRoomForm onClose={onClose} />}
    </Dialog>
  )
}

function NewRoomForm({ onClose }: { onClose(): void }) {
  const { createRoom } = useActions()
  const hintId = useId()
  const [name, setName] = useState('')
  const [topic, setTopic] = useState('')
  const me = useMe()
  const who = { id: me.id, role: me.role, verified: me.emailVerified }
  const mayOpen = can(who, 'room.create', { room: { kind: 'public' } })
  const mayInvite = can(who, 'room.create', { room: { kind: 'private' }, invites: true })
  const [wantsOpen, setOpen] = useState(true)
  const open = wantsOpen && mayOpen
  const [people, setPeople] = useState<DirectoryUser[]>([])
  const [wrongName, setWrongName] = useState<PlainKey>()
  const [failed, setFailed] = useState<PlainKey>()

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (name.trim() === '') return setWrongName('rooms.nameMissing')
    createRoom({
      kind: open ? 'public' : 'private',
      name: name.trim(),
      ...(topic.trim() === '' ? {} : { topic: topic.trim() }),
      members: people.map((person) => person.id),
    }).then(
      (room) => {
        onClose()
        navigate({ room })
      },
      () => setFailed('common.notKept'),
    )
  }

  return (
    <form onSubmit={submit} noValidate>
      <DialogContent className="form">
        <Field
          label={t('rooms.name')}
          value={name}
          onChange={(next) => {
            setName(next)
            setWrongName(undefined)
          }}
          error={wrongName && t(wrongName)}
          autoFocus
          inputProps={{ maxLength: LIMITS.roomName, autoComplete: 'off' }}
        />
        <Field label={t('rooms.topic')} value={topic} onChange={setTopic} hint={t('rooms.topicHint')} inputProps={{ maxLength: LIMITS.roomTopic, autoComplete: 'off' }} />
        <label className="dialog-switch" htmlFor={`${hintId}-switch`}>
          <span>
            <span className="dialog-switch-title">{t('rooms.openToAll')}</span>
            <span className="text-3" id={hintId}>
              {t(open ? 'rooms.openText' : mayOpen ? 'rooms.closedText' : 'rooms.closedNeedsEmail')}
            </span>
          </span>
          <Switch id={`${hintId}-switch`} checked={open} disabled={!mayOpen} onChange={(_, on) => setOpen(on)} slotProps={{ input: { role: 'switch', 'aria-label': t('rooms.openToAll'), 'aria-describedby': hintId } }} />
        </label>
        {mayInvite ? (
          <PeoplePicker label={t('rooms.people')} value={people} onChange={setPeople} hint={t('rooms.peopleHint')} />
        ) : (
          <p className="field-note">{t('rooms.peopleNeedEmail')}</p>
        )}
        {failed !== undefined && <FormError>{t(failed)}</FormError>}
      </DialogContent>
      <FormActions submit={t('rooms.create')} onCancel={onClose} />
    </form>
  )
}
