import ArrowBackRounded from '@mui/icons-material/ArrowBackRounded'
import PushPinOutlined from '@mui/icons-material/PushPinOutlined'
import StickyNote2Outlined from '@mui/icons-material/StickyNote2Outlined'
import GroupRounded from '@mui/icons-material/GroupRounded'
import IconButton from '@mui/material/IconButton'
import Tooltip from '@mui/material/Tooltip'
import type { PanelName } from '../app/route.ts'
import { navigate } from '../app/use-route.ts'
import type { RoomView } from '../chat/views.ts'
import { formatNumber } from '../i18n/format.ts'
import { t } from '../i18n/translate.ts'
import { usePresenceWords } from '../people/use-presence-words.ts'
import { HeaderSearch } from '../search/HeaderSearch.tsx'
import { MessageText } from '../timeline/MessageText.tsx'
import { RoomMenu } from './RoomMenu.tsx'
import { RoomSign } from './RoomSign.tsx'

interface Props {
  room: RoomView
  /** Undefined while it is not known. */
  memberCount: number | undefined
  /** How many messages are pinned. */
  pins: number
  /** The open one. */
  panel: PanelName | undefined
}

export function RoomHeader({ room, memberCount, pins, panel }: Props) {
  const membersOpen = panel === 'members'
  const other = room.with.length === 1 ? room.with[0] : undefined
  const words = usePresenceWords(other)
  const about = other === undefined ? '' : [`@${other.username}`, words, [other.status?.emoji, other.status?.text].filter(Boolean).join(' ')].filter(Boolean).join(' · ')
  const second = room.kind === 'dm' ? about : room.topic
  const members = memberCount === undefined ? t('rooms.members') : t('rooms.membersNumber', { count: memberCount })
  return (
    <header className="room-header">
      <IconButton className="room-back" aria-label={t('rooms.backToRooms')} onClick={() => navigate({})}>
        <ArrowBackRounded />
      </IconButton>
      <RoomSign room={room} size={24} />
      <div className="room-title">
        <h1 className="room-name">
          <button
            type="button"
            className="room-name-button ellipsis"
            title={t(room.kind === 'dm' ? 'rooms.aboutConversation' : 'rooms.aboutRoom')}
            aria-expanded={panel === 'details'}
            onClick={() => navigate({ room: room.id, panel: panel === 'details' ? undefined : 'details' }, { replace: panel !== undefined })}
          >
            {room.name}
          </button>
        </h1>
        {second !== '' && (
          <div className="room-topic ellipsis" title={second}>
            {room.kind === 'dm' ? second : <MessageText text={second.replace(/\s+/g, ' ')} />}
          </div>
        )}
      </div>
      {room.waiting && <span className="room-waiting">{t('rooms.waiting')}</span>}
      {room.archived && <span className="room-waiting">{t('rooms.archived')}</span>}
      <HeaderSearch room={room.id} open={panel === 'search'} />
      {pins > 0 && (
        <Tooltip title={t(panel === 'pins' ? 'rooms.hidePins' : 'rooms.showPins')}>
          <button
            type="button"
            className="room-panel-button room-pins-button"
            aria-label={t('rooms.pinsCount', { count: pins })}
            aria-expanded={panel === 'pins'}
            onClick={() => navigate({ room: room.id, panel: panel === 'pins' ? undefined : 'pins' }, { replace: panel !== undefined })}
          >
            <PushPinOutlined aria-hidden="true" />
            {formatNumber(pins)}
          </button>
        </Tooltip>
      )}
      <Tooltip title={panel === 'notes' ? t('notes.hide') : t('notes.show')}>
        <button
          type="button"
          className="room-panel-button room-notes-button"
          aria-label={t('notes.title')}
          aria-expanded={panel === 'notes'}
          onClick={() => navigate({ room: room.id, panel: panel === 'notes' ? undefined : 'notes' }, { replace: panel !== undefined })}
        >
          <StickyNote2Outlined aria-hidden="true" />
        </button>
      </Tooltip>
      <Tooltip title={t(membersOpen ? 'rooms.hideMembers' : 'rooms.showMembers')}>
        <button
          type="button"
          className="room-panel-button"
          aria-label={members}
          aria-expanded={membersOpen}
          onClick={() => navigate({ room: room.id, panel: membersOpen ? undefined : 'members' }, { replace: panel !== undefined })}
        >
          <GroupRounded aria-hidden="true" />
          {memberCount !== undefined && formatNumber(memberCount)}
        </button>
      </Tooltip>
      <RoomMenu room={room} pins={pins} />
    </header>
  )
}
