import FlagOutlined from '@mui/icons-material/FlagOutlined'
import { formatRoute } from '../app/route.ts'
import { useChatState } from '../app/chat-context.tsx'
import './reports-link.css'

/** In the sidebar, while there is a report to settle. */
export function ReportsLink() {
  const open = useChatState((state) => state.openReports)
  if (open === 0) return null
  return (
    <a className="reports-link" href={formatRoute({ page: 'reports', section: 'open' })}>
      <FlagOutlined fontSize="small" />
      <span className="reports-link-name">Reports</span>
      <span className="sr-only">, </span>
      <span className="reports-link-count">{open >= 100 ? '99+' : open}</span>
      <span className="sr-only"> {open === 1 ? 'open one' : 'open ones'}</span>
    </a>
  )
}
