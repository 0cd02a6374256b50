import { useEffect } from 'react'
import type { RoomView } from '../chat/views.ts'
import { titleBadge } from '../rooms/title-badge.ts'

/** The tab's title: the open room, and before it what waits in all of them. */
export function usePageTitle(rooms: readonly RoomView[], open: RoomView | undefined): void {
  const badge = titleBadge(rooms)
  const name = open?.name
  useEffect(() => {
    document.title = `${badge}${name === undefined ? '' : `${name} · `}ChatFlow`
  }, [badge, name])
}
