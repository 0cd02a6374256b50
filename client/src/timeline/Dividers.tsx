import type { MessageView } from '../chat/views.ts'
import { t } from '../i18n/translate.ts'
import { formatClock, formatDay, formatFull } from '../ui/format-time.ts'
import { useToday } from '../ui/use-today.ts'
import { eventWords } from './event-words.tsx'
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
        <span className="sr-only">{t('timeline.dayJump')}</span>
      </button>
    </div>
  )
}

/** Stands above the first message that was unread when the room was opened. */
export function NewDivider() {
  return (
    <div className="new">
      <span>{t('timeline.new')}</span>
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
