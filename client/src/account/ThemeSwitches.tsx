import Switch from '@mui/material/Switch'
import { useColorScheme } from '@mui/material/styles'
import { useId } from 'react'
import { t } from '../i18n/translate.ts'

/** Dark or light, or whatever the system says. */
export function ThemeSwitches() {
  const id = useId()
  const { mode, systemMode, setMode } = useColorScheme()
  const dark = (mode === 'system' ? systemMode : mode) === 'dark'
  return (
    <>
      <label className="account-menu-row" htmlFor={`${id}-dark`}>
        <span>{t('account.darkTheme')}</span>
        <Switch id={`${id}-dark`} checked={dark} onChange={(_, on) => setMode(on ? 'dark' : 'light')} slotProps={{ input: { role: 'switch', 'aria-label': t('account.darkTheme') } }} />
      </label>
      <label className="account-menu-row" htmlFor={`${id}-system`}>
        <span>{t('account.sameAsSystem')}</span>
        <Switch
          id={`${id}-system`}
          checked={mode === 'system'}
          onChange={(_, on) => setMode(on ? 'system' : dark ? 'dark' : 'light')}
          slotProps={{ input: { role: 'switch', 'aria-label': t('account.sameAsSystem') } }}
        />
      </label>
    </>
  )
}
