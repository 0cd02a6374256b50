/**
 * Pictures of the running demo for the README: `npm run demo`, then `node_modules/.bin/node tools/screenshots.ts http://localhost:3000`.
 * Writes docs/screenshots/<what>-<theme>-<width>.png.
 */
import { chromium, type Page } from 'playwright-core'
import { existsSync, mkdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { DEMO_PASSWORD, PEOPLE } from './demo/people.ts'
import { root } from './root.ts'

const address = process.argv[2] ?? 'http://localhost:3000'
const folder = join(root, 'docs/screenshots')
const SIZES = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
] as const

mkdirSync(folder, { recursive: true })
const browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox', '--disable-background-networking'] })
for (const colorScheme of ['light', 'dark'] as const) {
  for (const viewport of SIZES) {
    const phone = viewport.width < 600
    const context = await browser.newContext({ baseURL: address, viewport, colorScheme, deviceScaleFactor: 1, isMobile: phone, hasTouch: phone })
    const page = await context.newPage()
    const shoot = (what: string): Promise<Buffer> => page.screenshot({ path: join(folder, `${what}-${colorScheme}-${viewport.width}.png`) })
    await page.goto('/')
    await page.getByRole('button', { name: 'Sign in' }).waitFor()
    if (!phone) await shoot('sign-in')
    await signIn(page)
    if (phone) await shoot('rooms')
    await page.getByRole('link', { name: 'engineering' }).click()
    // Away from the messages, so that none shows its toolbar.
    await page.mouse.move(0, 0)
    await page.getByRole('article').first().waitFor()
    // As a string, because this file knows no browser types: the fonts are there, and the page has nothing left to do.
    await page.evaluate('document.fonts.ready.then(() => new Promise((resolve) => requestIdleCallback(resolve)))')
    await shoot('room')
    await context.close()
  }
}
await browser.close()

async function signIn(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'Email or username' }).fill(PEOPLE[0].username)
  await page.getByLabel('Password', { exact: true }).fill(DEMO_PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: 'engineering' }).waitFor()
}

function chromiumPath(): string | undefined {
  if (process.env['CHROMIUM']) return process.env['CHROMIUM']
  return (process.env['PATH'] ?? '').split(delimiter).map((path) => join(path, 'chromium')).find((path) => existsSync(path))
}
