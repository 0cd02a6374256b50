import type { DirectoryUser } from '@chatflow/shared/api/chat'
import Button from '@mui/material/Button'
import Dialog from '@mui/material/Dialog'
import DialogActions from '@mui/material/DialogActions'
import DialogContent from '@mui/material/DialogContent'
import DialogTitle from '@mui/material/DialogTitle'
import { useId, useState } from 'react'
import { useActions } from '../app/chat-context.tsx'
import type { MemberView, RoomView } from '../chat/views.ts'
import { t } from '../i18n/translate.ts'
import { PeoplePicker } from './PeoplePicker.tsx'

interface Props {
  room: RoomView
  members: readonly MemberView[]
  open: boolean
  onClose(): void
}

export function AddPeopleDialog({ room, members, open, onClose }: Props) {
  const titleId = useId()
  const { addMember } = useActions()
  const [people, setPeople] = useState<DirectoryUser[]>([])
  const close = () => {
    setPeople([])
    onClose()
  }
  return (
    <Dialog open={open} onClose={close} maxWidth="xs" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>{t('rooms.addPeopleTo', { room: room.name })}</DialogTitle>
      <DialogContent>
        <PeoplePicker label={t('rooms.people')} value={people} onChange={setPeople} without={members.map((member) => member.id)} autoFocus />
      </DialogContent>
      <DialogActions>
        <Button variant="outlined" onClick={close}>
          {t('common.cancel')}
        </Button>
        <Button
          variant="contained"
          aria-disabled={people.length === 0}
          onClick={() => {
            if (people.length === 0) return
            void Promise.all(people.map((person) => addMember(room.id, person.id))).finally(close)
          }}
        >
          {t('rooms.add')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
