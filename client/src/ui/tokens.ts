/**
 * The colours of both schemes: neutral surfaces with a breath of green, one accent. Text colours keep at least 4.5:1 on every surface
 * they are used on (`ink3` included), controls 3:1. CSS reads them as `--ink`, `--line` and so on; the MUI theme is made from the same rows.
 */
export const TOKENS = {
  light: {
    surface: '#ffffff',
    side: '#f4f6f5',
    raised: '#ffffff',
    hover: '#f5f7f6',
    sideHover: '#e8ecea',
    line: '#e4e8e6',
    lineStrong: '#c6cdca',
    control: '#7d8783',
    ink: '#18201d',
    ink2: '#535d59',
    ink3: '#606a66',
    accent: '#0a6c66',
    accentHover: '#085650',
    accentInk: '#ffffff',
    accentSoft: '#e0f0ee',
    danger: '#b3261e',
    dangerSoft: '#fdf0ef',
    warn: '#704600',
    warnSoft: '#fdf4e0',
    online: '#1c8f4e',
    away: '#a86f00',
    highlight: '#fff7df',
    highlightLine: '#d9a514',
    code: '#f1f4f3',
    codeKeyword: '#8a3ffc',
    codeString: '#0f6b3a',
    codeValue: '#9a4a00',
    codeName: '#0b5cad',
    scrim: 'rgba(14, 22, 19, 0.36)',
    shadow: '0 1px 2px rgba(16, 28, 24, 0.06), 0 8px 28px rgba(16, 28, 24, 0.12)',
  },
  dark: {
    surface: '#151918',
    side: '#0f1312',
    raised: '#1d2221',
    hover: '#1a1f1d',
    sideHover: '#1b201f',
    line: '#282e2c',
    lineStrong: '#3e4644',
    control: '#76817d',
    ink: '#e7ece9',
    ink2: '#aab3af',
    ink3: '#919b97',
    accent: '#55c5b8',
    accentHover: '#7ad6cb',
    accentInk: '#05211e',
    accentSoft: '#143330',
    danger: '#ff8d83',
    dangerSoft: '#331c1a',
    warn: '#efc573',
    warnSoft: '#2d2514',
    online: '#43bf7b',
    away: '#d8a13a',
    highlight: '#292415',
    highlightLine: '#c69a2d',
    code: '#1e2422',
    codeKeyword: '#c4a5ff',
    codeString: '#7fd6a2',
    codeValue: '#f0b072',
    codeName: '#8ec5ff',
    scrim: 'rgba(0, 0, 0, 0.56)',
    shadow: '0 1px 2px rgba(0, 0, 0, 0.4), 0 12px 32px rgba(0, 0, 0, 0.44)',
  },
} as const

export type Scheme = keyof typeof TOKENS

/** CSS custom properties of one scheme: `sideHover` becomes `--side-hover`, `ink2` becomes `--ink-2`. */
export function cssVariables(scheme: Scheme): Record<string, string> {
  return Object.fromEntries(Object.entries(TOKENS[scheme]).map(([name, value]) => [`--${name.replace(/[A-Z\d]/g, (c) => `-${c.toLowerCase()}`)}`, value]))
}

/** What differs for `prefers-contrast: more`. */
export function strongVariables(scheme: Scheme): Record<string, string> {
  const { control, ink, ink2 } = TOKENS[scheme]
  return { '--line': control, '--line-strong': ink2, '--control': ink2, '--ink-2': ink, '--ink-3': ink2 }
}
