import type { MessageView } from '../chat/views.ts'
import { formatClock, formatDay, formatFull } from '../ui/format-time.ts'
import { Isolated } from '../ui/Isolated.tsx'
import { useToday } from '../ui/use-today.ts'
import { eventWords } from './event-words.ts'
import { timeOf } from './grouping.ts'
import { useRoomUi } from './room-ui.tsx'
import './dividers.css'

export function DayDivider({ day }: { day: number }) {
  const now = useToday()
  const { askDate } = useRoomUi()
  return (
    <div className="day">
      {/* The keyboard has the same in the room's menu. */}
      <button type="button" tabIndex={-1} aria-haspopup="dialog" onClick={() => askDate(day)}>
        {formatDay(day, now)}
        <span className="sr-only">: jump to a date</span>
      </button>
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
  const { event, author, eventUser } = message
  const given = event?.type === 'renamed' ? event.name : event?.type === 'topic' ? event.topic : undefined
  return (
    <p className="event">
      <Isolated text={eventWords(message)} names={[author.displayName, eventUser?.displayName, given]} /> <time title={formatFull(time)}>{formatClock(time)}</time>
    </p>
  )
}
