import EditRounded from '@mui/icons-material/EditRounded'
import ErrorOutlineRounded from '@mui/icons-material/ErrorOutlineRounded'
import NotificationsOffRounded from '@mui/icons-material/NotificationsOffRounded'
import { memo } from 'react'
import { useActions } from '../app/chat-context.tsx'
import { formatRoute } from '../app/route.ts'
import type { RoomView } from '../chat/views.ts'
import { t } from '../i18n/translate.ts'
import { useLanguage } from '../i18n/use-language.ts'
import { presenceName } from '../people/presence-words.ts'
import { RoomSign } from './RoomSign.tsx'
import { badgeOf, isUnread } from './sections.ts'

/** One room in the sidebar: its name, and what has happened in it. */
export const RoomLink = memo(function RoomLink({ room, open }: { room: RoomView; open: boolean }) {
  useLanguage()
  const { prepareRoom } = useActions()
  const unread = isUnread(room)
  const badge = badgeOf(room)
  const classes = ['room-link', open && 'room-link-open', unread && 'room-link-unread', (room.muted || room.archived) && 'room-link-muted'].filter(Boolean).join(' ')
  return (
    // oxlint-disable-next-line jsx-a11y/role-supports-aria-props -- global since ARIA 1.3; the name must stay the room's name alone
    <a className={classes} href={formatRoute({ room: room.id })} aria-current={open ? 'page' : undefined} aria-description={describe(room) || undefined} onPointerDown={() => prepareRoom(room.id)}>
      <RoomSign room={room} />
      <span className="room-link-name ellipsis">{room.name}</span>
      {room.with.length === 1 && room.with[0]?.status?.emoji !== undefined && <span className="status-emoji" aria-hidden="true">{room.with[0].status.emoji}</span>}
      {room.rejection !== undefined && <ErrorOutlineRounded className="room-link-refused" fontSize="small" />}
      {room.draft && !open && <EditRounded className="room-link-mark" fontSize="small" />}
      {room.muted && <NotificationsOffRounded className="room-link-mark" fontSize="small" />}
      {badge !== undefined ? <span className="room-badge" aria-hidden="true">{badge}</span> : unread ? <span className="room-dot" /> : null}
    </a>
  )
})

function describe(room: RoomView): string {
  const parts = [
    room.kind === 'private' ? t('rooms.isPrivate') : '',
    room.with.length > 1 ? t('rooms.conversationOfSmall', { people: room.with.length + 1 }) : '',
    room.with.length === 1 && room.with[0]?.presence !== undefined ? presenceName(room.with[0].presence) : '',
    room.with.length === 1 ? [room.with[0]?.status?.emoji, room.with[0]?.status?.text].filter(Boolean).join(' ') : '',
    room.unread > 0 ? t('rooms.unreadMessages', { count: room.unread }) : '',
    room.mentions > 0 ? t('rooms.mentionsOfMe', { count: room.mentions }) : '',
    room.draft ? t('rooms.hasDraft') : '',
    room.muted ? t('rooms.isMuted') : '',
    room.archived ? t('rooms.isArchived') : '',
    room.waiting ? t('rooms.isWaiting') : '',
    room.rejection === undefined ? '' : t('rooms.isRefused'),
  ]
  return parts.filter(Boolean).join(', ')
}
