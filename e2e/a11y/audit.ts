import type { Page } from '@playwright/test'
import { createRequire } from 'node:module'
import type axe from 'axe-core'

/** The file that puts `axe` into a page; as an init script, so that the page's policy has no say in it. */
export const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

/** WCAG 2.0 to 2.2, A and AA, and what axe's makers call best practice. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
/** What depends on colours: all that can differ between the themes. */
const COLOURS = ['color-contrast', 'link-in-text-block']

/** Menus and lists that open hang beside the page; they belong to their buttons, not to a region of it. */
const POPUPS = '[role="menu"], [role="listbox"]'

/** What is wrong on the page in both themes, one line for each element. */
export async function audit(page: Page): Promise<string[]> {
  const problems = await violations(page, { runOnly: TAGS, resultTypes: ['violations'] }, 'light')
  await wear(page, 'dark')
  problems.push(...(await violations(page, { runOnly: COLOURS, resultTypes: ['violations'] }, 'dark')))
  await wear(page, 'light')
  return problems
}

async function wear(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme: theme })
  await page.locator(`html[data-theme="${theme}"]`).waitFor({ state: 'attached' })
}

async function violations(page: Page, options: axe.RunOptions, theme: string): Promise<string[]> {
  const found = await page.evaluate(async ({ given, popups }) => {
    // Colours that are on their way to another are neither.
    await Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined)))
    // What lies under a dialog is looked at by itself.
    const above = document.querySelectorAll('.MuiModal-root')
    const { violations: all } = await (window as unknown as { axe: typeof axe }).axe.run(above.length > 0 ? above : document, given)
    const hangs = (selector: string) => {
      const element = document.querySelector(selector)
      return element !== null && (element.closest(popups) ?? element.querySelector(popups)) !== null
    }
    return all.map((one) => ({ ...one, nodes: one.nodes.filter(({ target }) => one.id !== 'region' || !hangs(String(target[0]))) }))
  }, { given: options, popups: POPUPS })
  return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id} (${theme}): ${node.target.join(' ')} ${node.html.slice(0, 160)} ${node.any[0]?.message ?? node.all[0]?.message ?? node.none[0]?.message ?? ''}`))
}
