/**
 * `npm run screenshots`: takes the pictures of docs/screenshots anew, from the demo on a server of its own, wide and on a phone, light and dark.
 * Writes docs/screenshots/<what>-<theme>-<width>.png. The demo's messages end now, so that times differ from run to run.
 */
import { TestServer } from '@chatflow/e2e/server'
import { chromium, type Page } from 'playwright-core'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { DEMO_PASSWORD, PEOPLE } from './demo/people.ts'
import { root } from './root.ts'

const folder = join(root, 'docs/screenshots')
const SIZES = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
] as const

interface Picture {
  what: string
  /** Only where it looks different from the rest. */
  only?: 'wide' | 'phone'
  open(page: Page): Promise<unknown>
}

const PICTURES: readonly Picture[] = [
  { what: 'rooms', only: 'phone', open: (page) => page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: 'engineering' }).waitFor() },
  { what: 'room', open: engineering },
  {
    what: 'conversation',
    async open(page) {
      await engineering(page)
      await page.getByRole('link', { name: /answers?, last/ }).last().click()
      await page.getByRole('heading', { name: 'Conversation' }).waitFor()
    },
  },
  {
    what: 'emoji',
    async open(page) {
      await engineering(page)
      await page.getByRole('button', { name: 'Emoji' }).click()
      await page.getByRole('gridcell').nth(20).waitFor()
    },
  },
  {
    what: 'jump',
    async open(page) {
      await page.goto('/#/')
      await page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: 'engineering' }).waitFor()
      await page.getByRole('button', { name: /^Jump/ }).click()
      await page.getByRole('option').nth(2).waitFor()
    },
  },
  { what: 'settings', open: (page) => section(page, '#/settings/security', 'Security') },
  { what: 'people', open: (page) => section(page, '#/admin/people', 'People') },
]

mkdirSync(folder, { recursive: true })
const data = mkdtempSync(join(tmpdir(), 'chatflow-screenshots-'))
const seeded = spawnSync(process.execPath, ['tools/demo/seed.ts'], { cwd: root, stdio: 'inherit', env: { ...process.env, DATA_DIR: data, DATABASE_URL: '' } })
if (seeded.status !== 0) process.exit(seeded.status ?? 1)
const server = await TestServer.start({ folder: data })
const browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox', '--disable-background-networking'] })
try {
  for (const colorScheme of ['light', 'dark'] as const) for (const viewport of SIZES) await takeAll(colorScheme, viewport)
} finally {
  await browser.close()
  await server.dispose()
}

async function takeAll(colorScheme: 'light' | 'dark', viewport: (typeof SIZES)[number]): Promise<void> {
  const phone = viewport.width < 600
  const context = await browser.newContext({ baseURL: server.url, viewport, colorScheme, deviceScaleFactor: 1, isMobile: phone, hasTouch: phone, reducedMotion: 'reduce' })
  const page = await context.newPage()
  const shoot = async (what: string): Promise<void> => {
    // Away from the messages, so that none shows its toolbar.
    await page.mouse.move(0, 0)
    // As a string, because this file knows no browser types: the fonts are there, and the page has nothing left to do.
    await page.evaluate('document.fonts.ready.then(() => new Promise((resolve) => requestIdleCallback(resolve)))')
    await page.screenshot({ path: join(folder, `${what}-${colorScheme}-${viewport.width}.png`), caret: 'hide', animations: 'disabled' })
  }
  await page.goto('/')
  await page.getByRole('button', { name: 'Sign in' }).waitFor()
  await shoot('sign-in')
  await page.getByRole('textbox', { name: 'Email or username' }).fill(PEOPLE[0].username)
  await page.getByLabel('Password', { exact: true }).fill(DEMO_PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('navigation', { name: 'Rooms' }).waitFor()
  for (const { what, only, open } of PICTURES) {
    if (only !== undefined && (only === 'phone') !== phone) continue
    await page.goto('/')
    await page.getByRole('status').filter({ hasText: 'Connected' }).first().waitFor({ state: 'attached' })
    await open(page)
    await shoot(what)
  }
  await context.close()
}

async function engineering(page: Page): Promise<void> {
  await page.goto('/#/')
  await page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: 'engineering' }).click()
  await page.getByRole('article').first().waitFor()
}

async function section(page: Page, hash: string, title: string): Promise<void> {
  await page.goto(`/${hash}`)
  await page.getByRole('heading', { name: title }).first().waitFor()
  await page.waitForLoadState('networkidle')
}

function chromiumPath(): string | undefined {
  if (process.env['CHROMIUM']) return process.env['CHROMIUM']
  return (process.env['PATH'] ?? '').split(delimiter).map((path) => join(path, 'chromium')).find((path) => existsSync(path))
}
