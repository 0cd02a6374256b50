import GlobalStyles from '@mui/material/GlobalStyles'
import { ThemeProvider } from '@mui/material/styles'
import type { ReactNode } from 'react'
import './base.css'
import './forced-colors.css'
import './fonts.css'
import { THEME_STORAGE_KEY } from './boot-theme.ts'
import { globalStyles, theme } from './theme.ts'

/** Colours, type and MUI's look for everything inside. The choice of light, dark or system is kept in localStorage. */
export function AppTheme({ children }: { children: ReactNode }) {
  return (
    // Without `disableTransitionOnChange`, which writes a style element that the page's policy stops.
    <ThemeProvider theme={theme} defaultMode="system" modeStorageKey={THEME_STORAGE_KEY} noSsr>
      <GlobalStyles styles={globalStyles} />
      {children}
    </ThemeProvider>
  )
}
