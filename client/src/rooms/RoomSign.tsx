import LockRounded from '@mui/icons-material/LockRounded'
import TagRounded from '@mui/icons-material/TagRounded'
import ArchiveRounded from '@mui/icons-material/Inventory2Rounded'
import type { RoomView } from '../chat/views.ts'
import { PersonAvatar } from '../ui/PersonAvatar.tsx'
import './room-sign.css'

/** What stands before a room's name: a sign for its kind, the other person's face, or the first two of a group. */
export function RoomSign({ room, size = 20 }: { room: RoomView; size?: number }) {
  const [first, second] = room.with
  if (room.kind === 'dm' && first !== undefined && second !== undefined) {
    const each = Math.round(size * 0.7)
    return (
      <span className="faces" aria-hidden="true" style={{ width: size, height: size }}>
        {[first, second].map(({ id, displayName, avatar }) => (
          <PersonAvatar key={id} id={id} name={displayName} avatar={avatar} size={each} />
        ))}
      </span>
    )
  }
  if (room.kind === 'dm' && first !== undefined) return <PersonAvatar id={first.id} name={first.displayName} avatar={first.avatar} size={size} presence={first.presence} showPresence />
  const Sign = room.archived ? ArchiveRounded : room.kind === 'private' ? LockRounded : TagRounded
  return (
    <span className="room-sign" aria-hidden="true">
      <Sign fontSize="small" />
    </span>
  )
}
