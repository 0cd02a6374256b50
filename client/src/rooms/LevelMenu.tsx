import CheckRounded from '@mui/icons-material/CheckRounded'
import Menu from '@mui/material/Menu'
import MenuItem from '@mui/material/MenuItem'
import type { RoomView } from '../chat/views.ts'
import { t } from '../i18n/translate.ts'
import { useRoomLevel } from './use-room-level.ts'
import './dialogs.css'

/** Chooses what of this room is to be noticed. */
export function LevelMenu({ room, anchor, onClose }: { room: RoomView; anchor: HTMLElement | null; onClose(): void }) {
  const { level, choices, setLevel } = useRoomLevel(room)
  return (
    <Menu
      open={anchor !== null}
      anchorEl={anchor}
      onClose={onClose}
      anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
      transformOrigin={{ vertical: 'top', horizontal: 'right' }}
      slotProps={{ list: { 'aria-label': t('rooms.notificationsOf', { room: room.name }) } }}
    >
      {choices.map(({ value, title, text }) => (
        <MenuItem
          key={value}
          role="menuitemradio"
          aria-checked={value === level}
          selected={value === level}
          onClick={() => {
            setLevel(value)
            onClose()
          }}
        >
          <span className="menu-lines">
            {title}
            <span className="text-3">{text}</span>
          </span>
          {value === level && <CheckRounded className="menu-check" />}
        </MenuItem>
      ))}
    </Menu>
  )
}
