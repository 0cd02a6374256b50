export const THEME_STORAGE_KEY = 'chatflow.theme'

/** Sets the colour scheme before the first paint: the content security policy allows no inline script in the page. */
export function bootTheme(): void {
  let mode: string | null = null
  try {
    mode = localStorage.getItem(THEME_STORAGE_KEY)
  } catch {
    // Storage may be forbidden; the system's scheme is then the best guess.
  }
  const dark = mode === 'dark' || (mode !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset['theme'] = dark ? 'dark' : 'light'
}
