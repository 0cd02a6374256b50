import type { RoomView } from '../chat/views.ts'
import { RoomSign } from '../rooms/RoomSign.tsx'
import { roomSlug } from '../rooms/room-slug.ts'
import type { CompletionSource } from './completions.ts'

const SHOWN = 6

/** Rooms of the person after `#`; whoever knows the room, too, sees a link to it. */
export function roomsSource(rooms: readonly RoomView[]): CompletionSource {
  const named = rooms.filter((room) => room.kind !== 'dm' && roomSlug(room.name) !== '')
  return {
    name: 'composer.rooms',
    trigger: '#',
    query: /[\p{L}\p{N}._-]{0,80}/u,
    find: (query) => {
      const wanted = roomSlug(query)
      const begins = named.filter((room) => roomSlug(room.name).startsWith(wanted))
      const holds = named.filter((room) => !begins.includes(room) && roomSlug(room.name).includes(wanted))
      if (wanted !== '' && named.some((room) => roomSlug(room.name) === wanted)) return []
      return [...begins, ...holds].slice(0, SHOWN).map((room) => ({
        key: room.id,
        insert: `#${roomSlug(room.name)}`,
        row: (
          <>
            <RoomSign room={room} />
            <span className="completions-name ellipsis">{room.name}</span>
            <span className="completions-more ellipsis">{room.topic}</span>
          </>
        ),
      }))
    },
  }
}
