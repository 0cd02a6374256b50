import TaskAltRounded from '@mui/icons-material/TaskAltRounded'
import { rich } from '../i18n/rich.ts'
import { t } from '../i18n/translate.ts'
import { shownName } from '../people/shown-name.ts'
import { formatFull } from '../ui/format-time.ts'
import { OUTCOME_WORDS } from './report-words.ts'
import { ReportCard } from './ReportCard.tsx'
import { ReportList } from './ReportList.tsx'
import { useReports } from './use-reports.ts'

/** What was settled, by whom and how. */
export function ResolvedReports() {
  const reports = useReports('resolved')
  return (
    <ReportList reports={reports} empty={{ icon: <TaskAltRounded />, title: t('moderation.nothingSettled'), text: t('moderation.nothingSettledText') }}>
      {(report) => (
        <ReportCard key={report.id} report={report}>
          {report.outcome !== undefined && report.resolvedAt !== undefined && (
            <p className="report-outcome">
              {rich('moderation.outcomeBy', {
                what: (inside) => <strong>{inside}</strong>,
                outcome: t(OUTCOME_WORDS[report.outcome]),
                name: report.resolvedBy === undefined ? t('moderation.someone') : shownName(report.resolvedBy),
                time: <time dateTime={new Date(report.resolvedAt).toISOString()}>{formatFull(report.resolvedAt)}</time>,
              })}
              {report.resolution !== undefined && <span className="report-note">{report.resolution}</span>}
            </p>
          )}
        </ReportCard>
      )}
    </ReportList>
  )
}
