import { useChatState } from '../app/chat-context.tsx'
import { formatRoute } from '../app/route.ts'
import { roomSlug } from '../rooms/room-slug.ts'

/** `#name` in a message: a link for whoever knows a room of that name, else what was written. */
export function RoomMention({ name }: { name: string }) {
  const slug = roomSlug(name)
  const { id, known } = useChatState((state) => {
    const room = state.rooms.find((candidate) => candidate.kind !== 'dm' && roomSlug(candidate.name) === slug)
    return { id: room?.id, known: room?.name }
  })
  if (id === undefined) return `#${name}`
  return (
    <a className="mention" href={formatRoute({ room: id })}>
      #{known}
    </a>
  )
}
