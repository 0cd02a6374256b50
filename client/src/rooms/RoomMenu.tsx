import ArchiveRounded from '@mui/icons-material/Inventory2Rounded'
import EditNoteRounded from '@mui/icons-material/EditNoteRounded'
import EventRounded from '@mui/icons-material/EventRounded'
import FlagOutlined from '@mui/icons-material/FlagOutlined'
import LogoutRounded from '@mui/icons-material/LogoutRounded'
import NotificationsOffRounded from '@mui/icons-material/NotificationsOffRounded'
import NotificationsRounded from '@mui/icons-material/NotificationsRounded'
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
      <IconButton aria-label="Room menu" aria-haspopup="menu" aria-expanded={anchor !== null} onClick={(event) => setAnchor(event.currentTarget)}>
        <MoreVertRounded />
      </IconButton>
      <Menu open={anchor !== null} anchorEl={anchor} onClose={() => setAnchor(null)} anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }} transformOrigin={{ vertical: 'top', horizontal: 'right' }}>
        <MenuItem onClick={set(SETTINGS.star(room.id), !room.starred)}>
          {room.starred ? <StarRounded /> : <StarBorderRounded />}
          {room.starred ? 'Remove star' : 'Star'}
        </MenuItem>
        <MenuItem onClick={set(SETTINGS.level(room.id), room.muted ? unmuted : 'none')}>
          {room.muted ? <NotificationsRounded /> : <NotificationsOffRounded />}
          {room.muted ? 'Unmute' : 'Mute'}
        </MenuItem>
        <MenuItem
          onClick={() => {
            setLevels(anchor)
            setAnchor(null)
          }}
        >
          <TuneRounded />
          Notifications
        </MenuItem>
        <MenuItem
          onClick={() => {
            setAnchor(null)
            ui.askDate(Date.now())
          }}
        >
          <EventRounded />
          Jump to date
        </MenuItem>
        <Divider />
        <MenuItem onClick={show('pins')}>
          <PushPinOutlined />
          {pins > 0 ? `Pinned messages (${pins.toLocaleString()})` : 'Pinned messages'}
        </MenuItem>
        <MenuItem onClick={show('details')}>
          <InfoOutlined />
          {dm ? 'About this conversation' : 'About this room'}
        </MenuItem>
        {mayDo(ui, 'room.update') && (
          <MenuItem onClick={ask('details')}>
            <EditNoteRounded />
            Edit name and topic
          </MenuItem>
        )}
        {mayDo(ui, 'report.resolve') && !dm && (
          <MenuItem onClick={() => navigate({ page: 'reports', section: 'open' })}>
            <FlagOutlined />
            Reports
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
            Reopen room
          </MenuItem>
        )}
        {mayDo(ui, 'room.archive') && !room.archived && (
          <MenuItem onClick={ask('archive')}>
            <ArchiveRounded />
            Archive room
          </MenuItem>
        )}
        <MenuItem onClick={ask('leave')}>
          <LogoutRounded />
          {dm ? 'Hide conversation' : 'Leave room'}
        </MenuItem>
      </Menu>
      <LevelMenu room={room} anchor={levels} onClose={() => setLevels(null)} />
      <RoomDetailsDialog room={room} open={asked === 'details'} onClose={close} />
      <ConfirmDialog
        open={asked === 'archive'}
        title={`Archive ${room.name}?`}
        text="It stays readable for its members, but nobody can write in it until it is reopened."
        confirm="Archive"
        danger
        onClose={close}
        onConfirm={() => archiveRoom(room.id)}
      />
      <ConfirmDialog
        open={asked === 'leave'}
        title={dm ? 'Hide this conversation?' : `Leave ${room.name}?`}
        text={
          dm
            ? 'It comes back when one of you writes again.'
            : room.kind === 'private'
              ? 'It is removed from all your devices. To come back, someone has to add you.'
              : 'It is removed from all your devices. You can join again at any time.'
        }
        confirm={dm ? 'Hide' : 'Leave'}
        danger={!dm}
        onClose={close}
        onConfirm={() => leaveRoom(room.id).then(() => navigate({}, { replace: true }))}
      />
    </>
  )
}
