import TagRounded from '@mui/icons-material/TagRounded'
import { t } from '../../i18n/translate.ts'
import { PersonAvatar } from '../../ui/PersonAvatar.tsx'
import { RoomSign } from '../RoomSign.tsx'
import { badgeOf, isUnread } from '../sections.ts'
import type { JumpEntry } from './jump-entries.ts'

interface Props {
  entry: JumpEntry
  id: string
  chosen: boolean
  onPick(): void
}

/** One place to go. */
export function JumpRow({ entry, id, chosen, onPick }: Props) {
  const unread = entry.what === 'room' && isUnread(entry.room)
  const badge = entry.what === 'room' ? badgeOf(entry.room) : undefined
  const second = secondLine(entry)
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- keys are the field's: an option of a combobox never has the focus
    <div
      id={id}
      role="option"
      aria-selected={chosen}
      className={chosen ? 'jump-row jump-row-chosen' : 'jump-row'}
      // The field keeps the focus.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onPick}
    >
      <Sign entry={entry} />
      <span className={unread ? 'jump-name jump-name-unread ellipsis' : 'jump-name ellipsis'}>
        <bdi>{entry.name}</bdi>
      </span>
      {second !== '' && (
        <span className="jump-second ellipsis">
          <bdi>{second}</bdi>
        </span>
      )}
      {entry.what === 'directory' && !entry.room.joined && <span className="jump-join">{t('rooms.join')}</span>}
      {badge !== undefined ? <span className="room-badge">{badge}</span> : unread ? <span className="room-dot" role="img" aria-label={t('rooms.isUnread')} /> : null}
    </div>
  )
}

function Sign({ entry }: { entry: JumpEntry }) {
  if (entry.what === 'room') return <RoomSign room={entry.room} size={24} />
  if (entry.what === 'person') return <PersonAvatar id={entry.person.id} name={entry.name} avatar={entry.person.avatar} size={24} presence={entry.person.presence} />
  return (
    <span className="room-sign" aria-hidden="true">
      <TagRounded fontSize="small" />
    </span>
  )
}

function secondLine(entry: JumpEntry): string {
  if (entry.what === 'person') return `@${entry.person.username}`
  if (entry.what === 'directory') return [t('rooms.membersNumber', { count: entry.room.members }), entry.room.topic].filter(Boolean).join(' · ')
  const { room } = entry
  if (room.archived) return t('rooms.archived')
  return room.kind === 'dm' ? room.with.map((person) => `@${person.username}`).join(', ') : room.topic
}
