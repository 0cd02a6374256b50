import type { Id } from '@chatflow/shared/ids'
import type { RoomView } from '../chat/views.ts'

/** Also the key of its title, in `rooms` of the catalogs. */
export type SectionName = 'unread' | 'starred' | 'rooms' | 'direct' | 'archived'

export interface Section {
  name: SectionName
  rooms: RoomView[]
}

/**
 * The sidebar's sections; each room stands in exactly one of them. `open` is the open room and whether it was unread when it
 * was opened: it stays where it stood then until another one is opened, because nothing moves that the reader is reading.
 */
export function sections(rooms: readonly RoomView[], open?: { id: Id; unread: boolean }): Section[] {
  const unread: RoomView[] = []
  const starred: RoomView[] = []
  const named: RoomView[] = []
  const direct: RoomView[] = []
  const archived: RoomView[] = []
  for (const room of rooms) {
    if (room.id === open?.id ? open.unread : isUnread(room)) unread.push(room)
    else if (room.archived) archived.push(room)
    else if (room.starred) starred.push(room)
    else if (room.kind === 'dm') direct.push(room)
    else named.push(room)
  }
  const byName = (a: RoomView, b: RoomView) => a.name.localeCompare(b.name)
  const byActivity = (a: RoomView, b: RoomView) => b.lastActivityAt - a.lastActivityAt
  const all: Section[] = [
    { name: 'unread', rooms: unread.sort(byName) },
    { name: 'starred', rooms: starred.sort(byName) },
    { name: 'rooms', rooms: named.sort(byName) },
    { name: 'direct', rooms: direct.sort(byActivity) },
    { name: 'archived', rooms: archived.sort(byName) },
  ]
  return all.filter((section) => section.rooms.length > 0)
}

/** What a section shows: all its rooms, or only the open one while it is folded. */
export function visibleRooms(section: Section, folded: boolean, open: Id | undefined): RoomView[] {
  return folded ? section.rooms.filter((room) => room.id === open) : section.rooms
}

/** A mention wins over everything; in a direct conversation every message is meant for the person. */
export function isUnread(room: RoomView): boolean {
  const noticed = room.level === 'all' || (room.level === 'mentions' && room.kind === 'dm')
  return (room.unread > 0 && noticed) || room.mentions > 0
}

/** What the badge says: mentions in rooms, all unread messages in direct conversations; undefined: no badge. */
export function badgeOf(room: RoomView): string | undefined {
  const count = room.kind === 'dm' && room.level !== 'none' ? Math.max(room.unread, room.mentions) : room.mentions
  if (count === 0) return undefined
  return count >= 100 ? '99+' : String(count)
}

/** The room a number of steps below (or above) the given one, going round; with `unread`, among unread ones only. */
export function neighbour(order: readonly RoomView[], from: Id | undefined, step: 1 | -1, unread: boolean): RoomView | undefined {
  const candidates = order.filter((room) => !unread || isUnread(room) || room.id === from)
  if (candidates.length === 0) return undefined
  const index = candidates.findIndex((room) => room.id === from)
  if (index === -1) return candidates[step === 1 ? 0 : candidates.length - 1]
  return candidates[(index + step + candidates.length) % candidates.length]
}
