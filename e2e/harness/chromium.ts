import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The Chromium to test with: CHROMIUM, else the one on the PATH; undefined means Playwright's own, where it has been downloaded. */
export function chromiumPath(): string | undefined {
  if (process.env['CHROMIUM']) return process.env['CHROMIUM']
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return folders.flatMap((folder) => ['chromium', 'chromium-browser', 'google-chrome'].map((name) => join(folder, name))).find((path) => existsSync(path))
}

/** Flags for a browser in a container, which talks to nobody by itself. */
export const CHROMIUM_ARGS = ['--no-sandbox', '--disable-background-networking']
