import type { Id } from '@chatflow/shared/ids'
import { scopeOf } from '../../sync/scope.ts'

const KEPT = 20

/** Rooms that the person has opened on this device, the last one first. Under the person's own prefix, which goes with signing out. */
export function recentRooms(user: Id): Id[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(user)) ?? '[]')
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : []
  } catch {
    // Damaged, or no local storage: there are none.
    return []
  }
}

export function rememberRoom(user: Id, room: Id): void {
  const rooms = [room, ...recentRooms(user).filter((id) => id !== room)].slice(0, KEPT)
  try {
    localStorage.setItem(keyOf(user), JSON.stringify(rooms))
  } catch {
    // Without local storage there are no recent rooms.
  }
}

const keyOf = (user: Id) => `${scopeOf(user)}:recent-rooms`
