import { useEffect } from 'react'
import type { RoomView } from '../chat/contract.ts'
import { isUnread } from '../rooms/sections.ts'

/** The tab's title: the open room, and before it how many rooms wait. */
export function usePageTitle(rooms: readonly RoomView[], open: RoomView | undefined): void {
  const waiting = rooms.filter((room) => isUnread(room) && room.id !== open?.id).length
  const name = open?.name
  useEffect(() => {
    document.title = `${waiting > 0 ? `(${waiting}) ` : ''}${name === undefined ? '' : `${name} · `}ChatFlow`
  }, [waiting, name])
}
