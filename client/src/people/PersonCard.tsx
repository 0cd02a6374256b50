import Button from '@mui/material/Button'
import Popover from '@mui/material/Popover'
import { can } from '@chatflow/shared/permissions'
import { useActions, useMe } from '../app/chat-context.tsx'
import { navigate } from '../app/use-route.ts'
import type { PersonView } from '../chat/views.ts'
import { t } from '../i18n/translate.ts'
import { PersonAvatar } from '../ui/PersonAvatar.tsx'
import { StatusText } from './StatusText.tsx'
import { usePresenceWords } from './use-presence-words.ts'
import './person-card.css'

/** Who somebody is, what they say of themselves, and whether they are here; opens at what was pointed at. */
export function PersonCard({ person, anchor, onClose }: { person: PersonView | undefined; anchor: HTMLElement | null; onClose(): void }) {
  return (
    <Popover
      open={person !== undefined && anchor !== null}
      anchorEl={anchor}
      onClose={onClose}
      anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
      transformOrigin={{ vertical: 'top', horizontal: 'left' }}
      slotProps={{ paper: { role: 'dialog', 'aria-label': person === undefined ? t('people.person') : t('people.about', { name: person.displayName }), sx: { width: 288 } } }}
    >
      {person !== undefined && <Card person={person} onClose={onClose} />}
    </Popover>
  )
}

function Card({ person, onClose }: { person: PersonView; onClose(): void }) {
  const me = useMe()
  const { startDirect } = useActions()
  const words = usePresenceWords(person)
  const gone = person.username === ''
  return (
    <div className="person-card">
      <div className="person-card-who">
        <PersonAvatar id={person.id} name={person.displayName} avatar={person.avatar} size={56} presence={person.presence} showPresence={person.presence !== undefined} />
        <div className="person-card-lines">
          <span className="person-card-name ellipsis">{person.displayName}</span>
          {!gone && <span className="text-2 ellipsis">@{person.username}</span>}
          {words !== undefined && <span className="text-3">{words}</span>}
        </div>
      </div>
      {person.status !== undefined && (
        <p className="person-card-status">
          <StatusText status={person.status} />
        </p>
      )}
      {person.id !== me.id && !gone && can(me, 'room.create', { room: { kind: 'dm' } }) && (
        <Button
          fullWidth
          variant="outlined"
          onClick={() => {
            onClose()
            void startDirect([person.id]).then((room) => navigate({ room }))
          }}
        >
          {t('common.messageDirectly')}
        </Button>
      )}
    </div>
  )
}
