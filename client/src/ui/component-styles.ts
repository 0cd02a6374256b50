import type { Components, Theme } from '@mui/material/styles'

const field = {
  borderRadius: 8,
  backgroundColor: 'var(--surface)',
  boxShadow: 'inset 0 0 0 1px var(--control)',
  transition: 'box-shadow 120ms',
  '&:hover': { boxShadow: 'inset 0 0 0 1px var(--ink-2)' },
  '&.Mui-focused': { boxShadow: 'inset 0 0 0 2px var(--accent)' },
  '&.Mui-error': { boxShadow: 'inset 0 0 0 1px var(--danger)' },
  '&.Mui-error.Mui-focused': { boxShadow: 'inset 0 0 0 2px var(--danger)' },
} as const

/** Overrides that turn MUI's parts into ours: flat, quiet, no ripples, labels above fields. */
export const componentStyles: Components<Omit<Theme, 'components'>> = {
  MuiButtonBase: { defaultProps: { disableRipple: true } },
  MuiButton: {
    defaultProps: { disableElevation: true },
    styleOverrides: {
      root: { minHeight: 36, padding: '6px 14px', borderRadius: 8, transition: 'background-color 120ms, color 120ms, box-shadow 120ms', '@media (pointer: coarse)': { minHeight: 44 } },
      sizeSmall: { minHeight: 28, padding: '2px 10px', borderRadius: 6, '@media (pointer: coarse)': { minHeight: 40 } },
      outlined: { border: 0, boxShadow: 'inset 0 0 0 1px var(--line-strong)', color: 'var(--ink)', '&:hover': { border: 0, backgroundColor: 'var(--hover)' } },
      text: { color: 'var(--ink-2)', '&:hover': { backgroundColor: 'var(--hover)', color: 'var(--ink)' } },
    },
    variants: [
      { props: { variant: 'text', color: 'error' }, style: { color: 'var(--danger)', '&:hover': { backgroundColor: 'var(--danger-soft)', color: 'var(--danger)' } } },
      { props: { variant: 'text', color: 'primary' }, style: { color: 'var(--accent)', '&:hover': { backgroundColor: 'var(--accent-soft)', color: 'var(--accent)' } } },
    ],
  },
  MuiIconButton: {
    styleOverrides: {
      root: {
        width: 36,
        height: 36,
        padding: 0,
        borderRadius: 8,
        color: 'var(--ink-2)',
        transition: 'background-color 120ms, color 120ms',
        '&:hover': { backgroundColor: 'var(--side-hover)', color: 'var(--ink)' },
        '@media (pointer: coarse)': { width: 44, height: 44 },
      },
      sizeSmall: { width: 28, height: 28, borderRadius: 6, '@media (pointer: coarse)': { width: 44, height: 44 } },
    },
  },
  MuiSvgIcon: { styleOverrides: { root: { fontSize: 20 }, fontSizeSmall: { fontSize: 16 } } },
  MuiInputBase: { styleOverrides: { input: { height: 'auto', padding: '9px 12px', '@media (pointer: coarse)': { fontSize: 16 }, '&::placeholder': { color: 'var(--ink-3)', opacity: 1 } } } },
  MuiOutlinedInput: {
    defaultProps: { notched: false },
    styleOverrides: { root: { ...field, padding: 0 }, notchedOutline: { display: 'none' }, input: { padding: '9px 12px' } },
  },
  MuiDialog: {
    styleOverrides: {
      paper: { borderRadius: 14, backgroundImage: 'none', boxShadow: 'var(--shadow)', border: '1px solid var(--line)', margin: 16, width: 'calc(100% - 32px)' },
    },
  },
  MuiDialogTitle: { defaultProps: { variant: 'h2' }, styleOverrides: { root: { padding: '20px 24px 8px' } } },
  MuiDialogContent: { styleOverrides: { root: { padding: '12px 24px' } } },
  MuiDialogActions: { styleOverrides: { root: { padding: '12px 24px 20px', gap: 8, '& > :not(style) ~ :not(style)': { marginLeft: 0 } } } },
  MuiBackdrop: { styleOverrides: { root: { '&:not(.MuiBackdrop-invisible)': { backgroundColor: 'var(--scrim)' } } } },
  MuiPopover: { styleOverrides: { paper: { borderRadius: 10, backgroundImage: 'none', boxShadow: 'var(--shadow)', border: '1px solid var(--line)' } } },
  MuiMenu: { styleOverrides: { list: { padding: 4, minWidth: 184 } } },
  MuiMenuItem: {
    styleOverrides: {
      root: {
        minHeight: 34,
        borderRadius: 6,
        padding: '5px 10px',
        gap: 10,
        fontSize: '0.875rem',
        '&:hover, &.Mui-focusVisible': { backgroundColor: 'var(--side-hover)' },
        '&.Mui-selected, &.Mui-selected:hover, &.Mui-selected.Mui-focusVisible': { backgroundColor: 'var(--accent-soft)' },
        '& svg': { color: 'var(--ink-3)', fontSize: 18 },
        '@media (pointer: coarse)': { minHeight: 44 },
      },
    },
  },
  MuiTooltip: {
    defaultProps: { enterDelay: 500, enterNextDelay: 200, disableInteractive: true },
    styleOverrides: {
      tooltip: { backgroundColor: 'var(--ink)', color: 'var(--surface)', fontSize: '0.75rem', fontWeight: 500, padding: '5px 8px', borderRadius: 6, maxWidth: 280 },
    },
  },
  MuiSwitch: {
    styleOverrides: {
      root: { width: 38, height: 22, padding: 0, overflow: 'visible', flex: 'none' },
      switchBase: {
        padding: 3,
        '&.Mui-checked': { transform: 'translateX(16px)', color: 'var(--accent-ink)', '& + .MuiSwitch-track': { backgroundColor: 'var(--accent)', opacity: 1 } },
        '&.Mui-focusVisible + .MuiSwitch-track': { outline: '2px solid var(--accent)', outlineOffset: 2 },
      },
      thumb: { width: 16, height: 16, boxShadow: 'none', backgroundColor: 'currentColor' },
      track: { borderRadius: 11, opacity: 1, backgroundColor: 'var(--control)' },
    },
  },
  MuiAutocomplete: {
    styleOverrides: {
      paper: { marginTop: 4, borderRadius: 10, border: '1px solid var(--line)', boxShadow: 'var(--shadow)', backgroundImage: 'none' },
      listbox: { padding: 4, maxHeight: 264 },
      option: { borderRadius: 6, minHeight: 44, padding: '4px 8px', '&.Mui-focused, &.Mui-focused[aria-selected="true"]': { backgroundColor: 'var(--side-hover)' } },
      noOptions: { fontSize: '0.875rem', color: 'var(--ink-2)' },
      loading: { fontSize: '0.875rem', color: 'var(--ink-2)' },
      inputRoot: { padding: '3px 8px', gap: 4 },
    },
  },
  MuiSkeleton: { styleOverrides: { root: { backgroundColor: 'var(--side-hover)' } } },
}
