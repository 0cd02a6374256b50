import { can } from '@chatflow/shared/permissions'
import HistoryRounded from '@mui/icons-material/HistoryRounded'
import IconButton from '@mui/material/IconButton'
import Skeleton from '@mui/material/Skeleton'
import Tooltip from '@mui/material/Tooltip'
import { lazy, Suspense, useEffect } from 'react'
import { useActions, useChatState, useMe } from '../app/chat-context.tsx'
import { navigate } from '../app/use-route.ts'
import { t } from '../i18n/translate.ts'
import { RoomPanel } from '../rooms/RoomPanel.tsx'
import type { PanelProps } from '../rooms/RoomPanel.tsx'
import { NotesRefused } from './NotesRefused.tsx'
import { NotesState } from './NotesState.tsx'
import './notes.css'

const NotesPad = lazy(() => import('./editor/NotesPad.tsx'))
const NotesVersions = lazy(() => import('./NotesVersions.tsx'))

/** The pad beside the room, which everyone in it writes together; with the item `versions`, what it was earlier. */
export function NotesPanel({ room, item }: PanelProps) {
  const me = useMe()
  const { openNotes } = useActions()
  const notes = useChatState((state) => (state.notes?.room === room.id ? state.notes : undefined))
  const actor = { id: me.id, role: me.role, roomRole: room.role }
  const editable = can(actor, 'notes.write', { room }) && notes?.refused === undefined
  const versions = item === 'versions'

  useEffect(() => {
    openNotes(room.id)
    return () => openNotes(undefined)
  }, [openNotes, room.id])

  return (
    <RoomPanel room={room.id} label={t('notes.title')} roomy>
      {versions ? (
        <Suspense fallback={<Loading />}>
          <NotesVersions room={room} mayRestore={can(actor, 'notes.restore', { room })} />
        </Suspense>
      ) : notes === undefined || notes.loading ? (
        <Loading />
      ) : (
        <>
          {!notes.known && editable && <p className="notes-hint">{t('notes.notHereYet')}</p>}
          {notes.gone !== undefined && <p className="notes-hint">{t('notes.gone')}</p>}
          {notes.refused !== undefined && <NotesRefused notes={notes} />}
          <Suspense fallback={<Loading />}>
            <NotesPad pad={notes.pad} editable={editable} label={t('notes.text', { room: room.name })} />
          </Suspense>
          {!editable && notes.refused === undefined && <p className="notes-why">{room.archived ? t('notes.archived') : t('notes.readOnly')}</p>}
          <div className="notes-foot">
            <NotesState notes={notes} />
            <Tooltip title={t('notes.versions')}>
              <IconButton aria-label={t('notes.versions')} onClick={() => navigate({ room: room.id, panel: 'notes', item: 'versions' })}>
                <HistoryRounded />
              </IconButton>
            </Tooltip>
          </div>
        </>
      )}
    </RoomPanel>
  )
}

function Loading() {
  return (
    <div className="notes-loading" role="img" aria-label={t('notes.loading')}>
      <Skeleton width="55%" height={28} />
      <Skeleton width="90%" />
      <Skeleton width="80%" />
    </div>
  )
}
