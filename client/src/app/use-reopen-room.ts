import { useEffect } from 'react'
import type { RoomView } from '../chat/views.ts'
import { recentRooms, rememberRoom } from '../rooms/jump/recent-rooms.ts'
import { isUnread } from '../rooms/sections.ts'
import type { Route } from './route.ts'
import { useMe } from './chat-context.tsx'
import { navigate } from './use-route.ts'

/** Where there is space beside the list, some room is always open: the last one, else an unread one, else the first. `waits`: a dialog is open, which may lead to one itself. */
export function useReopenRoom(rooms: readonly RoomView[], { room: open, page }: Route, waits: boolean): void {
  const { id: me } = useMe()
  useEffect(() => {
    if (open !== undefined) {
      rememberRoom(me, open)
      return
    }
    if (waits || page !== undefined || rooms.length === 0 || !matchMedia('(min-width: 800px)').matches) return
    const [last] = recentRooms(me)
    const room = rooms.find((candidate) => candidate.id === last) ?? rooms.find((candidate) => isUnread(candidate)) ?? rooms[0]
    if (room !== undefined) navigate({ room: room.id }, { replace: true })
  }, [me, rooms, open, page, waits])
}
