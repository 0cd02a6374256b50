import ArrowForwardRounded from '@mui/icons-material/ArrowForwardRounded'
import type { Report } from '@chatflow/shared/api/moderation'
import type { ReactNode } from 'react'
import { formatRoute } from '../app/route.ts'
import { t } from '../i18n/translate.ts'
import { shownName } from '../people/shown-name.ts'
import { formatClock, formatDay, formatFull } from '../ui/format-time.ts'
import { PersonAvatar } from '../ui/PersonAvatar.tsx'
import { useToday } from '../ui/use-today.ts'
import { REASON_WORDS } from './report-words.ts'
import { ReportedText } from './ReportedText.tsx'

/** One report: what was written, by whom, who reported it and why. `children`: what may be done, or what was. */
export function ReportCard({ report, children }: { report: Report; children: ReactNode }) {
  const today = useToday()
  const author = shownName(report.author)
  const place = report.room.kind === 'dm' ? t('moderation.inDirect') : t('moderation.inRoom', { room: report.room.name })
  return (
    <li className="report" aria-label={t('moderation.label', { reason: t(REASON_WORDS[report.reason].title), author, place })}>
      <div className="report-head">
        <span className={`report-reason report-reason-${report.reason}`}>{t(REASON_WORDS[report.reason].title)}</span>
        <span className="report-place ellipsis">{place}</span>
        <time className="report-time" dateTime={new Date(report.at).toISOString()} title={formatFull(report.at)}>
          {formatDay(report.at, today)}, {formatClock(report.at)}
        </time>
      </div>
      <div className="report-message">
        <PersonAvatar id={report.author.id} name={author} size={32} />
        <div className="report-lines">
          <div className="report-who">
            <span className="report-author ellipsis">
              {author} {report.author.username !== '' && <span className="text-3">@{report.author.username}</span>}
            </span>
            {report.role !== undefined && report.content === 'shown' && (
              <a className="report-jump" href={formatRoute({ room: report.room.id, at: report.seq })}>
                {t('moderation.goToMessage')}
                <ArrowForwardRounded fontSize="small" />
              </a>
            )}
          </div>
          <ReportedText report={report} />
        </div>
      </div>
      <p className="report-by">
        {t('moderation.reportedBy', { name: shownName(report.reporter) })}
        {report.note !== undefined && <span className="report-note">{report.note}</span>}
      </p>
      {children}
    </li>
  )
}
