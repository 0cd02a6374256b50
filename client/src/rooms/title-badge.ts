import type { RoomView } from '../chat/views.ts'
import { badgeOf, isUnread } from './sections.ts'

/** The sum of all badges. */
export function waitingCount(rooms: readonly RoomView[]): number {
  let count = 0
  for (const room of rooms) if (badgeOf(room) !== undefined) count += room.kind === 'dm' ? Math.max(room.unread, room.mentions) : room.mentions
  return count
}

/** What stands before the page's title: in brackets the sum of all badges, else a dot where something is unread, else nothing. */
export function titleBadge(rooms: readonly RoomView[]): string {
  const count = waitingCount(rooms)
  if (count > 0) return `(${count > 99 ? '99+' : count}) `
  return rooms.some(isUnread) ? '• ' : ''
}
