import CheckRounded from '@mui/icons-material/CheckRounded'
import TagRounded from '@mui/icons-material/TagRounded'
import type { DirectoryRoom } from '@chatflow/shared/api/chat'
import Button from '@mui/material/Button'
import Dialog from '@mui/material/Dialog'
import DialogContent from '@mui/material/DialogContent'
import DialogTitle from '@mui/material/DialogTitle'
import { useId, useState } from 'react'
import { useActions, useChatState } from '../app/chat-context.tsx'
import { useShell } from '../app/shell-context.tsx'
import { navigate } from '../app/use-route.ts'
import { t } from '../i18n/translate.ts'
import { SearchField } from '../ui/SearchField.tsx'
import { FormError } from '../ui/FormError.tsx'
import { useRoomPages } from './use-room-pages.ts'
import './dialogs.css'

/** All public rooms, to look into or to join. */
export function BrowseRoomsDialog({ open, onClose }: { open: boolean; onClose(): void }) {
  const titleId = useId()
  return (
    <Dialog open={open} onClose={onClose} maxWidth="sm" aria-labelledby={titleId} slotProps={{ paper: { sx: { maxWidth: 520 } } }}>
      <DialogTitle id={titleId}>{t('rooms.browse')}</DialogTitle>
      <Rooms onClose={onClose} />
    </Dialog>
  )
}

function Rooms({ onClose }: { onClose(): void }) {
  const { joinRoom } = useActions()
  const { openDialog } = useShell()
  const offline = useChatState((state) => state.connection.state !== 'connected')
  const [query, setQuery] = useState('')
  const [failed, setFailed] = useState(false)
  const { rooms, more, next } = useRoomPages(query.trim())

  function open(room: DirectoryRoom): void {
    const opened = room.joined ? Promise.resolve() : joinRoom(room)
    opened.then(
      () => {
        onClose()
        navigate({ room: room.room })
      },
      () => setFailed(true),
    )
  }

  return (
    <DialogContent>
      <SearchField className="browse-field" label={t('rooms.findRoom')} value={query} onChange={setQuery} autoFocus />
      {offline && <p className="text-2 browse-offline">{t('rooms.browseOffline')}</p>}
      <ul className="browse-list" aria-busy={rooms === undefined}>
        {rooms?.map((room) => (
          <BrowseRoom key={room.room} room={room} onOpen={() => open(room)} />
        ))}
        {more && (
          <li>
            <Button fullWidth variant="outlined" onClick={next}>
              {t('common.showMore')}
            </Button>
          </li>
        )}
      </ul>
      {failed && <FormError>{t('common.notKept')}</FormError>}
      {rooms?.length === 0 && (
        <p className="browse-none">
          {query.trim() === '' ? t('rooms.noPublicRoom') : t('rooms.noRoomCalled', { query: query.trim() })}
          <Button
            size="small"
            color="primary"
            onClick={() => {
              onClose()
              openDialog('new-room')
            }}
          >
            {t('rooms.makeOne')}
          </Button>
        </p>
      )}
    </DialogContent>
  )
}

function BrowseRoom({ room, onOpen }: { room: DirectoryRoom; onOpen(): void }) {
  return (
    <li className="browse-room">
      <span className="room-sign" aria-hidden="true">
        <TagRounded fontSize="small" />
      </span>
      <div className="browse-lines">
        <div className="browse-name ellipsis">
          <bdi>{room.name}</bdi>
        </div>
        <div className="text-3 browse-facts">
          {room.joined && (
            <span className="browse-joined">
              <CheckRounded aria-hidden="true" /> {t('rooms.joined')}
            </span>
          )}
          {t('rooms.membersNumber', { count: room.members })}
        </div>
        {room.topic !== '' && (
          <div className="text-2 browse-topic" dir="auto" title={room.topic}>
            {room.topic}
          </div>
        )}
      </div>
      <Button size="small" variant="outlined" aria-label={t(room.joined ? 'rooms.openRoom' : 'rooms.joinRoom', { room: room.name })} onClick={onOpen}>
        {t(room.joined ? 'rooms.open' : 'rooms.join')}
      </Button>
    </li>
  )
}
