import type { Report, ReportedMessage } from '@chatflow/shared/api/moderation'
import Button from '@mui/material/Button'
import { useState } from 'react'
import { useServer } from '../app/chat-context.tsx'
import { t } from '../i18n/translate.ts'
import { useSentence } from '../i18n/use-sentence.ts'

/** What was reported. A private message is asked for by itself, because the audit log notes who looked. */
export function ReportedText({ report }: { report: Report }) {
  const server = useServer()
  const [shown, setShown] = useState<string>()
  const [problem, setProblem] = useSentence()
  const text = report.text ?? shown

  async function show(): Promise<void> {
    const answer = await server.call<ReportedMessage>('POST', `/api/reports/${report.id}/message`)
    if (answer.ok) setShown(answer.value.text)
    else setProblem(answer.says)
  }

  if (report.content === 'deleted') return <p className="message-deleted">{t('moderation.messageDeleted')}</p>
  if (text !== undefined) return <p className="report-text">{text}</p>
  return (
    <div className="report-withheld">
      <p className="text-3">{problem ?? (report.outcome === undefined ? t('moderation.privateNoted') : t('moderation.private'))}</p>
      {report.outcome === undefined && (
        <Button size="small" variant="outlined" onClick={() => void show()}>
          {t('moderation.showMessage')}
        </Button>
      )}
    </div>
  )
}
