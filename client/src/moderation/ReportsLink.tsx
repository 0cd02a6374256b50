import FlagOutlined from '@mui/icons-material/FlagOutlined'
import { formatRoute } from '../app/route.ts'
import { useChatState } from '../app/chat-context.tsx'
import { t } from '../i18n/translate.ts'
import './reports-link.css'

/** In the sidebar, while there is a report to settle. */
export function ReportsLink() {
  const open = useChatState((state) => state.openReports)
  if (open === 0) return null
  const many = open >= 100
  return (
    // The space is part of what stands here: who speaks to the screen says what it shows.
    <a className="reports-link" href={formatRoute({ page: 'reports', section: 'open' })} aria-label={many ? t('moderation.reportsOpenMany') : t('moderation.reportsOpen', { count: open })}>
      <FlagOutlined fontSize="small" />
      <span className="reports-link-name">{t('moderation.reports')}</span> <span className="reports-link-count">{many ? '99+' : open}</span>
    </a>
  )
}
