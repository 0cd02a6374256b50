import TagRounded from '@mui/icons-material/TagRounded'
import type { DirectoryRoom } from '@chatflow/shared/api/chat'
import Button from '@mui/material/Button'
import Dialog from '@mui/material/Dialog'
import DialogContent from '@mui/material/DialogContent'
import DialogTitle from '@mui/material/DialogTitle'
import { useEffect, useId, useState } from 'react'
import { useActions } from '../app/chat-context.tsx'
import { useShell } from '../app/shell-context.tsx'
import { navigate } from '../app/use-route.ts'
import { SearchField } from '../ui/SearchField.tsx'
import { plural } from '../ui/plural.ts'
import './dialogs.css'

/** All public rooms, to look into or to join. */
export function BrowseRoomsDialog({ open, onClose }: { open: boolean; onClose(): void }) {
  const titleId = useId()
  return (
    <Dialog open={open} onClose={onClose} maxWidth="sm" aria-labelledby={titleId} slotProps={{ paper: { sx: { maxWidth: 520 } } }}>
      <DialogTitle id={titleId}>Browse rooms</DialogTitle>
      {open && <Rooms onClose={onClose} />}
    </Dialog>
  )
}

function Rooms({ onClose }: { onClose(): void }) {
  const { findRooms, joinRoom } = useActions()
  const { openDialog } = useShell()
  const [query, setQuery] = useState('')
  const [rooms, setRooms] = useState<DirectoryRoom[]>()

  useEffect(() => {
    let wanted = true
    const timer = setTimeout(() => {
      findRooms(query.trim()).then(
        (found) => wanted && setRooms(found),
        () => wanted && setRooms([]),
      )
    }, 120)
    return () => {
      wanted = false
      clearTimeout(timer)
    }
  }, [query, findRooms])

  function open(room: DirectoryRoom): void {
    const opened = room.joined ? Promise.resolve() : joinRoom(room)
    void opened.then(() => {
      onClose()
      navigate({ room: room.room })
    })
  }

  return (
    <DialogContent>
      <SearchField className="browse-field" label="Find a room" value={query} onChange={setQuery} autoFocus />
      <ul className="browse-list" aria-busy={rooms === undefined}>
        {rooms?.map((room) => (
          <li key={room.room} className="browse-room">
            <span className="room-sign" aria-hidden="true">
              <TagRounded fontSize="small" />
            </span>
            <div className="browse-lines">
              <div className="browse-name ellipsis">{room.name}</div>
              <div className="text-3 ellipsis">
                {plural(room.members, 'member')}
                {room.topic !== '' && ` · ${room.topic}`}
              </div>
            </div>
            <Button size="small" variant="outlined" aria-label={`${room.joined ? 'Open' : 'Join'} ${room.name}`} onClick={() => open(room)}>
              {room.joined ? 'Open' : 'Join'}
            </Button>
          </li>
        ))}
      </ul>
      {rooms?.length === 0 && (
        <p className="browse-none">
          {query.trim() === '' ? 'There is no public room yet.' : `No public room is called “${query.trim()}”.`}
          <Button
            size="small"
            color="primary"
            onClick={() => {
              onClose()
              openDialog('new-room')
            }}
          >
            Make one
          </Button>
        </p>
      )}
    </DialogContent>
  )
}
