import { createTheme } from '@mui/material/styles'
import { componentStyles } from './component-styles.ts'
import { TOKENS, cssVariables, strongVariables } from './tokens.ts'
import type { Scheme } from './tokens.ts'

const SYSTEM_FONTS = "'Apple Color Emoji', 'Segoe UI Emoji', 'Noto Color Emoji', system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif"
const text = (px: number, lineHeight: number, fontWeight: number) => ({ fontSize: `${px / 16}rem`, lineHeight, fontWeight, letterSpacing: 'normal' })

function palette(scheme: Scheme) {
  const t = TOKENS[scheme]
  return {
    primary: { main: t.accent, dark: t.accentHover, contrastText: t.accentInk },
    error: { main: t.danger },
    warning: { main: t.warn },
    success: { main: t.online },
    text: { primary: t.ink, secondary: t.ink2, disabled: t.ink3 },
    background: { default: t.surface, paper: t.raised },
    divider: t.line,
  }
}

/** The app's look: MUI's parts, our own proportions. Four type sizes: 12, 14, 15 and 20 px; a 4 px grid; movement of 120 to 200 ms. */
export const theme = createTheme({
  cssVariables: { cssVarPrefix: 'cf', colorSchemeSelector: '[data-theme="%s"]' },
  colorSchemes: { light: { palette: palette('light') }, dark: { palette: palette('dark') } },
  spacing: 4,
  shape: { borderRadius: 8 },
  motion: { reducedMotion: 'system' },
  focusVisible: { outlineWidth: '2px', outlineOffset: '2px' },
  breakpoints: { values: { xs: 0, sm: 480, md: 800, lg: 1080, xl: 1440 } },
  transitions: { duration: { shortest: 120, shorter: 120, short: 160, standard: 180, complex: 200, enteringScreen: 180, leavingScreen: 140 } },
  typography: {
    fontFamily: `'Inter Variable', ${SYSTEM_FONTS}`,
    fontWeightMedium: 550,
    h1: text(15, 1.3, 650),
    h2: text(20, 1.3, 650),
    h3: text(15, 1.35, 600),
    h4: text(14, 1.4, 600),
    h5: text(14, 1.4, 600),
    h6: text(12, 1.4, 600),
    subtitle1: text(15, 1.45, 500),
    subtitle2: text(14, 1.45, 500),
    body1: text(15, 1.45, 400),
    body2: text(14, 1.45, 400),
    button: { ...text(14, 1.4, 550), textTransform: 'none' },
    caption: text(12, 1.4, 400),
    overline: { ...text(12, 1.4, 600), textTransform: 'none' },
  },
  components: componentStyles,
})

/** Global styles: our own variables for both schemes, before the app has decided which one holds. */
export const globalStyles = {
  ':root': cssVariables('light'),
  '[data-theme="dark"]': cssVariables('dark'),
  // Who asks for more contrast gets lines and quiet text as strong as the next step.
  '@media (prefers-contrast: more)': {
    ':root': strongVariables('light'),
    '[data-theme="dark"]': strongVariables('dark'),
  },
}
