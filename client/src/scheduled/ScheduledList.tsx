import ScheduleRounded from '@mui/icons-material/ScheduleRounded'
import type { Id } from '@chatflow/shared/ids'
import { useChatState } from '../app/chat-context.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { ScheduledItem } from './ScheduledItem.tsx'
import './scheduled.css'

/** What is to be sent at a time, the next one first: of one room, or of all. */
export function ScheduledList({ room }: { room?: Id }) {
  const items = useChatState((state) => state.scheduled).filter((item) => room === undefined || item.room === room)
  if (items.length === 0) {
    return (
      <EmptyState icon={<ScheduleRounded />} title="Nothing is scheduled">
        Write a message and choose the clock beside it, to have it sent later, whether you are here then or not.
      </EmptyState>
    )
  }
  return (
    <ul className="scheduled-list" aria-label="Scheduled messages">
      {items.map((item) => (
        <ScheduledItem key={item.id} item={item} showRoom={room === undefined} />
      ))}
    </ul>
  )
}
