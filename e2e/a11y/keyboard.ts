import { type Page, expect } from '@playwright/test'

type Role = Parameters<Page['getByRole']>[0]

/** More stops than any screen has: what is not among them cannot be reached. */
const STOPS = 80

/** Somebody without a mouse. After each step the focus must be on something, and to be seen there. */
export class Keyboard {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  /** Tabs on until the element of this role and name has the focus. */
  async to({ role, name }: { role: Role; name: string | RegExp }): Promise<void> {
    const wanted = role === 'textbox' && name === 'Password' ? this.#page.getByLabel('Password', { exact: true }) : this.#page.getByRole(role, { name, exact: typeof name === 'string' })
    await wanted.first().waitFor()
    for (let stop = 0; stop < STOPS; stop += 1) {
      if (await wanted.first().evaluate((element) => element === document.activeElement)) return this.visible()
      await this.#page.keyboard.press('Tab')
    }
    throw new Error(`No Tab leads to the ${role} ${String(name)}.`)
  }

  /** From wherever in the room the focus is to the message with this text: into the timeline by Shift+Tab, there by the arrow keys. */
  async message(text: string): Promise<void> {
    const log = this.#page.getByRole('log', { name: 'Messages' })
    for (let stop = 0; !(await log.evaluate((element) => element.contains(document.activeElement))); stop += 1) {
      if (stop === STOPS) throw new Error('No Shift+Tab leads into the timeline.')
      await this.#page.keyboard.press('Shift+Tab')
    }
    const focused = log.locator('article:focus')
    const step = async (key: 'ArrowUp' | 'ArrowDown'): Promise<boolean> => {
      const before = (await focused.count()) === 0 ? null : await focused.getAttribute('data-message')
      await this.#page.keyboard.press(key)
      await focused.waitFor()
      return (await focused.getAttribute('data-message')) !== before
    }
    await this.#page.keyboard.press('End')
    while (await step('ArrowDown'));
    do if ((await focused.locator('.text').first().innerText()).includes(text)) return this.visible()
    while (await step('ArrowUp'))
    throw new Error(`The arrow keys do not lead to "${text}".`)
  }

  /** Goes down the open menu to an item and takes it. */
  async menu(name: string): Promise<void> {
    const item = this.#page.getByRole('menuitem', { name, exact: true })
    await item.waitFor()
    for (let step = 0; step < STOPS; step += 1) {
      if (await item.evaluate((element) => element === document.activeElement)) break
      await this.#page.keyboard.press('ArrowDown')
    }
    await this.visible()
    await this.#page.keyboard.press('Enter')
    await item.waitFor({ state: 'detached' })
  }

  /** The focus is not lost, and one sees where it is: it looks otherwise than without it. */
  async visible(): Promise<void> {
    await expect(async () => expect(await this.#page.evaluate(describeFocus)).toMatchObject({ lost: false, seen: true })).toPass({ timeout: 5_000 })
  }
}

/**
 * Runs in the page. A ring round the element is seen; where there is none, something of it or of what it stands in must look otherwise
 * while it has the focus: fields give it up for a moment to compare, and an item of a menu has a ground of its own.
 */
async function describeFocus(): Promise<{ what: string; lost: boolean; seen: boolean }> {
  const element = document.activeElement
  if (!(element instanceof HTMLElement) || element === document.body) return { what: 'body', lost: true, seen: false }
  const what = `${element.tagName} ${element.getAttribute('aria-label') ?? element.textContent.slice(0, 40)}`
  const { outlineStyle, outlineWidth } = getComputedStyle(element)
  if (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2) return { what, lost: false, seen: true }
  if (element.matches('[role="menuitem"], [role="menuitemradio"]')) return { what, lost: false, seen: element.matches('.Mui-focusVisible') }
  // Reading goes on at a panel's heading; nothing can be done with it.
  if (element.matches('h2[tabindex="-1"]')) return { what, lost: false, seen: true }
  if (!element.matches('input, textarea')) return { what, lost: false, seen: false }
  const near: Element[] = [...(element.parentElement?.children ?? [])]
  for (let one = element.parentElement; one !== null && near.length < 8; one = one.parentElement) near.push(one)
  const look = (): string =>
    near
      .map((one) => getComputedStyle(one))
      .map((style) => [style.outline, style.boxShadow, style.border, style.backgroundColor].join())
      .join(';')
  const focused = look()
  element.blur()
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
  // Not on the way to it.
  for (const animation of document.getAnimations()) if (animation instanceof CSSTransition) animation.finish()
  const seen = look() !== focused
  element.focus({ preventScroll: true })
  return { what, lost: false, seen }
}
