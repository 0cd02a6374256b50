import type { Id } from '@chatflow/shared/ids'
import { useEffect } from 'react'
import type { RoomView } from '../chat/contract.ts'
import { isUnread } from '../rooms/sections.ts'
import type { Route } from './route.ts'
import { scopeOf } from '../sync/scope.ts'
import { useMe } from './chat-context.tsx'
import { navigate } from './use-route.ts'


/** Where there is space beside the list, some room is always open: the last one, else an unread one, else the first. */
export function useReopenRoom(rooms: readonly RoomView[], { room: open, page }: Route): void {
  // Under the person's own prefix, which goes with signing out.
  const key = `${scopeOf(useMe().id)}:last-room`
  useEffect(() => {
    if (open !== undefined) {
      remember(key, open)
      return
    }
    if (page !== undefined || rooms.length === 0 || !matchMedia('(min-width: 800px)').matches) return
    const last = recall(key)
    const room = rooms.find((candidate) => candidate.id === last) ?? rooms.find((candidate) => isUnread(candidate)) ?? rooms[0]
    if (room !== undefined) navigate({ room: room.id }, { replace: true })
  }, [key, rooms, open, page])
}

// Without local storage the first room will do.
function remember(key: string, room: Id): void {
  try {
    localStorage.setItem(key, room)
  } catch {
    return
  }
}

function recall(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}
