import ScheduleRounded from '@mui/icons-material/ScheduleRounded'
import type { Id } from '@chatflow/shared/ids'
import { useChatState } from '../app/chat-context.tsx'
import { formatRoute } from '../app/route.ts'
import { t } from '../i18n/translate.ts'
import { formatClock, formatDay } from '../ui/format-time.ts'
import { useToday } from '../ui/use-today.ts'
import './scheduled.css'

/** Above the composer, while something is to be sent in this room. */
export function ScheduledHere({ room }: { room: Id }) {
  const items = useChatState((state) => state.scheduled).filter((item) => item.room === room)
  const [next] = items
  const today = useToday()
  if (next === undefined) return null
  const failed = items.filter((item) => item.failed !== undefined || item.rejection !== undefined).length
  const words = failed > 0 ? t('scheduled.hereFailed', { count: failed }) : t('scheduled.here', { count: items.length, day: dayWithin(next.sendAt, today), time: formatClock(next.sendAt) })
  return (
    <a className={failed > 0 ? 'scheduled-here scheduled-here-failed' : 'scheduled-here'} href={formatRoute({ room, panel: 'scheduled' })}>
      <ScheduleRounded fontSize="small" aria-hidden="true" />
      <span className="ellipsis">{words}</span>
    </a>
  )
}

/** The day as it stands within the sentence. */
function dayWithin(at: number, now: number): string {
  const day = formatDay(at, now)
  return day === t('common.today') ? t('scheduled.today') : day === t('common.yesterday') ? t('scheduled.yesterday') : day
}
