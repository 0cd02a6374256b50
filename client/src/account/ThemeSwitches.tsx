import Switch from '@mui/material/Switch'
import { useColorScheme } from '@mui/material/styles'
import { useId } from 'react'

/** Dark or light, or whatever the system says. */
export function ThemeSwitches() {
  const id = useId()
  const { mode, systemMode, setMode } = useColorScheme()
  const dark = (mode === 'system' ? systemMode : mode) === 'dark'
  return (
    <>
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
    </>
  )
}
