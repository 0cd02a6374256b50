import type { NotesVersion, NotesVersionContent } from '@chatflow/shared/api/notes'
import type { Id } from '@chatflow/shared/ids'
import Button from '@mui/material/Button'
import Dialog from '@mui/material/Dialog'
import DialogActions from '@mui/material/DialogActions'
import DialogContent from '@mui/material/DialogContent'
import DialogTitle from '@mui/material/DialogTitle'
import Skeleton from '@mui/material/Skeleton'
import { lazy, Suspense, useEffect, useId, useState } from 'react'
import { useServer } from '../app/chat-context.tsx'
import { navigate } from '../app/use-route.ts'
import type { NotesPad as Pad } from '../chat/notes-pad.ts'
import { sentence } from '../i18n/sentence.ts'
import { t } from '../i18n/translate.ts'
import { useSentence } from '../i18n/use-sentence.ts'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { useOneColumn } from '../ui/use-one-column.ts'
import { versionPad } from './version-pad.ts'

const NotesPad = lazy(() => import('./editor/NotesPad.tsx'))

interface Props {
  room: Id
  /** Undefined: closed. */
  version: NotesVersion | undefined
  when: string
  mayRestore: boolean
  onClose(): void
}

/** What the notes were then, to be read, and to be brought back. */
export function VersionDialog({ version, ...props }: Props) {
  const id = useId()
  const phone = useOneColumn()
  return (
    <Dialog open={version !== undefined} onClose={props.onClose} maxWidth="sm" fullWidth fullScreen={phone} aria-labelledby={id}>
      <DialogTitle id={id}>{t('notes.versionOf', { when: props.when })}</DialogTitle>
      {version !== undefined && <Version key={version.id} version={version} {...props} />}
    </Dialog>
  )
}

function Version({ room, version, when, mayRestore, onClose }: Props & { version: NotesVersion }) {
  const server = useServer()
  const [pad, setPad] = useState<Pad>()
  const [problem, setProblem] = useSentence()
  const [asks, setAsks] = useState(false)
  const path = `/api/rooms/${room}/notes/versions/${version.id}`

  useEffect(() => {
    let stale = false
    void server.call<NotesVersionContent>('GET', path).then((answer) => {
      if (stale) return
      const read = answer.ok ? versionPad(answer.value.state) : undefined
      if (read === undefined) setProblem(sentence(!answer.ok && answer.code === 'offline' ? 'notes.versionsOffline' : 'notes.versionsFailed'))
      setPad(read)
    })
    return () => {
      stale = true
    }
  }, [server, path, setProblem])

  async function restore(): Promise<void> {
    const answer = await server.call('POST', `${path}/restore`)
    if (!answer.ok) return setProblem(answer.says)
    onClose()
    navigate({ room, panel: 'notes' }, { replace: true })
  }

  return (
    <>
      <DialogContent className="notes-preview">
        {problem !== undefined && (
          <p className="notes-hint" role="alert">
            {problem}
          </p>
        )}
        {pad === undefined ? (
          problem === undefined && <Skeleton width="70%" />
        ) : (
          <Suspense fallback={<Skeleton width="70%" />}>
            <NotesPad pad={pad} editable={false} label={t('notes.versionText')} />
          </Suspense>
        )}
      </DialogContent>
      <DialogActions>
        <Button variant="outlined" onClick={onClose}>
          {t('common.close')}
        </Button>
        {mayRestore && (
          <Button variant="contained" disabled={pad === undefined} onClick={() => setAsks(true)}>
            {t('notes.restore')}
          </Button>
        )}
      </DialogActions>
      <ConfirmDialog open={asks} title={t('notes.restoreTitle')} text={t('notes.restoreText', { when })} confirm={t('notes.restore')} cancel={t('common.cancel')} onClose={() => setAsks(false)} onConfirm={restore} />
    </>
  )
}
