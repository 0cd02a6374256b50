/**
 * `npm run screenshots`: takes the pictures of docs/screenshots anew, from the demo on a server of its own, wide and on a phone; in English light and dark, in German light.
 * Writes docs/screenshots/<what>-<theme>-<width>.webp, of German in the folder `de`. The demo's messages end now, so that times differ from run to run.
 * `--only room,settings`: those alone. `--png`: as PNG, for programs that show no WebP.
 */
import { TestServer } from '@chatflow/e2e/server'
import { de } from '@chatflow/client/i18n/de/catalog'
import { en } from '@chatflow/client/i18n/en/catalog'
import { chromium, type Page } from 'playwright-core'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { parseArgs } from 'node:util'
import { DEMO_PASSWORD, PEOPLE } from './demo/people.ts'
import { root } from './root.ts'

const SIZES = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
] as const
type Size = (typeof SIZES)[number]

/** Names of things, by which they are found. */
type Words = typeof en | typeof de

const SETS = [
  { locale: 'en-US', words: en, folder: join(root, 'docs/screenshots'), schemes: ['light', 'dark'] },
  { locale: 'de-DE', words: de, folder: join(root, 'docs/screenshots/de'), schemes: ['light'] },
] as const

interface Picture {
  what: string
  /** Only where it looks different from the rest. */
  only?: 'wide' | 'phone'
  open(page: Page, words: Words): Promise<unknown>
}

const PICTURES: readonly Picture[] = [
  { what: 'rooms', only: 'phone', open: (page, { rooms }) => page.getByRole('navigation', { name: rooms.rooms }).getByRole('link', { name: 'engineering' }).waitFor() },
  { what: 'room', open: engineering },
  {
    what: 'conversation',
    async open(page, words) {
      await engineering(page, words)
      await page.locator('a[href*="/thread/"]').last().click()
      await page.getByRole('heading', { name: words.thread.conversation }).waitFor()
    },
  },
  {
    what: 'emoji',
    async open(page, words) {
      await engineering(page, words)
      await page.getByRole('button', { name: words.composer.emoji, exact: true }).click()
      await page.getByRole('gridcell').nth(20).waitFor()
    },
  },
  {
    what: 'jump',
    async open(page, { rooms }) {
      await page.goto('/#/')
      await page.getByRole('navigation', { name: rooms.rooms }).getByRole('link', { name: 'engineering' }).waitFor()
      await page.getByRole('button', { name: rooms.jumpTo, exact: true }).click()
      await page.getByRole('option').nth(2).waitFor()
    },
  },
  { what: 'members', open: (page, words) => panel(page, words, 'members') },
  {
    what: 'notes',
    async open(page, words) {
      await panel(page, words, 'notes')
      await page.locator('.ProseMirror').waitFor()
    },
  },
  { what: 'security', open: (page, { settings }) => section(page, '#/settings/security', settings.security) },
  { what: 'notifications', open: (page, { settings }) => section(page, '#/settings/notifications', settings.notifications) },
  { what: 'appearance', open: (page, { settings }) => section(page, '#/settings/appearance', settings.appearance) },
  { what: 'people', open: (page, { admin }) => section(page, '#/admin/people', admin.people) },
  { what: 'log', open: (page, { admin }) => section(page, '#/admin/audit', admin.audit) },
]

const { values } = parseArgs({ options: { only: { type: 'string' }, png: { type: 'boolean', default: false } } })
const wanted = values.only?.split(',')
const data = mkdtempSync(join(tmpdir(), 'chatflow-screenshots-'))
const seeded = spawnSync(process.execPath, ['tools/demo/seed.ts'], { cwd: root, stdio: 'inherit', env: { ...process.env, DATA_DIR: data, DATABASE_URL: '' } })
if (seeded.status !== 0) process.exit(seeded.status ?? 1)
const server = await TestServer.start({ folder: data })
const browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox', '--disable-background-networking'] })
const workshop = await browser.newPage()
try {
  for (const set of SETS) for (const scheme of set.schemes) for (const size of SIZES) await takeAll(set, scheme, size)
} finally {
  await browser.close()
  await server.dispose()
}

async function takeAll({ locale, words, folder }: (typeof SETS)[number], colorScheme: 'light' | 'dark', viewport: Size): Promise<void> {
  const phone = viewport.width < 600
  mkdirSync(folder, { recursive: true })
  const context = await browser.newContext({ baseURL: server.url, locale, viewport, colorScheme, deviceScaleFactor: 1, isMobile: phone, hasTouch: phone, reducedMotion: 'reduce' })
  const page = await context.newPage()
  const shoot = async (what: string): Promise<void> => {
    if (wanted !== undefined && !wanted.includes(what)) return
    // Away from the messages, so that none shows its toolbar.
    await page.mouse.move(0, 0)
    // As a string, because this file knows no browser types: the fonts are there, and the page has nothing left to do.
    await page.evaluate('document.fonts.ready.then(() => new Promise((resolve) => requestIdleCallback(resolve)))')
    const png = await page.screenshot({ caret: 'hide', animations: 'disabled' })
    writeFileSync(join(folder, `${what}-${colorScheme}-${viewport.width}.${values.png ? 'png' : 'webp'}`), values.png ? png : await toWebp(png))
  }
  const { account, app, notifications, rooms } = words
  await page.goto('/')
  await page.getByRole('button', { name: account.signIn }).waitFor()
  await shoot('sign-in')
  await page.getByRole('textbox', { name: account.emailOrUsername }).fill(PEOPLE[0].username)
  await page.getByLabel(account.password, { exact: true }).fill(DEMO_PASSWORD)
  await page.getByRole('button', { name: account.signIn }).click()
  await page.getByRole('navigation', { name: rooms.rooms }).waitFor()
  // What is offered once is in nobody's way later.
  await page.getByRole('button', { name: notifications.notNow }).click()
  for (const { what, only, open } of PICTURES) {
    if (only !== undefined && (only === 'phone') !== phone) continue
    if (wanted !== undefined && !wanted.includes(what)) continue
    await page.goto('/')
    await page.getByRole('status').filter({ hasText: app.connected }).first().waitFor({ state: 'attached' })
    await open(page, words)
    await shoot(what)
  }
  await context.close()
}

/** About half the size, by the browser's own encoder. */
async function toWebp(png: Buffer): Promise<Buffer> {
  const draw = `(async () => {
    const image = await createImageBitmap(await (await fetch('data:image/png;base64,${png.toString('base64')}')).blob())
    const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height })
    canvas.getContext('2d').drawImage(image, 0, 0)
    return canvas.toDataURL('image/webp', 0.9)
  })()`
  return Buffer.from((await workshop.evaluate<string>(draw)).replace(/^.*,/, ''), 'base64')
}

async function engineering(page: Page, { rooms }: Words): Promise<void> {
  await page.goto('/#/')
  await page.getByRole('navigation', { name: rooms.rooms }).getByRole('link', { name: 'engineering' }).click()
  await page.getByRole('article').first().waitFor()
}

async function panel(page: Page, words: Words, name: string): Promise<void> {
  await engineering(page, words)
  await page.goto(`${page.url()}/${name}`)
  await page.getByRole('complementary').last().waitFor()
  await page.waitForLoadState('networkidle')
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
