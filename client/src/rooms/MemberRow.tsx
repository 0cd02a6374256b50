import MoreHorizRounded from '@mui/icons-material/MoreHorizRounded'
import IconButton from '@mui/material/IconButton'
import Menu from '@mui/material/Menu'
import MenuItem from '@mui/material/MenuItem'
import { can } from '@chatflow/shared/permissions'
import { useState } from 'react'
import { useActions, useMe } from '../app/chat-context.tsx'
import { navigate } from '../app/use-route.ts'
import type { MemberView, RoomView } from '../chat/views.ts'
import { t } from '../i18n/translate.ts'
import { PersonCard } from '../people/PersonCard.tsx'
import { StatusText } from '../people/StatusText.tsx'
import { presenceName } from '../people/presence-words.ts'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { PersonAvatar } from '../ui/PersonAvatar.tsx'
import { BanDialog } from './BanDialog.tsx'

const GIVEN = ['owner', 'moderator', 'member', 'reader'] as const
const MAKE = { owner: 'rooms.makeOwner', moderator: 'rooms.makeModerator', member: 'rooms.makeMember', reader: 'rooms.makeReader' } as const

/** A member with name, presence and role, and what one may do about it. */
export function MemberRow({ room, member, onBanned }: { room: RoomView; member: MemberView; onBanned(member: MemberView, reason: string | undefined): void }) {
  const me = useMe()
  const { removeMember, setMemberRole, startDirect } = useActions()
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  const actor = { id: me.id, role: me.role, roomRole: room.role }
  const user = { id: member.id, roomRole: member.role }
  const self = member.id === me.id
  const roles = GIVEN.filter((newRole) => newRole !== member.role && !self && can(actor, 'member.role', { room, user, newRole }))
  const mayWrite = can(actor, 'room.create')
  const removable = !self && can(actor, 'member.remove', { room, user })
  const bannable = !self && can(actor, 'member.ban', { room, user })
  const [card, setCard] = useState<HTMLElement | null>(null)
  const [asked, setAsked] = useState<'remove' | 'ban'>()
  const [touched, setTouched] = useState(false)
  const close = (act?: () => void) => () => {
    setAnchor(null)
    act?.()
  }
  return (
    <li className="member">
      <PersonAvatar id={member.id} name={member.displayName} avatar={member.avatar} size={32} presence={member.presence} showPresence />
      <div className="member-lines">
        <span className="member-name ellipsis">
          <button type="button" className="person-name" aria-label={t('rooms.detailsOf', { name: member.displayName })} onClick={(event) => setCard(event.currentTarget)}>
            {member.displayName}
          </button>
          <StatusText status={member.status} short />
          {self && <span className="member-you"> {t('rooms.you')}</span>}
        </span>
        <span className="text-3 ellipsis">
          {member.username !== '' && `@${member.username}`}
          {member.role !== 'member' && ` · ${t(`rooms.${member.role}`)}`}
          {member.presence !== undefined && <span className="sr-only">, {presenceName(member.presence)}</span>}
          {member.status?.text !== undefined && ` · ${member.status.text}`}
        </span>
      </div>
      {!self && (mayWrite || roles.length > 0 || removable) && (
        <>
          <IconButton
            size="small"
            aria-label={t('people.about', { name: member.displayName })}
            aria-haspopup="menu"
            onClick={(event) => {
              setTouched(true)
              setAnchor(event.currentTarget)
            }}
          >
            <MoreHorizRounded />
          </IconButton>
          {/* A large room has hundreds of rows: what opens is made when it is asked for. */}
          {touched && (
            <>
              <Menu open={anchor !== null} anchorEl={anchor} onClose={close()} anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }} transformOrigin={{ vertical: 'top', horizontal: 'right' }}>
                {mayWrite && <MenuItem onClick={close(() => void startDirect([member.id]).then((id) => navigate({ room: id })))}>{t('common.messageDirectly')}</MenuItem>}
                {roles.map((role) => (
                  <MenuItem key={role} onClick={close(() => void setMemberRole(room.id, member.id, role))}>
                    {t(MAKE[role])}
                  </MenuItem>
                ))}
                {removable && (
                  <MenuItem className="menu-danger" onClick={close(() => setAsked('remove'))}>
                    {t('rooms.removeFromRoom')}
                  </MenuItem>
                )}
                {bannable && (
                  <MenuItem className="menu-danger" onClick={close(() => setAsked('ban'))}>
                    {t('rooms.banFromRoom')}
                  </MenuItem>
                )}
              </Menu>
              <ConfirmDialog
                open={asked === 'remove'}
                title={t('rooms.removeTitle', { name: member.displayName, room: room.name })}
                text={t(room.kind === 'private' ? 'rooms.removePrivateText' : 'rooms.removePublicText')}
                confirm={t('common.remove')}
                danger
                onClose={() => setAsked(undefined)}
                onConfirm={() => removeMember(room.id, member.id)}
              />
              <BanDialog room={room} member={member} open={asked === 'ban'} onClose={() => setAsked(undefined)} onBanned={(reason) => onBanned(member, reason)} />
            </>
          )}
        </>
      )}
      <PersonCard person={card === null ? undefined : member} anchor={card} onClose={() => setCard(null)} />
    </li>
  )
}
