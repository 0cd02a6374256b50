import type { Report, ReportedMessage } from '@chatflow/shared/api/moderation'
import Button from '@mui/material/Button'
import { useState } from 'react'
import { useServer } from '../app/chat-context.tsx'

/** What was reported. A private message is asked for by itself, because the audit log notes who looked. */
export function ReportedText({ report }: { report: Report }) {
  const server = useServer()
  const [shown, setShown] = useState<string>()
  const [problem, setProblem] = useState<string>()
  const text = report.text ?? shown

  async function show(): Promise<void> {
    const answer = await server.call<ReportedMessage>('POST', `/api/reports/${report.id}/message`)
    if (answer.ok) setShown(answer.value.text)
    else setProblem(answer.message)
  }

  if (report.content === 'deleted') return <p className="message-deleted">The message has been deleted.</p>
  if (text !== undefined) return <p className="report-text">{text}</p>
  return (
    <div className="report-withheld">
      <p className="text-3">{problem ?? (report.outcome === undefined ? 'A private message. The audit log will note that you looked at it.' : 'A private message.')}</p>
      {report.outcome === undefined && (
        <Button size="small" variant="outlined" onClick={() => void show()}>
          Show message
        </Button>
      )}
    </div>
  )
}
