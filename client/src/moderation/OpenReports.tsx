import FlagOutlined from '@mui/icons-material/FlagOutlined'
import type { Report } from '@chatflow/shared/api/moderation'
import type { Id } from '@chatflow/shared/ids'
import type { ReportOutcome } from '@chatflow/shared/reports'
import { useState } from 'react'
import { useActions, useChatState } from '../app/chat-context.tsx'
import { navigate } from '../app/use-route.ts'
import { sentence } from '../i18n/sentence.ts'
import { t } from '../i18n/translate.ts'
import { useSentence } from '../i18n/use-sentence.ts'
import { ReportActions } from './ReportActions.tsx'
import { ReportCard } from './ReportCard.tsx'
import { ReportList } from './ReportList.tsx'
import { useReports } from './use-reports.ts'

/** The queue: each report with what may be done about it, in one step. */
export function OpenReports() {
  const { resolveReport, startDirect } = useActions()
  const reports = useReports('open')
  /** Messages that were decided about here: their reports are gone at once, also offline ... */
  const [decided, setDecided] = useState<ReadonlySet<Id>>(new Set())
  const [failed, setFailed] = useSentence()
  // ... until a list comes that knows of it. If the decision was refused, the report stands there again.
  const waiting = useChatState((chat) => chat.undelivered > 0)
  const [shown, setShown] = useState(reports.list)
  if (reports.list !== shown) {
    setShown(reports.list)
    if (!waiting && decided.size > 0) setDecided(new Set())
  }

  function settle(report: Report, outcome: ReportOutcome, note?: string): void {
    resolveReport(report.room.id, report.id, { outcome, ...(note === undefined ? {} : { note }) }).then(
      () => {
        setDecided((before) => new Set([...before, report.message]))
        setFailed(undefined)
        if (outcome === 'warned') void startDirect([report.author.id]).then((room) => navigate({ room }))
      },
      () => setFailed(sentence('moderation.notKept')),
    )
  }

  return (
    <ReportList
      reports={{ ...reports, list: reports.list?.filter((report) => !decided.has(report.message)) }}
      failed={failed}
      empty={{ icon: <FlagOutlined />, title: t('moderation.nothingToSettle'), text: t('moderation.nothingToSettleText') }}
    >
      {(report) => (
        <ReportCard key={report.id} report={report}>
          <ReportActions report={report} onSettle={(outcome, note) => settle(report, outcome, note)} />
        </ReportCard>
      )}
    </ReportList>
  )
}
