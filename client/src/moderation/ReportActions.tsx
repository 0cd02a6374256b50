import type { Report } from '@chatflow/shared/api/moderation'
import { can, type Action } from '@chatflow/shared/permissions'
import type { ReportOutcome } from '@chatflow/shared/reports'
import Button from '@mui/material/Button'
import { useMe } from '../app/chat-context.tsx'

/** Each settles the report in one step. What the server would refuse is not offered. */
export function ReportActions({ report, onSettle }: { report: Report; onSettle(outcome: ReportOutcome): void }) {
  const me = useMe()
  const actor = { id: me.id, role: me.role, roomRole: report.role }
  const may = (action: Action): boolean => can(actor, action, { room: report.room, reported: true, author: report.author.id, user: { id: report.author.id, roomRole: report.authorRole } })
  return (
    <div className="report-actions" role="group" aria-label="Settle this report">
      <Button variant="outlined" onClick={() => onSettle('dismissed')}>
        Dismiss
      </Button>
      <Button onClick={() => onSettle('warned')}>Write to author</Button>
      {report.content !== 'deleted' && may('message.delete') && (
        <Button color="error" onClick={() => onSettle('removed')}>
          Delete message
        </Button>
      )}
      {report.authorRole !== undefined && may('member.remove') && (
        <Button color="error" onClick={() => onSettle('expelled')}>
          Remove author
        </Button>
      )}
      {may('member.ban') && (
        <Button color="error" onClick={() => onSettle('banned')}>
          Ban author
        </Button>
      )}
    </div>
  )
}
