import type { ChatCore } from '../sync/chat-core.ts'
import type { ChatActions } from './contract.ts'
import type { RoomView } from './views.ts'
import { emptyRoom, type Overlay } from './overlay.ts'
import { unreadAfter } from './project-rooms.ts'

/**
 * Marks every room as read. Answers how many that were, and the way back: cursors only move forward, so each room is then shown as unread
 * from where it was.
 */
export function markAllRead(core: ChatCore, overlay: Overlay, rooms: readonly RoomView[], actions: Pick<ChatActions, 'markRead' | 'markUnread'>): { count: number; undo(): void } {
  const unread = rooms
    .filter((room) => room.unread > 0 || room.mentions > 0)
    .map(({ id, head }) => ({ id, head, from: unreadAfter(core, id, overlay.rooms.get(id) ?? emptyRoom()) + 1 }))
  for (const { id, head } of unread) actions.markRead(id, head)
  return {
    count: unread.length,
    undo: () => {
      for (const { id, from } of unread) actions.markUnread(id, from)
    },
  }
}
