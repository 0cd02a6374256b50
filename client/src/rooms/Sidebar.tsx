import AddCommentRounded from '@mui/icons-material/AddCommentRounded'
import AddRounded from '@mui/icons-material/AddRounded'
import TravelExploreRounded from '@mui/icons-material/TravelExploreRounded'
import Button from '@mui/material/Button'
import IconButton from '@mui/material/IconButton'
import Tooltip from '@mui/material/Tooltip'
import type { Id } from '@chatflow/shared/ids'
import { can } from '@chatflow/shared/permissions'
import { memo, useMemo } from 'react'
import { AccountButton } from '../account/AccountButton.tsx'
import { useChatState, useMe } from '../app/chat-context.tsx'
import { useShell } from '../app/shell-context.tsx'
import { ReportsLink } from '../moderation/ReportsLink.tsx'
import { Logo } from '../ui/Logo.tsx'
import { GUEST_WAITS } from './guest-waits.ts'
import { JumpField } from './jump/JumpField.tsx'
import { RoomLink } from './RoomLink.tsx'
import { sections } from './sections.ts'
import type { Section } from './sections.ts'
import { useKeptPlace } from './use-kept-place.ts'
import { useRoomKeys } from './use-room-keys.ts'
import './sidebar.css'

/** All rooms of the person, and the ways to new ones. `open`: the room on the screen. */
export const Sidebar = memo(function Sidebar({ open }: { open: Id | undefined }) {
  const rooms = useChatState((state) => state.rooms)
  const mayMake = can(useMe(), 'room.create')
  const kept = useKeptPlace(rooms, open)
  const list = useMemo(() => sections(rooms, kept), [rooms, kept])
  const order = useMemo(() => list.flatMap((section) => section.rooms), [list])
  useRoomKeys(order, open)

  return (
    <section className="sidebar" aria-label="Sidebar">
      <div className="sidebar-head">
        <Logo size={28} />
        <span className="sidebar-brand">ChatFlow</span>
        {mayMake && <NewButtons />}
      </div>
      <JumpField />
      <nav className="sidebar-rooms" aria-label="Rooms">
        {list.map((section) => (
          <RoomSection key={section.title} section={section} open={open} />
        ))}
        {rooms.length === 0 && (mayMake ? <NoRooms /> : <p className="sidebar-note">{GUEST_WAITS}</p>)}
      </nav>
      <ReportsLink />
      <AccountButton />
    </section>
  )
})

/** The ways to rooms that one is not in. Guests have none of them. */
function NewButtons() {
  const { openDialog } = useShell()
  return (
    <>
      <Tooltip title="Browse rooms">
        <IconButton aria-label="Browse rooms" onClick={() => openDialog('browse-rooms')}>
          <TravelExploreRounded />
        </IconButton>
      </Tooltip>
      <Tooltip title="New direct message">
        <IconButton aria-label="New direct message" onClick={() => openDialog('new-direct')}>
          <AddCommentRounded />
        </IconButton>
      </Tooltip>
      <Tooltip title="New room">
        <IconButton aria-label="New room" onClick={() => openDialog('new-room')}>
          <AddRounded />
        </IconButton>
      </Tooltip>
    </>
  )
}

function RoomSection({ section, open }: { section: Section; open: Id | undefined }) {
  return (
    <section className="room-section">
      <h2 className="room-section-title">{section.title}</h2>
      {section.rooms.map((room) => (
        <RoomLink key={room.id} room={room} open={room.id === open} />
      ))}
    </section>
  )
}

/** On a phone this is the whole screen; beside the list, the middle says the same. */
function NoRooms() {
  const { openDialog } = useShell()
  return (
    <div className="sidebar-note">
      <p>Your rooms and conversations will stand here.</p>
      <div className="sidebar-start">
        <Button fullWidth variant="contained" onClick={() => openDialog('new-room')}>
          Make a room
        </Button>
        <Button fullWidth variant="outlined" onClick={() => openDialog('browse-rooms')}>
          See what there is
        </Button>
      </div>
    </div>
  )
}
