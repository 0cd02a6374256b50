import type { Browser, BrowserContextOptions, Page } from '@playwright/test'
import { expect, test } from '@playwright/test'
import { AXE, audit } from './a11y/audit.ts'
import { PAGES, type Row, type Size } from './a11y/pages.ts'
import { type Stage, enrolElsewhere, requireSecondStep, setStage } from './a11y/stage.ts'
import { TestServer } from './harness/server.ts'
import { type Account, PASSWORD } from './support/account.ts'

const SCREENS: Readonly<Record<Size, BrowserContextOptions>> = {
  wide: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
}
const SIZES = ['wide', 'phone'] as const

/** One row may not keep the others from being looked at. */
const ROW_MS = 10_000

/** A browser of the account, or of nobody. */
async function enter(browser: Browser, { url }: Stage, size: Size, account?: Account): Promise<Page> {
  const context = await browser.newContext({ ...SCREENS[size], baseURL: url, reducedMotion: 'reduce', colorScheme: 'light' })
  context.setDefaultTimeout(ROW_MS)
  await context.addInitScript({ path: AXE })
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

/** Goes through the rows, and answers what is wrong: violations, and rows that could not be opened. */
async function walk(page: Page, size: Size, rows: readonly Row[], stage: Stage): Promise<string[]> {
  const problems: string[] = []
  for (const row of rows) {
    if (row.only !== undefined && row.only !== size) continue
    try {
      const seen = await row.open(page, stage)
      await seen.waitFor()
      for (const problem of await audit(page)) problems.push(`${row.what}, ${size}: ${problem}`)
      await row.close?.(page)
      await putAway(page)
    } catch (error) {
      problems.push(`${row.what}, ${size}: could not be looked at: ${(error as Error).message.split('\n').slice(0, 4).join(' ')}`)
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

test('axe finds nothing wrong on any page and in any dialog, in both themes, wide and on a phone', async ({ browser }) => {
  test.setTimeout(300_000)
  const server = await TestServer.start({ program: { file: 'e2e/support/versions-program.ts', env: {} } })
  const stage = await setStage(server.url)
  const problems: string[] = []
  const both = (look: (size: Size) => Promise<string[]>) => Promise.all(SIZES.map(async (size) => problems.push(...(await look(size)))))
  const visit = (rows: readonly Row[], account?: (size: Size) => Account) =>
    both(async (size) => {
      const page = await enter(browser, stage, size, account?.(size))
      const found = await walk(page, size, rows, stage)
      await page.context().close()
      return found
    })

  const older: Record<Size, Page> = { wide: await enter(browser, stage, 'wide', stage.newcomer), phone: await enter(browser, stage, 'phone', stage.newcomer) }
  await visit(PAGES.SIGNED_OUT)
  await visit(PAGES.SIGNED_IN, () => stage.ada)
  await visit(PAGES.CREW, (size) => (size === 'wide' ? stage.ben : stage.cleo))
  await both((size) => walk(older[size], size, PAGES.NEWCOMER, stage))
  await enrolElsewhere(server.url, stage.newcomer)
  await both((size) => walk(older[size], size, PAGES.CHANGED, stage))
  await requireSecondStep(stage)
  await visit(PAGES.REQUIRED, () => stage.late)

  for (const size of SIZES) await older[size].context().close()
  await server.dispose()
  expect(problems).toEqual([])
})
