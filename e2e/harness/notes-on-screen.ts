import type { Locator, Page } from '@playwright/test'
import type { Person } from './person.ts'
import { expect } from './test.ts'

/** The notes of a room as one person sees them: their panel is open. */
export class NotesOnScreen {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  /** Opens them from the open room. */
  static async open({ page }: Person): Promise<NotesOnScreen> {
    await page.getByRole('button', { name: 'Notes', exact: true }).click()
    const notes = new NotesOnScreen(page)
    await expect(notes.text).toBeVisible()
    return notes
  }

  get panel(): Locator {
    return this.page.getByRole('complementary', { name: 'Notes' })
  }

  get text(): Locator {
    return this.panel.getByRole('textbox', { name: /^Notes of/ })
  }

  get toolbar(): Locator {
    return this.panel.getByRole('toolbar', { name: 'Formatting' })
  }

  tool(name: string | RegExp): Locator {
    return this.toolbar.getByRole('button', { name, exact: typeof name === 'string' })
  }

  /** Puts the cursor at the end of all, and types. */
  async type(words: string): Promise<void> {
    await this.text.focus()
    await this.page.keyboard.press('ControlOrMeta+End')
    await this.page.keyboard.type(words)
  }

  /** The blocks as they are read, without the names at cursors. */
  async lines(): Promise<string[]> {
    return this.text.evaluate((text) =>
      [...text.children].map((block) => {
        const copy = block.cloneNode(true) as Element
        for (const name of copy.querySelectorAll('.note-caret')) name.remove()
        return (copy.textContent ?? '').replaceAll('\u2060', '')
      }),
    )
  }

  async saved(): Promise<void> {
    await expect(this.panel.getByText('Saved', { exact: true })).toBeVisible()
  }
}
