import { openDatabase } from '@chatflow/database'
import { PASSWORD } from '@chatflow/e2e/account'
import { writeLongRoom } from '@chatflow/e2e/long-room'
import { preparePeople } from '@chatflow/e2e/prepare-people'
import { TestServer } from '@chatflow/e2e/server'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'

export const SMALL_ROOMS = 60
export const LONG = 100_000
export const MIDDLE = 1_000

/** A server with rooms of all sizes, and somebody who has signed in to it in Chromium. */
export interface World {
  browser: Browser
  page: Page
  close(): Promise<void>
}

/** Rooms `room-100000`, `room-1000`, `room-1` and `small-0` to `small-59` of 600 messages each. */
export async function openWorld(executablePath: string | undefined): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'chatflow-bench-'))
  const db = await openDatabase({ dataDir: folder })
  const people = (await preparePeople(db, 6)).map(({ id }) => id)
  const endsAt = Date.now() - 3_600_000
  for (const messages of [LONG, MIDDLE, 1]) await writeLongRoom(db, { name: `room-${messages}`, messages, people, endsAt })
  for (let i = 0; i < SMALL_ROOMS; i += 1) await writeLongRoom(db, { name: `small-${i}`, messages: 600, people, endsAt: endsAt - i * 60_000 })
  await db.close()
  const server = await TestServer.start({ folder })
  const browser = await chromium.launch({ ...(executablePath === undefined ? {} : { executablePath }), args: ['--no-sandbox', '--disable-background-networking'] })
  const page = await browser.newPage({ baseURL: server.url, viewport: { width: 1280, height: 800 } })
  await page.goto('/')
  await page.getByRole('textbox', { name: 'Email or username' }).fill('person0')
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('navigation', { name: 'Rooms' }).getByRole('link').first().waitFor()
  return {
    browser,
    page,
    close: async () => {
      await browser.close()
      await server.dispose()
    },
  }
}

/** Opens a room and waits for its newest message. */
export async function openRoom(page: Page, name: string): Promise<void> {
  await roomLink(page, name).click()
  await page.getByRole('heading', { level: 1, name, exact: true }).waitFor()
  await page.getByRole('article').last().waitFor()
}

export function roomLink(page: Page, name: string) {
  return page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name, exact: true })
}

/** ms after which a page that draws nothing more is taken to be quiet: it has no frames to tell so. */
const STILL = 1_000

/** Resolves when nothing has moved or loaded for a moment. */
export async function quiet(page: Page): Promise<void> {
  // As strings, because these files know no browser types.
  await page.evaluate(`Promise.race([
    new Promise((resolve) => requestIdleCallback(() => requestAnimationFrame(() => requestIdleCallback(resolve)))),
    new Promise((resolve) => setTimeout(resolve, ${STILL})),
  ])`)
}
