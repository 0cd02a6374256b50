import ScheduleRounded from '@mui/icons-material/ScheduleRounded'
import { useChatState } from '../app/chat-context.tsx'
import { formatRoute } from '../app/route.ts'
import { plural } from '../ui/plural.ts'

/** In the sidebar, while something is to be sent. */
export function ScheduledLink() {
  const { count, failed } = useChatState(({ scheduled }) => ({ count: scheduled.length, failed: scheduled.filter((item) => item.failed !== undefined || item.rejection !== undefined).length }))
  if (count === 0) return null
  return (
    // The space is part of what stands here: who speaks to the screen says what it shows.
    <a className="sidebar-link" href={formatRoute({ page: 'scheduled', section: 'all' })} aria-label={`Scheduled, ${plural(count, 'message')}${failed === 0 ? '' : `, ${failed} not sent`}`}>
      <ScheduleRounded fontSize="small" aria-hidden="true" />
      <span>Scheduled</span> <span className={failed === 0 ? 'scheduled-count' : 'scheduled-count scheduled-count-failed'}>{count}</span>
    </a>
  )
}
