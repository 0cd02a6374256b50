import type { Browser, BrowserContext, Locator, Page } from '@playwright/test'
import { expect } from '@playwright/test'
import { confirmAddress } from '../support/outbox.ts'

const PASSWORD = 'correct horse battery'
let count = 0

/** A name that no other test uses. */
export function uniqueName(base: string): string {
  count += 1
  return `${base}-${Date.now().toString(36)}${count}`
}

/** Someone at a browser: what a person does, by the names that the screen gives to things. */
export class Person {
  readonly context: BrowserContext
  readonly username: string
  readonly displayName: string
  readonly password = PASSWORD
  page: Page
  /** Errors that the page threw, and what its security policy refused: there must be none. */
  readonly faults: string[] = []

  constructor(context: BrowserContext, page: Page, username: string) {
    this.context = context
    this.page = page
    context.on('weberror', (error) => this.faults.push(error.error().message))
    context.on('console', (message) => {
      if (/Content Security Policy|The action has been blocked/.test(message.text())) this.faults.push(message.text())
    })
    this.username = username
    this.displayName = username.replace(/^./, (letter) => letter.toUpperCase())
  }

  /** A person with a browser profile of their own and a fresh account. */
  static async create(browser: Browser, url: string, base: string): Promise<Person> {
    const context = await browser.newContext({ baseURL: url })
    const person = new Person(context, await context.newPage(), uniqueName(base))
    await person.signUp()
    return person
  }

  get email(): string {
    return `${this.username}@example.org`
  }

  /** A new tab of the same browser. */
  async newTab(path = '/'): Promise<Page> {
    const tab = await this.context.newPage()
    await tab.goto(path)
    return tab
  }

  /** Closes the tab without asking it, and opens the same address in a new one. */
  async reopenTab(): Promise<void> {
    const address = this.page.url()
    await this.page.close()
    this.page = await this.context.newPage()
    await this.page.goto(address)
  }

  /** The same person with another device. */
  async onAnotherDevice(browser: Browser, url: string): Promise<Person> {
    const context = await browser.newContext({ baseURL: url })
    const other = new Person(context, await context.newPage(), this.username)
    await other.page.goto('/')
    await other.signIn()
    return other
  }

  /** Makes an account, and confirms its address as if the mail had been opened on another device. */
  async signUp(): Promise<void> {
    await this.register()
    await confirmAddress(new URL(this.page.url()).origin, this.email)
    await this.comeBack()
    await expect(this.page.getByText('Confirm your email address')).toHaveCount(0)
  }

  /** As somebody who looks at this page again after another. */
  async comeBack(): Promise<void> {
    await this.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  }

  /** Makes an account. */
  async register(): Promise<void> {
    const { page } = this
    await page.goto('/')
    await page.getByRole('button', { name: 'Create account' }).click()
    await page.getByRole('textbox', { name: 'Email' }).fill(this.email)
    await page.getByRole('textbox', { name: 'Username' }).fill(this.username)
    await page.getByRole('textbox', { name: 'Display name' }).fill(this.displayName)
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await page.getByRole('button', { name: 'Create account' }).click()
    await expect(this.rooms).toBeVisible()
    await this.connected()
  }

  async signIn(password = PASSWORD): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Email or username' }).fill(this.username)
    await this.page.getByLabel('Password', { exact: true }).fill(password)
    await this.page.getByRole('button', { name: 'Sign in' }).click()
  }

  get rooms(): Locator {
    return this.page.getByRole('navigation', { name: 'Rooms' })
  }

  get composer(): Locator {
    return this.page.getByRole('textbox', { name: 'Message', exact: true })
  }

  get log(): Locator {
    return this.page.getByRole('log', { name: 'Messages' })
  }

  get status(): Locator {
    return this.page.getByRole('status').first()
  }

  /** The message with this text. */
  message(text: string): Locator {
    return this.log.getByRole('article').filter({ has: this.page.locator('.text', { hasText: text }) })
  }

  async connected(): Promise<void> {
    await expect(this.page.getByRole('status').filter({ hasText: 'Connected' })).toHaveCount(1)
  }

  async createRoom(name: string, options: { open?: boolean; topic?: string } = {}): Promise<void> {
    await this.page.getByRole('button', { name: 'New room' }).click()
    const dialog = this.page.getByRole('dialog', { name: 'New room' })
    await dialog.getByRole('textbox', { name: 'Name' }).fill(name)
    if (options.topic !== undefined) await dialog.getByRole('textbox', { name: 'Topic' }).fill(options.topic)
    await dialog.getByRole('switch', { name: 'Open to everyone' }).setChecked(options.open ?? true)
    await dialog.getByRole('button', { name: 'Create' }).click()
    await expect(this.page.getByRole('heading', { level: 1, name })).toBeVisible()
    // It is there at once; others find it when the server has it, too.
    const offline = await this.page.getByRole('status').filter({ hasText: /Offline/ }).count()
    if (offline === 0) await expect(this.page.locator('.room-link', { hasText: name }).first()).not.toHaveAttribute('aria-description', /waiting/)
  }

  /** Looks for a public room by its name: there may be more than the list shows at first. */
  async browse(name: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Browse rooms' }).click()
    await this.page.getByRole('dialog', { name: 'Browse rooms' }).getByRole('searchbox').fill(name)
  }

  async joinRoom(name: string): Promise<void> {
    await this.browse(name)
    await this.page.getByRole('button', { name: `Join ${name}` }).click()
    await expect(this.page.getByRole('heading', { level: 1, name })).toBeVisible()
  }

  async openRoom(name: string): Promise<void> {
    await this.rooms.getByRole('link', { name }).first().click()
    await expect(this.page.getByRole('heading', { level: 1, name })).toBeVisible()
  }

  /** Types and presses Enter; the message is in the timeline at once. */
  async say(text: string): Promise<void> {
    await this.composer.fill(text)
    await this.composer.press('Enter')
    await expect(this.message(text)).toBeVisible()
  }

  /** Waits until the message is committed. */
  async delivered(text: string): Promise<void> {
    await expect(this.message(text).getByRole('img', { name: /^(Delivered|Seen by)/ })).toBeVisible()
  }

  /** Texts of all messages that the timeline shows, in order; events left out. */
  async texts(): Promise<string[]> {
    return this.log.getByRole('article').locator('.text').allInnerTexts()
  }

  /** Takes the network away from everything this browser does, the service worker included. */
  async goOffline(): Promise<void> {
    await this.context.setOffline(true)
    await expect(this.page.getByRole('status').filter({ hasText: /Offline/ })).not.toHaveCount(0)
  }

  async goOnline(): Promise<void> {
    await this.context.setOffline(false)
    await this.connected()
  }

  /** Resolves when a reload will be answered by the service worker. */
  async canReloadOffline(): Promise<void> {
    // Not that it answers for this page already: one that opened in the moment of its activation stays without it until it is loaded anew.
    await this.page.waitForFunction(async () => (await navigator.serviceWorker.ready).active?.state === 'activated')
  }

  async close(): Promise<void> {
    await this.context.close()
  }
}
