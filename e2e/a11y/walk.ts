import type { Browser, BrowserContext, BrowserContextOptions, Page } from '@playwright/test'
import { expect } from '@playwright/test'
import { TestServer } from '../harness/server.ts'
import { type Account, PASSWORD } from '../support/account.ts'
import { PAGES, type Row, type Size } from './pages.ts'
import { type Stage, enrolElsewhere, requireSecondStep, setStage } from './stage.ts'

const SCREENS: Readonly<Record<Size, BrowserContextOptions>> = {
  wide: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
}

/** One row may not keep the others from being looked at. */
const ROW_MS = 30_000

export interface Walk {
  browser: Browser
  /** Of the browsers that walk. */
  options?: BrowserContextOptions
  /** Before a browser opens its first page. */
  prepare(context: BrowserContext): Promise<unknown>
  /** Answers what is wrong with what is on the screen. */
  look(page: Page, stage: Stage): Promise<string[]>
}

/**
 * Opens every row of pages.ts, wide and on a phone, and answers what is wrong with them: what `look` says, and rows that could not be opened.
 * Each size has a server of its own: on one, the two would be devices of the same people, and drafts and settings would go from one to the other.
 */
export async function walkAll(walk: Walk): Promise<string[]> {
  const found = await Promise.all((['wide', 'phone'] as const).map((size) => walkServer(walk, size)))
  return found.flat()
}

async function walkServer(walk: Walk, size: Size): Promise<string[]> {
  const server = await TestServer.start({ program: { file: 'e2e/support/versions-program.ts', env: {} } })
  try {
    const stage = await setStage(server.url)
    const problems: string[] = []
    const look = async (page: Page, rows: readonly Row[]) => problems.push(...(await walkRows(walk, page, size, rows, stage)))
    const visit = async (rows: readonly Row[], account?: Account) => {
      const page = await enter(walk, stage, size, account)
      await look(page, rows)
      await page.context().close()
    }

    const older = await enter(walk, stage, size, stage.newcomer)
    await visit(PAGES.SIGNED_OUT)
    await visit(PAGES.SIGNED_IN, stage.ada)
    await visit(PAGES.CREW, stage.ben)
    await look(older, PAGES.NEWCOMER)
    await enrolElsewhere(server.url, stage.newcomer)
    await look(older, PAGES.CHANGED)
    await requireSecondStep(stage)
    await visit(PAGES.REQUIRED, stage.late)
    await older.context().close()
    return problems
  } finally {
    await server.dispose()
  }
}

/** A browser of the account, or of nobody. */
async function enter({ browser, options, prepare }: Walk, { url }: Stage, size: Size, account?: Account): Promise<Page> {
  const context = await browser.newContext({ ...SCREENS[size], baseURL: url, reducedMotion: 'reduce', colorScheme: 'light', ...options })
  context.setDefaultTimeout(ROW_MS)
  await prepare(context)
  const page = await context.newPage()
  await page.goto('/')
  if (account !== undefined) {
    await page.getByRole('textbox', { name: 'Email or username' }).fill(account.username)
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('button', { name: 'Sign in' }).waitFor({ state: 'detached' })
  }
  return page
}

async function walkRows({ look }: Walk, page: Page, size: Size, rows: readonly Row[], stage: Stage): Promise<string[]> {
  const problems: string[] = []
  for (const row of rows) {
    if (row.only !== undefined && row.only !== size) continue
    try {
      const seen = await row.open(page, stage)
      await seen.waitFor()
      for (const problem of await look(page, stage)) problems.push(`${row.what}, ${size}: ${problem}`)
      await row.close?.(page)
      await putAway(page)
    } catch (error) {
      problems.push(`${row.what}, ${size}: could not be looked at: ${(error as Error).message.replaceAll(/\s+/g, ' ').slice(0, 1_000)}`)
      await page.reload()
    }
  }
  return problems
}

/** Closes what stands above the page, as a person would. */
async function putAway(page: Page): Promise<void> {
  const above = page.locator('[role="presentation"].MuiModal-root')
  for (let left = await above.count(); left > 0; left = await above.count()) {
    // The first may be for a list of names that stands open in it, and the last for two at once.
    await expect(async () => {
      await page.keyboard.press('Escape')
      expect(await above.count()).toBeLessThan(left)
    }).toPass()
  }
}
