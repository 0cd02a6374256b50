import { LIMITS } from '@chatflow/shared/limits'
import { REPORT_REASONS, type ReportReason } from '@chatflow/shared/reports'
import Button from '@mui/material/Button'
import Dialog from '@mui/material/Dialog'
import DialogActions from '@mui/material/DialogActions'
import DialogContent from '@mui/material/DialogContent'
import DialogTitle from '@mui/material/DialogTitle'
import Radio from '@mui/material/Radio'
import RadioGroup from '@mui/material/RadioGroup'
import { useId, useState, type FormEvent } from 'react'
import { useActions, useChatState } from '../app/chat-context.tsx'
import type { MessageView } from '../chat/views.ts'
import { sentence } from '../i18n/sentence.ts'
import { t } from '../i18n/translate.ts'
import { useSentence } from '../i18n/use-sentence.ts'
import { Field } from '../ui/Field.tsx'
import { FormActions } from '../ui/FormActions.tsx'
import { FormError } from '../ui/FormError.tsx'
import { REASON_WORDS } from './report-words.ts'
import './report-dialog.css'

/** Asks why a message is reported; `message` undefined: closed. */
export function ReportDialog({ message, onClose }: { message: MessageView | undefined; onClose(): void }) {
  const titleId = useId()
  return (
    <Dialog open={message !== undefined} onClose={onClose} maxWidth="xs" aria-labelledby={titleId}>
      {message !== undefined && <Report message={message} titleId={titleId} onClose={onClose} />}
    </Dialog>
  )
}

function Report({ message, titleId, onClose }: { message: MessageView; titleId: string; onClose(): void }) {
  const { reportMessage } = useActions()
  const { online, kind } = useChatState((state) => ({ online: state.connection.state === 'connected', kind: state.rooms.find((room) => room.id === message.room)?.kind }))
  const [reason, setReason] = useState<ReportReason>()
  const [note, setNote] = useState('')
  const [problem, setProblem] = useSentence()
  const [made, setMade] = useState(false)
  const direct = kind === 'dm'
  const name = message.author.displayName

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (reason === undefined) return setProblem(sentence('moderation.chooseReason'))
    if (reason === 'other' && note.trim() === '') return setProblem(sentence('moderation.sayWhat'))
    reportMessage(message.room, message.id, { reason, ...(note.trim() === '' ? {} : { note: note.trim() }) }).then(
      () => setMade(true),
      () => setProblem(sentence('moderation.notKept')),
    )
  }

  if (made) {
    return (
      <>
        <DialogTitle id={titleId}>{online ? t('moderation.reported') : t('moderation.willBeSent')}</DialogTitle>
        <DialogContent>
          <p className="text-2" role="status">
            {online ? t(direct ? 'moderation.lookedAtDirect' : 'moderation.lookedAt', { name }) : t('moderation.offline')}
          </p>
        </DialogContent>
        <DialogActions>
          <Button variant="contained" autoFocus onClick={onClose}>
            {t('moderation.done')}
          </Button>
        </DialogActions>
      </>
    )
  }
  return (
    <form onSubmit={submit} noValidate>
      <DialogTitle id={titleId}>{t('moderation.reportThis')}</DialogTitle>
      <DialogContent className="form">
        <p className="text-2">
          {t(direct ? 'moderation.seenDirect' : 'moderation.seen', { name })}
        </p>
        <RadioGroup
          className="report-reasons"
          aria-label={t('moderation.reason')}
          value={reason ?? ''}
          onChange={(_, value) => {
            setReason(REPORT_REASONS.find((one) => one === value))
            setProblem(undefined)
          }}
        >
          {REPORT_REASONS.map((one) => (
            <label key={one} className="report-choice" htmlFor={`${titleId}-${one}`}>
              <Radio id={`${titleId}-${one}`} value={one} size="small" slotProps={{ input: { 'aria-label': t(REASON_WORDS[one].title), 'aria-describedby': `${titleId}-${one}-hint` } }} />
              <span className="report-choice-lines">
                {t(REASON_WORDS[one].title)}
                <span id={`${titleId}-${one}-hint`} className="text-3">
                  {t(REASON_WORDS[one].hint)}
                </span>
              </span>
            </label>
          ))}
        </RadioGroup>
        <Field label={t('moderation.note')} value={note} onChange={setNote} hint={t('moderation.optional')} multiline maxRows={4} inputProps={{ maxLength: LIMITS.reportNote }} />
        <FormError>{problem}</FormError>
      </DialogContent>
      <FormActions submit={t('moderation.report')} onCancel={onClose} />
    </form>
  )
}
