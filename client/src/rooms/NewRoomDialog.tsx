import type { DirectoryUser } from '@chatflow/shared/api/chat'
import { LIMITS } from '@chatflow/shared/limits'
import { can } from '@chatflow/shared/permissions'
import Button from '@mui/material/Button'
import Dialog from '@mui/material/Dialog'
import DialogActions from '@mui/material/DialogActions'
import DialogContent from '@mui/material/DialogContent'
import DialogTitle from '@mui/material/DialogTitle'
import Switch from '@mui/material/Switch'
import { useId, useState } from 'react'
import type { FormEvent } from 'react'
import { useActions, useMe } from '../app/chat-context.tsx'
import { navigate } from '../app/use-route.ts'
import { Field } from '../ui/Field.tsx'
import { PeoplePicker } from './PeoplePicker.tsx'
import './dialogs.css'

/** Makes a room; it can be written in at once, also offline. */
export function NewRoomDialog({ open, onClose }: { open: boolean; onClose(): void }) {
  const titleId = useId()
  return (
    <Dialog open={open} onClose={onClose} maxWidth="xs" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>New room</DialogTitle>
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
  const [wrongName, setWrongName] = useState<string>()
  const [failed, setFailed] = useState<string>()

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (name.trim() === '') return setWrongName('Give the room a name.')
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
      () => setFailed('This could not be kept on your device. Try again.'),
    )
  }

  return (
    <form onSubmit={submit} noValidate>
      <DialogContent className="form">
        <Field
          label="Name"
          value={name}
          onChange={(next) => {
            setName(next)
            setWrongName(undefined)
          }}
          error={wrongName}
          autoFocus
          inputProps={{ maxLength: LIMITS.roomName, autoComplete: 'off' }}
        />
        <Field label="Topic" value={topic} onChange={setTopic} hint="What belongs here. It can be changed later." inputProps={{ maxLength: LIMITS.roomTopic, autoComplete: 'off' }} />
        <label className="dialog-switch" htmlFor={`${hintId}-switch`}>
          <span>
            <span className="dialog-switch-title">Open to everyone</span>
            <span className="text-3" id={hintId}>
              {open ? 'Everyone can find and join this room.' : mayOpen ? 'Only people who are added can see this room.' : 'Only you can see this room. Confirm your email address to open it to everyone.'}
            </span>
          </span>
          <Switch id={`${hintId}-switch`} checked={open} disabled={!mayOpen} onChange={(_, on) => setOpen(on)} slotProps={{ input: { role: 'switch', 'aria-label': 'Open to everyone', 'aria-describedby': hintId } }} />
        </label>
        {mayInvite ? (
          <PeoplePicker label="People" value={people} onChange={setPeople} hint="You can add more at any time." />
        ) : (
          <p className="field-note">You can add people once you have confirmed your email address.</p>
        )}
        {failed !== undefined && (
          <p className="form-error" role="alert">
            {failed}
          </p>
        )}
      </DialogContent>
      <DialogActions>
        <Button variant="outlined" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" variant="contained">
          Create
        </Button>
      </DialogActions>
    </form>
  )
}
