import type { Id } from '@chatflow/shared/ids'
import { useMemo, useState } from 'react'
import type { RoomView } from '../chat/views.ts'
import { isUnread } from './sections.ts'

/** The open room and whether it was unread when it was opened: the sidebar leaves it where it was. */
export function useKeptPlace(rooms: readonly RoomView[], open: Id | undefined): { id: Id; unread: boolean } | undefined {
  const [kept, setKept] = useState<{ open: Id | undefined; unread: boolean }>({ open: undefined, unread: false })
  if (kept.open !== open) {
    const room = rooms.find((candidate) => candidate.id === open)
    if (room !== undefined || open === undefined) setKept({ open, unread: room !== undefined && isUnread(room) })
  }
  const { unread } = kept
  return useMemo(() => (open === undefined || kept.open !== open ? undefined : { id: open, unread }), [open, kept.open, unread])
}
