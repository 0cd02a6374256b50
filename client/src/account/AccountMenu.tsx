import LogoutRounded from '@mui/icons-material/LogoutRounded'
import Button from '@mui/material/Button'
import Switch from '@mui/material/Switch'
import { useColorScheme } from '@mui/material/styles'
import { useId } from 'react'
import { useActions, useMe } from '../app/chat-context.tsx'
import { PersonAvatar } from '../ui/PersonAvatar.tsx'
import './account-menu.css'

/** Who one is here, the look of the app, and the way out. `onUndelivered`: signing out would lose this many writes. */
export function AccountMenu({ onUndelivered }: { onUndelivered(count: number): void }) {
  const id = useId()
  const me = useMe()
  const { signOut } = useActions()
  const { mode, systemMode, setMode } = useColorScheme()
  const dark = (mode === 'system' ? systemMode : mode) === 'dark'

  async function leave(): Promise<void> {
    const { undelivered } = await signOut()
    if (undelivered > 0) onUndelivered(undelivered)
  }

  return (
    <div className="account-menu">
      <div className="account-menu-who">
        <PersonAvatar id={me.id} name={me.displayName} size={40} />
        <div className="account-menu-lines">
          <div className="account-menu-name ellipsis">{me.displayName}</div>
          <div className="text-3 ellipsis">
            @{me.username} · {me.email}
          </div>
        </div>
      </div>
      <label className="account-menu-row" htmlFor={`${id}-dark`}>
        <span>Dark theme</span>
        <Switch id={`${id}-dark`} checked={dark} onChange={(_, on) => setMode(on ? 'dark' : 'light')} slotProps={{ input: { role: 'switch', 'aria-label': 'Dark theme' } }} />
      </label>
      <label className="account-menu-row" htmlFor={`${id}-system`}>
        <span>Same as the system</span>
        <Switch
          id={`${id}-system`}
          checked={mode === 'system'}
          onChange={(_, on) => setMode(on ? 'system' : dark ? 'dark' : 'light')}
          slotProps={{ input: { role: 'switch', 'aria-label': 'Same as the system' } }}
        />
      </label>
      <div className="account-menu-line" />
      <Button fullWidth color="inherit" startIcon={<LogoutRounded />} sx={{ justifyContent: 'flex-start', px: 2 }} onClick={() => void leave()}>
        Sign out
      </Button>
    </div>
  )
}
