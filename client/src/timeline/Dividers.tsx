import type { MessageView } from '../chat/contract.ts'
import { formatClock, formatDay, formatFull } from '../ui/format-time.ts'
import { useToday } from '../ui/use-today.ts'
import { eventWords } from './event-words.ts'
import { timeOf } from './grouping.ts'
import './dividers.css'

export function DayDivider({ day }: { day: number }) {
  const now = useToday()
  return (
    <div className="day">
      <span>{formatDay(day, now)}</span>
    </div>
  )
}

/** Stands above the first message that was unread when the room was opened. */
export function NewDivider() {
  return (
    <div className="new">
      <span>New</span>
    </div>
  )
}

/** What happened in the room without anyone typing it. */
export function EventLine({ message }: { message: MessageView }) {
  const time = timeOf(message)
  return (
    <p className="event">
      {eventWords(message)} <time title={formatFull(time)}>{formatClock(time)}</time>
    </p>
  )
}
