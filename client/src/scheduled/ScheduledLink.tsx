import ScheduleRounded from '@mui/icons-material/ScheduleRounded'
import { useChatState } from '../app/chat-context.tsx'
import { formatRoute } from '../app/route.ts'
import { formatNumber } from '../i18n/format.ts'
import { t } from '../i18n/translate.ts'

/** In the sidebar, while something is to be sent. */
export function ScheduledLink() {
  const { count, failed } = useChatState(({ scheduled }) => ({ count: scheduled.length, failed: scheduled.filter((item) => item.failed !== undefined || item.rejection !== undefined).length }))
  if (count === 0) return null
  return (
    // The space is part of what stands here: who speaks to the screen says what it shows.
    <a className="sidebar-link" href={formatRoute({ page: 'scheduled', section: 'all' })} aria-label={failed === 0 ? t('scheduled.link', { count }) : t('scheduled.linkFailed', { count, failed })}>
      <ScheduleRounded fontSize="small" aria-hidden="true" />
      <span>{t('pages.scheduled')}</span> <span className={failed === 0 ? 'scheduled-count' : 'scheduled-count scheduled-count-failed'}>{formatNumber(count)}</span>
    </a>
  )
}
