import type { Id } from '@chatflow/shared/ids'
import { useEffect } from 'react'
import { navigate } from '../app/use-route.ts'
import type { RoomView } from '../chat/contract.ts'
import { neighbour } from './sections.ts'

/** Alt+Up and Alt+Down go to the room above or below; with Shift, to the next unread one. */
export function useRoomKeys(order: readonly RoomView[], open: Id | undefined): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!event.altKey || event.ctrlKey || event.metaKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
      event.preventDefault()
      const next = neighbour(order, open, event.key === 'ArrowDown' ? 1 : -1, event.shiftKey)
      if (next !== undefined) navigate({ room: next.id })
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [order, open])
}
