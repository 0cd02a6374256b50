import TaskAltRounded from '@mui/icons-material/TaskAltRounded'
import { formatFull } from '../ui/format-time.ts'
import { OUTCOME_WORDS } from './report-words.ts'
import { ReportCard } from './ReportCard.tsx'
import { ReportList } from './ReportList.tsx'
import { useReports } from './use-reports.ts'

/** What was settled, by whom and how. */
export function ResolvedReports() {
  const reports = useReports('resolved')
  return (
    <ReportList reports={reports} empty={{ icon: <TaskAltRounded />, title: 'Nothing settled yet', text: 'Reports that have been dealt with are kept here.' }}>
      {(report) => (
        <ReportCard key={report.id} report={report}>
          {report.outcome !== undefined && report.resolvedAt !== undefined && (
            <p className="report-outcome">
              <strong>{OUTCOME_WORDS[report.outcome]}</strong> by {report.resolvedBy?.displayName ?? 'someone'}
              {', '}
              <time dateTime={new Date(report.resolvedAt).toISOString()}>{formatFull(report.resolvedAt)}</time>
              {report.resolution !== undefined && <span className="report-note">{report.resolution}</span>}
            </p>
          )}
        </ReportCard>
      )}
    </ReportList>
  )
}
