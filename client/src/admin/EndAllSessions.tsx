import Button from '@mui/material/Button'
import type { EndedSessions } from '@chatflow/shared/api/admin'
import { useState } from 'react'
import { useServer } from '../app/chat-context.tsx'
import { said, sentence, type Sentence } from '../i18n/sentence.ts'
import { t } from '../i18n/translate.ts'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'

/** For the day on which something has leaked: everybody but oneself signs in anew. */
export function EndAllSessions({ onEnded }: { onEnded(): void }) {
  const { call } = useServer()
  const [asking, setAsking] = useState(false)
  const [note, setNote] = useState<{ says: Sentence; wrong: boolean }>()
  return (
    <>
      <Button variant="outlined" color="error" onClick={() => setAsking(true)}>
        {t('admin.endAllSessions')}
      </Button>
      {note !== undefined && (
        <p role={note.wrong ? 'alert' : 'status'} className={note.wrong ? 'form-error' : 'text-3'}>
          {said(note.says)}
        </p>
      )}
      <ConfirmDialog
        open={asking}
        title={t('admin.endAllQuestion')}
        text={t('admin.endAllText')}
        confirm={t('admin.endAllSessions')}
        danger
        onClose={() => setAsking(false)}
        onConfirm={async () => {
          // Two questions one above the other would be one too many.
          setAsking(false)
          const answer = await call<EndedSessions>('POST', '/api/auth/admin/end-sessions', {})
          setNote(answer.ok ? { says: sentence('admin.sessionsEnded', { count: answer.value.sessions }), wrong: false } : { says: answer.says, wrong: true })
          if (answer.ok) onEnded()
        }}
      />
    </>
  )
}
