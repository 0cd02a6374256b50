import type { Report } from '@chatflow/shared/api/moderation'
import { LIMITS } from '@chatflow/shared/limits'
import { can, type Action } from '@chatflow/shared/permissions'
import type { ReportOutcome } from '@chatflow/shared/reports'
import Button from '@mui/material/Button'
import { useState } from 'react'
import { useMe } from '../app/chat-context.tsx'
import { t } from '../i18n/translate.ts'
import { Field } from '../ui/Field.tsx'

/** Each settles the report in one step, with a note for the record if one was written. What the server would refuse is not offered. */
export function ReportActions({ report, onSettle }: { report: Report; onSettle(outcome: ReportOutcome, note?: string): void }) {
  const me = useMe()
  const [note, setNote] = useState<string>()
  const actor = { id: me.id, role: me.role, roomRole: report.role }
  const may = (action: Action): boolean => can(actor, action, { room: report.room, reported: true, author: report.author.id, user: { id: report.author.id, roomRole: report.authorRole } })
  const tooLong = (note?.trim().length ?? 0) > LIMITS.reportNote
  const settle = (outcome: ReportOutcome) => () => {
    const written = note?.trim() ?? ''
    if (tooLong) return
    onSettle(outcome, ...(written === '' ? [] : [written]))
  }
  return (
    <div className="report-actions" role="group" aria-label={t('moderation.settleThis')}>
      {note !== undefined && (
        <div className="report-resolution">
          <Field
            label={t('moderation.note')}
            value={note}
            onChange={setNote}
            autoFocus
            multiline
            maxRows={6}
            hint={t('moderation.noteHint')}
            error={tooLong ? t('moderation.atMost', { count: LIMITS.reportNote }) : undefined}
          />
        </div>
      )}
      <Button variant="outlined" onClick={settle('dismissed')}>
        {t('moderation.dismiss')}
      </Button>
      <Button onClick={settle('warned')}>{t('moderation.writeToAuthor')}</Button>
      {report.content !== 'deleted' && may('message.delete') && (
        <Button color="error" onClick={settle('removed')}>
          {t('moderation.deleteMessage')}
        </Button>
      )}
      {report.authorRole !== undefined && may('member.remove') && (
        <Button color="error" onClick={settle('expelled')}>
          {t('moderation.removeAuthor')}
        </Button>
      )}
      {may('member.ban') && (
        <Button color="error" onClick={settle('banned')}>
          {t('moderation.banAuthor')}
        </Button>
      )}
      {note === undefined && <Button onClick={() => setNote('')}>{t('moderation.addNote')}</Button>}
    </div>
  )
}
