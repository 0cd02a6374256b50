import type { Id } from '@chatflow/shared/ids'
import { navigate } from '../app/use-route.ts'
import { useKey } from '../app/use-key.ts'
import type { RoomView } from '../chat/views.ts'
import { neighbour } from './sections.ts'

interface Order {
  all: readonly RoomView[]
  /** Without what is folded away. */
  seen: readonly RoomView[]
}

/** Goes to the room above or below in the list, or to the next unread one, wherever it stands. */
export function useRoomKeys({ all, seen }: Order, open: Id | undefined): void {
  const go = (step: 1 | -1, unread: boolean) => {
    const next = neighbour(unread ? all : seen, open, step, unread)
    if (next !== undefined) navigate({ room: next.id })
  }
  useKey('nextRoom', () => go(1, false))
  useKey('previousRoom', () => go(-1, false))
  useKey('nextUnread', () => go(1, true))
  useKey('previousUnread', () => go(-1, true))
}
