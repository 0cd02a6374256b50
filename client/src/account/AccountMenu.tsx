import LogoutRounded from '@mui/icons-material/LogoutRounded'
import SettingsOutlined from '@mui/icons-material/SettingsOutlined'
import Button from '@mui/material/Button'
import { useActions, useMe } from '../app/chat-context.tsx'
import { PersonAvatar } from '../ui/PersonAvatar.tsx'
import { ThemeSwitches } from './ThemeSwitches.tsx'
import './account-menu.css'

/** Who one is here, the look of the app, and the way out. `onUndelivered`: signing out would lose this many writes. */
export function AccountMenu({ onUndelivered, onSettings }: { onUndelivered(count: number): void; onSettings(): void }) {
  const me = useMe()
  const { signOut } = useActions()

  async function leave(): Promise<void> {
    const { undelivered } = await signOut()
    if (undelivered > 0) onUndelivered(undelivered)
  }

  return (
    <div className="account-menu">
      <div className="account-menu-who">
        <PersonAvatar id={me.id} name={me.displayName} avatar={me.avatar} size={40} />
        <div className="account-menu-lines">
          <div className="account-menu-name ellipsis">{me.displayName}</div>
          <div className="text-3 ellipsis">
            @{me.username} · {me.email}
          </div>
        </div>
      </div>
      <ThemeSwitches />
      <div className="account-menu-line" />
      <Button fullWidth color="inherit" startIcon={<SettingsOutlined />} sx={{ justifyContent: 'flex-start', px: 2 }} onClick={onSettings}>
        Settings
      </Button>
      <Button fullWidth color="inherit" startIcon={<LogoutRounded />} sx={{ justifyContent: 'flex-start', px: 2 }} onClick={() => void leave()}>
        Sign out
      </Button>
    </div>
  )
}
