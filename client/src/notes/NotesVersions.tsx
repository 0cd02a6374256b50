import type { NotesVersion, NotesVersionsPage } from '@chatflow/shared/api/notes'
import ArrowBackRounded from '@mui/icons-material/ArrowBackRounded'
import HistoryRounded from '@mui/icons-material/HistoryRounded'
import Button from '@mui/material/Button'
import Skeleton from '@mui/material/Skeleton'
import { useState } from 'react'
import { navigate } from '../app/use-route.ts'
import type { RoomView } from '../chat/views.ts'
import { t } from '../i18n/translate.ts'
import { shownName } from '../people/shown-name.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { formatClock, formatDay } from '../ui/format-time.ts'
import { nameList } from '../ui/name-list.ts'
import { useToday } from '../ui/use-today.ts'
import { useVersions } from './use-versions.ts'
import { VersionDialog } from './VersionDialog.tsx'

/** What the notes were earlier, the newest first. They are on the server alone. */
export default function NotesVersions({ room, mayRestore }: { room: RoomView; mayRestore: boolean }) {
  const { versions, last, more, problem, next } = useVersions(room.id)
  const [chosen, setChosen] = useState<NotesVersion>()
  const today = useToday()
  const when = (at: number) => `${formatDay(at, today)}, ${formatClock(at)}`
  return (
    <>
      <div className="notes-versions-head">
        <Button size="small" startIcon={<ArrowBackRounded />} onClick={() => navigate({ room: room.id, panel: 'notes' }, { replace: true })}>
          {t('notes.backToNotes')}
        </Button>
        <h3 className="notes-versions-title">{t('notes.versions')}</h3>
        {last !== undefined && <p className="text-2">{lastWords(last, when(last.at))}</p>}
      </div>
      {problem !== undefined ? (
        <p className="notes-hint">{problem === 'offline' ? t('notes.versionsOffline') : t('notes.versionsFailed')}</p>
      ) : versions === undefined ? (
        <div className="notes-loading" aria-busy="true">
          <Skeleton width="60%" />
          <Skeleton width="70%" />
        </div>
      ) : versions.length === 0 ? (
        <EmptyState icon={<HistoryRounded />} title={t('notes.noVersions')}>
          {t('notes.noVersionsText')}
        </EmptyState>
      ) : (
        <ul className="notes-versions">
          {versions.map((version) => (
            <li key={version.id}>
              <button type="button" className="notes-version" onClick={() => setChosen(version)}>
                <span>{when(version.at)}</span>
                <span className="text-3">{[version.authors.length === 0 ? '' : t('notes.by', { names: nameList(version.authors.map(shownName), 3) }), version.reason === 'restore' ? t('notes.versionBeforeRestore') : ''].filter(Boolean).join(' · ')}</span>
              </button>
            </li>
          ))}
          {more && (
            <li>
              <Button size="small" onClick={next}>
                {t('notes.moreVersions')}
              </Button>
            </li>
          )}
        </ul>
      )}
      <VersionDialog room={room.id} version={chosen} when={chosen === undefined ? '' : when(chosen.at)} mayRestore={mayRestore} onClose={() => setChosen(undefined)} />
    </>
  )
}

function lastWords({ by }: NonNullable<NotesVersionsPage['last']>, when: string): string {
  return by === undefined ? t('notes.lastEditedNobody', { when }) : t('notes.lastEdited', { name: shownName(by), when })
}
