import FlagOutlined from '@mui/icons-material/FlagOutlined'
import { formatRoute } from '../app/route.ts'
import { useChatState } from '../app/chat-context.tsx'
import './reports-link.css'

/** In the sidebar, while there is a report to settle. */
export function ReportsLink() {
  const open = useChatState((state) => state.openReports)
  if (open === 0) return null
  const count = open >= 100 ? '99+' : String(open)
  return (
    // The space is part of what stands here: who speaks to the screen says what it shows.
    <a className="reports-link" href={formatRoute({ page: 'reports', section: 'open' })} aria-label={`Reports, ${count} ${open === 1 ? 'open one' : 'open ones'}`}>
      <FlagOutlined fontSize="small" />
      <span className="reports-link-name">Reports</span> <span className="reports-link-count">{count}</span>
    </a>
  )
}
