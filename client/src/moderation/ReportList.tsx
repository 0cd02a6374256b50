import type { Report } from '@chatflow/shared/api/moderation'
import CloudOffRounded from '@mui/icons-material/CloudOffRounded'
import Button from '@mui/material/Button'
import type { ReactNode } from 'react'
import { t } from '../i18n/translate.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { FormError } from '../ui/FormError.tsx'
import type { Reports } from './use-reports.ts'
import './reports.css'

interface Props {
  reports: Reports
  empty: { icon: ReactNode; title: string; text: string }
  /** A sentence about what could not be done. */
  failed?: string | undefined
  children(report: Report): ReactNode
}

/** Reports below each other, or why there are none. */
export function ReportList({ reports, empty, failed, children }: Props) {
  const { list, problem, hasMore, loadMore } = reports
  return (
    <div className="reports">
      <FormError>{failed}</FormError>
      {problem !== undefined && (list === undefined || list.length === 0) && (
        <EmptyState icon={<CloudOffRounded />} title={t('moderation.notOnDevice')}>
          {problem}
        </EmptyState>
      )}
      {problem === undefined && list?.length === 0 && (
        <EmptyState icon={empty.icon} title={empty.title}>
          {empty.text}
        </EmptyState>
      )}
      {list !== undefined && list.length > 0 && (
        <ul className="reports-list" aria-label={t('moderation.reports')}>
          {list.map(children)}
        </ul>
      )}
      {hasMore && (
        <Button variant="outlined" onClick={loadMore}>
          {t('moderation.showOlder')}
        </Button>
      )}
    </div>
  )
}
