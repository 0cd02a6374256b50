import ArchiveRounded from '@mui/icons-material/Inventory2Rounded'
import EditNoteRounded from '@mui/icons-material/EditNoteRounded'
import EventRounded from '@mui/icons-material/EventRounded'
import FlagOutlined from '@mui/icons-material/FlagOutlined'
import LogoutRounded from '@mui/icons-material/LogoutRounded'
import NotificationsOffRounded from '@mui/icons-material/NotificationsOffRounded'
import NotificationsRounded from '@mui/icons-material/NotificationsRounded'
import StickyNote2Outlined from '@mui/icons-material/StickyNote2Outlined'
import StarRounded from '@mui/icons-material/StarRounded'
import StarBorderRounded from '@mui/icons-material/StarBorderRounded'
import PushPinOutlined from '@mui/icons-material/PushPinOutlined'
import MoreVertRounded from '@mui/icons-material/MoreVertRounded'
import TuneRounded from '@mui/icons-material/TuneRounded'
import InfoOutlined from '@mui/icons-material/InfoOutlined'
import UnarchiveOutlined from '@mui/icons-material/UnarchiveOutlined'
import Divider from '@mui/material/Divider'
import IconButton from '@mui/material/IconButton'
import Menu from '@mui/material/Menu'
import MenuItem from '@mui/material/MenuItem'
import { useState } from 'react'
import { useActions, useChatState } from '../app/chat-context.tsx'
import type { PanelName } from '../app/route.ts'
import { navigate } from '../app/use-route.ts'
import type { RoomView } from '../chat/views.ts'
import { t } from '../i18n/translate.ts'
import { SETTINGS } from '../chat/settings.ts'
import { mayDo, useRoomUi } from '../timeline/room-ui.tsx'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { LevelMenu } from './LevelMenu.tsx'
import { RoomDetailsDialog } from './RoomDetailsDialog.tsx'

type Asked = 'details' | 'archive' | 'leave'

/** What may be done with the room as a whole. */
export function RoomMenu({ room, pins }: { room: RoomView; pins: number }) {
  const ui = useRoomUi()
  const { archiveRoom, unarchiveRoom, leaveRoom, setSetting } = useActions()
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  const [levels, setLevels] = useState<HTMLElement | null>(null)
  const [asked, setAsked] = useState<Asked>()
  const ask = (what: Asked) => () => {
    setAnchor(null)
    setAsked(what)
  }
  const close = () => setAsked(undefined)
  const show = (panel: PanelName) => () => {
    setAnchor(null)
    navigate({ room: room.id, panel })
  }
  const set = (key: string, value: unknown) => () => {
    setAnchor(null)
    void setSetting(key, value)
  }
  const dm = room.kind === 'dm'
  // Back to what holds for all rooms, unless that is as quiet as a muted one.
  const unmuted = useChatState((state) => (state.preferences.notify === 'none' ? 'all' : null))
  return (
    <>
      <IconButton aria-label={t('rooms.menu')} aria-haspopup="menu" aria-expanded={anchor !== null} onClick={(event) => setAnchor(event.currentTarget)}>
        <MoreVertRounded />
      </IconButton>
      <Menu open={anchor !== null} anchorEl={anchor} onClose={() => setAnchor(null)} anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }} transformOrigin={{ vertical: 'top', horizontal: 'right' }}>
        <MenuItem onClick={set(SETTINGS.star(room.id), !room.starred)}>
          {room.starred ? <StarRounded /> : <StarBorderRounded />}
          {t(room.starred ? 'rooms.unstar' : 'rooms.star')}
        </MenuItem>
        <MenuItem onClick={set(SETTINGS.level(room.id), room.muted ? unmuted : 'none')}>
          {room.muted ? <NotificationsRounded /> : <NotificationsOffRounded />}
          {t(room.muted ? 'rooms.unmute' : 'rooms.mute')}
        </MenuItem>
        <MenuItem
          onClick={() => {
            setLevels(anchor)
            setAnchor(null)
          }}
        >
          <TuneRounded />
          {t('rooms.notifications')}
        </MenuItem>
        <MenuItem
          onClick={() => {
            setAnchor(null)
            ui.askDate(Date.now())
          }}
        >
          <EventRounded />
          {t('rooms.jumpToDate')}
        </MenuItem>
        <Divider />
        <MenuItem onClick={show('pins')}>
          <PushPinOutlined />
          {pins > 0 ? t('rooms.pinsNumber', { number: pins }) : t('rooms.pins')}
        </MenuItem>
        <MenuItem onClick={show('notes')}>
          <StickyNote2Outlined />
          {t('notes.title')}
        </MenuItem>
        <MenuItem onClick={show('details')}>
          <InfoOutlined />
          {t(dm ? 'rooms.aboutConversation' : 'rooms.aboutRoom')}
        </MenuItem>
        {mayDo(ui, 'room.update') && (
          <MenuItem onClick={ask('details')}>
            <EditNoteRounded />
            {t('rooms.editDetails')}
          </MenuItem>
        )}
        {mayDo(ui, 'report.resolve') && !dm && (
          <MenuItem onClick={() => navigate({ page: 'reports', section: 'open' })}>
            <FlagOutlined />
            {t('rooms.reports')}
          </MenuItem>
        )}
        {mayDo(ui, 'room.unarchive') && room.archived && (
          <MenuItem
            onClick={() => {
              setAnchor(null)
              void unarchiveRoom(room.id)
            }}
          >
            <UnarchiveOutlined />
            {t('rooms.reopen')}
          </MenuItem>
        )}
        {mayDo(ui, 'room.archive') && !room.archived && (
          <MenuItem onClick={ask('archive')}>
            <ArchiveRounded />
            {t('rooms.archive')}
          </MenuItem>
        )}
        <MenuItem onClick={ask('leave')}>
          <LogoutRounded />
          {t(dm ? 'rooms.hide' : 'rooms.leave')}
        </MenuItem>
      </Menu>
      <LevelMenu room={room} anchor={levels} onClose={() => setLevels(null)} />
      <RoomDetailsDialog room={room} open={asked === 'details'} onClose={close} />
      <ConfirmDialog
        open={asked === 'archive'}
        title={t('rooms.archiveTitle', { room: room.name })}
        text={t('rooms.archiveText')}
        confirm={t('rooms.archiveConfirm')}
        danger
        onClose={close}
        onConfirm={() => archiveRoom(room.id)}
      />
      <ConfirmDialog
        open={asked === 'leave'}
        title={dm ? t('rooms.hideTitle') : t('rooms.leaveTitle', { room: room.name })}
        text={
          dm
            ? t('rooms.hideText')
            : room.kind === 'private'
              ? t('rooms.leavePrivateText')
              : t('rooms.leavePublicText')
        }
        confirm={t(dm ? 'rooms.hideConfirm' : 'rooms.leaveConfirm')}
        danger={!dm}
        onClose={close}
        onConfirm={() => leaveRoom(room.id).then(() => navigate({}, { replace: true }))}
      />
    </>
  )
}
