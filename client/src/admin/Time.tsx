import Tooltip from '@mui/material/Tooltip'
import { t } from '../i18n/translate.ts'
import { useToday } from '../ui/use-today.ts'
import { formatClock, formatFull, formatShortDate, dayOf } from '../ui/format-time.ts'

/** A time of the past in a few letters; all of it in the tooltip. `exact`: with the time of day also on other days. */
export function Time({ at, exact = false }: { at: number; exact?: boolean }) {
  const today = dayOf(at) === dayOf(useToday())
  return (
    <Tooltip title={formatFull(at)}>
      <time className="admin-time" dateTime={new Date(at).toISOString()}>
        {today ? t('admin.todayAt', { time: formatClock(at) }) : exact ? `${formatShortDate(at)}, ${formatClock(at)}` : formatShortDate(at)}
      </time>
    </Tooltip>
  )
}
