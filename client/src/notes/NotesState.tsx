import CloudDoneOutlined from '@mui/icons-material/CloudDoneOutlined'
import CloudOffRounded from '@mui/icons-material/CloudOffRounded'
import ErrorOutlineRounded from '@mui/icons-material/ErrorOutlineRounded'
import ScheduleRounded from '@mui/icons-material/ScheduleRounded'
import { useChatState } from '../app/chat-context.tsx'
import type { NotesView } from '../chat/views.ts'
import { t } from '../i18n/translate.ts'
import { PersonAvatar } from '../ui/PersonAvatar.tsx'
import { nameList } from '../ui/name-list.ts'

/** Faces of others that are shown; more stand in the words. */
const FACES = 4

/** How far what was written has come, and who else is here. */
export function NotesState({ notes }: { notes: NotesView }) {
  const online = useChatState((state) => state.connection.state === 'connected')
  const { words, tone, icon: Icon } = stateOf(notes, online)
  const here = notes.peers.length === 0 ? undefined : t('notes.alsoHere', { names: nameList(notes.peers.map((peer) => peer.displayName), 3) })
  return (
    <div className="notes-state">
      <span className={`notes-saved notes-saved-${tone}`}>
        <Icon aria-hidden="true" />
        <span>{words}</span>
      </span>
      {here !== undefined && (
        <span className="notes-peers" title={here}>
          <span className="sr-only">{here}</span>
          {notes.peers.slice(0, FACES).map((peer) => (
            <PersonAvatar key={peer.id} id={peer.id} name={peer.displayName} avatar={peer.avatar} size={24} />
          ))}
        </span>
      )}
    </div>
  )
}

function stateOf({ save, problem, refused }: NotesView, online: boolean) {
  // Nothing is on its way any more.
  if (refused !== undefined && save === 'kept') return { words: t('notes.keptWaiting'), tone: 'calm', icon: ScheduleRounded } as const
  switch (save) {
    case 'unkept':
      return { words: problem === 'full' ? t('notes.unkeptFull') : problem === 'failed' ? t('notes.unkeptFailed') : t('notes.unkept'), tone: 'danger', icon: ErrorOutlineRounded } as const
    case 'saved':
      return online ? ({ words: t('notes.saved'), tone: 'calm', icon: CloudDoneOutlined } as const) : ({ words: t('notes.savedOffline'), tone: 'calm', icon: CloudOffRounded } as const)
    case 'saving':
      return { words: t('notes.saving'), tone: 'soon', icon: ScheduleRounded } as const
    case 'kept':
      return online ? ({ words: t('notes.saving'), tone: 'soon', icon: ScheduleRounded } as const) : ({ words: t('notes.kept'), tone: 'calm', icon: ScheduleRounded } as const)
  }
}
