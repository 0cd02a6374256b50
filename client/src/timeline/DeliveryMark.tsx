import CheckRounded from '@mui/icons-material/CheckRounded'
import DoneAllRounded from '@mui/icons-material/DoneAllRounded'
import ErrorOutlineRounded from '@mui/icons-material/ErrorOutlineRounded'
import ScheduleRounded from '@mui/icons-material/ScheduleRounded'
import type { ReactNode } from 'react'
import type { MessageView } from '../chat/views.ts'
import { t } from '../i18n/translate.ts'
import { nameList } from '../ui/name-list.ts'
import { useElapsed, useHeldFor } from '../ui/use-elapsed.ts'

/** The clock would flicker at every message sent online if it came at once. */
const CLOCK_AFTER_MS = 300

/** How far one's own message has come: a clock, one tick, two ticks, or a red sign. Nothing for the messages of others. */
export function DeliveryMark({ message }: { message: MessageView }) {
  const waiting = message.delivery === 'sending' || message.delivery === 'kept'
  const enteredLongAgo = useElapsed(waiting ? (message.enteredAt ?? 0) : undefined, CLOCK_AFTER_MS)
  const changingForLong = useHeldFor(message.changing, CLOCK_AFTER_MS)
  if (!message.mine && !message.changing) return null
  if (message.delivery === 'rejected') return mark(t('timeline.notAccepted'), 'mark-refused', <ErrorOutlineRounded />)
  if (waiting || message.changing) return enteredLongAgo || changingForLong ? mark(t('timeline.notSent'), 'mark-clock', <ScheduleRounded />) : null
  if (message.deleted) return null
  if (message.seenBy.length > 0) return mark(t('timeline.seenBy', { people: nameList(message.seenBy.map((p) => p.displayName), 3) }), 'mark-seen', <DoneAllRounded />)
  return mark(t('timeline.delivered'), 'mark-delivered', <CheckRounded />)
}

function mark(label: string, className: string, icon: ReactNode) {
  return (
    <span className={`mark ${className}`} role="img" aria-label={label} title={label}>
      {icon}
    </span>
  )
}
