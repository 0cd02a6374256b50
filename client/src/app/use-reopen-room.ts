import type { Id } from '@chatflow/shared/ids'
import { useEffect } from 'react'
import type { RoomView } from '../chat/contract.ts'
import { isUnread } from '../rooms/sections.ts'
import type { Route } from './route.ts'
import { navigate } from './use-route.ts'

const KEY = 'chatflow.room'

/** Where there is space beside the list, some room is always open: the last one, else an unread one, else the first. */
export function useReopenRoom(rooms: readonly RoomView[], { room: open, page }: Route): void {
  useEffect(() => {
    if (open !== undefined) {
      remember(open)
      return
    }
    if (page !== undefined || rooms.length === 0 || !matchMedia('(min-width: 800px)').matches) return
    const last = recall()
    const room = rooms.find((candidate) => candidate.id === last) ?? rooms.find((candidate) => isUnread(candidate)) ?? rooms[0]
    if (room !== undefined) navigate({ room: room.id }, { replace: true })
  }, [rooms, open, page])
}

// Without local storage the first room will do.
function remember(room: Id): void {
  try {
    localStorage.setItem(KEY, room)
  } catch {
    return
  }
}

function recall(): string | null {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}
