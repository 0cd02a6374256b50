import Button from '@mui/material/Button'
import { useState } from 'react'
import { useActions } from '../app/chat-context.tsx'
import type { NotesView } from '../chat/views.ts'
import { t } from '../i18n/translate.ts'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { padText } from './pad-text.ts'

/** The server does not take what was written here: it can be copied out, and given up. */
export function NotesRefused({ notes }: { notes: NotesView }) {
  const { discardNotes } = useActions()
  const [asks, setAsks] = useState(false)
  const [copied, setCopied] = useState<'yes' | 'no'>()
  const copy = () =>
    navigator.clipboard.writeText(padText(notes.pad)).then(
      () => setCopied('yes'),
      () => setCopied('no'),
    )
  return (
    <div className="notes-refused" role="alert">
      <p>{notes.refused === 'document_too_large' ? t('notes.refusedSize') : t('notes.refusedOther')}</p>
      <div className="notes-refused-actions">
        <Button size="small" variant="outlined" onClick={() => void copy()}>
          {copied === 'yes' ? t('notes.copied') : t('notes.copyText')}
        </Button>
        <Button size="small" color="error" onClick={() => setAsks(true)}>
          {t('notes.startOver')}
        </Button>
      </div>
      {copied === 'no' && <p>{t('notes.notCopied')}</p>}
      <ConfirmDialog open={asks} title={t('notes.startOverTitle')} text={t('notes.startOverText')} confirm={t('notes.startOverConfirm')} cancel={t('common.cancel')} danger onClose={() => setAsks(false)} onConfirm={discardNotes} />
    </div>
  )
}
