import { useRoomUi } from './room-ui.tsx'

/** Above the first message: where the room begins, or where its kept history does. */
export function RoomBeginning({ kept }: { kept: boolean }) {
  const { room } = useRoomUi()
  if (kept) return <p className="event">Older messages have been removed from this room.</p>
  return <p className="event">{room.kind === 'dm' ? 'This is where your conversation begins.' : 'This is where the room begins.'}</p>
}
