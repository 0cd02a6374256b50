import { createECDH } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page, type Worker } from '@playwright/test'
import { type ChromiumPushService, EMPTY_WORKER } from '../support/push-service/chromium-push-service.ts'
import { CHROMIUM_ARGS, chromiumPath } from './chromium.ts'

/** A notification as the browser shows it. */
export interface Shown {
  title: string
  body: string
  tag: string
}

/** As Chromium keeps it. */
const ALLOW = 1

/** What pages of Chromium's settings have. */
interface SettingsPage {
  chrome: { send(message: string, args: unknown[]): void }
}

/**
 * A browser with a profile on the disk, which really subscribes to push messages: Chromium has none in the nameless profiles of `newContext`, nor in its headless shell.
 * An empty tab is always there, so that it runs on when that of the app is closed.
 */
export class PushBrowser {
  context: BrowserContext
  readonly #service: ChromiumPushService
  readonly #url: string
  readonly #folder: string

  /** `allowed`: its person has long said yes to notifications of the app. */
  static async start(service: ChromiumPushService, url: string, { allowed = false } = {}): Promise<PushBrowser> {
    const folder = mkdtempSync(join(tmpdir(), 'chatflow-profile-'))
    const notifications = Object.fromEntries([service.origin, ...(allowed ? [url] : [])].map((origin) => [`${origin},*`, { setting: ALLOW }]))
    mkdirSync(join(folder, 'Default'))
    writeFileSync(join(folder, 'Default/Preferences'), JSON.stringify({ profile: { content_settings: { exceptions: { notifications } } } }))
    const context = await launch(service, url, folder)
    await wake(context)
    return new PushBrowser(service, url, folder, context)
  }

  private constructor(service: ChromiumPushService, url: string, folder: string, context: BrowserContext) {
    this.#service = service
    this.#url = url
    this.#folder = folder
    this.context = context
  }

  /** What the person says about notifications of the app, in the settings of the browser: `ask` is what it was before. */
  async answer(setting: 'allow' | 'block' | 'ask'): Promise<void> {
    const settings = await this.context.newPage()
    await settings.goto('chrome://settings/content/notifications')
    await settings.evaluate(
      async ({ origin, value }) => {
        const page = globalThis as unknown as SettingsPage
        page.chrome.send('setOriginPermissions', [origin, ['notifications'], value])
        // Answered in their order.
        const script = 'chrome://resources/js/cr.js'
        const { sendWithPromise } = (await import(script)) as { sendWithPromise(message: string, ...args: unknown[]): Promise<unknown> }
        await sendWithPromise('getOriginPermissions', origin, ['notifications'])
      },
      { origin: this.#url, value: setting },
    )
    await settings.close()
  }

  /** The app in a tab of its own. */
  async openApp(): Promise<Page> {
    const page = await this.context.newPage()
    await page.goto('/')
    return page
  }

  /** The service worker of the app. */
  worker(): Worker {
    const worker = this.context.serviceWorkers().find((one) => one.url().startsWith(this.#url))
    if (worker === undefined) throw new Error('The app has no service worker at work.')
    return worker
  }

  /** What it shows now, as its service worker sees it: no page is needed. */
  async shown(): Promise<Shown[]> {
    try {
      return await this.worker().evaluate(async () => {
        const { registration } = globalThis as unknown as { registration: ServiceWorkerRegistration }
        return (await registration.getNotifications()).map(({ title, body, tag }) => ({ title, body, tag }))
      })
    } catch {
      // Nothing has begun it yet.
      return []
    }
  }

  /** The address of its subscription, as a page of the app sees it. */
  endpoint(page: Page): Promise<string | undefined> {
    return page.evaluate(async () => (await (await navigator.serviceWorker.ready).pushManager.getSubscription())?.endpoint)
  }

  /** Closes it as a person does. */
  async quit(): Promise<void> {
    await this.context.close()
  }

  /** Opens it again, with all that it had kept. */
  async reopen(): Promise<void> {
    this.context = await launch(this.#service, this.#url, this.#folder)
  }

  async dispose(): Promise<void> {
    await this.context.close().catch(() => undefined)
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function launch({ chromiumArgs, origin }: ChromiumPushService, baseURL: string, folder: string): Promise<BrowserContext> {
  const executablePath = chromiumPath()
  const context = await chromium.launchPersistentContext(folder, { baseURL, args: [...CHROMIUM_ARGS, ...chromiumArgs], ...(executablePath === undefined ? { channel: 'chromium' } : { executablePath }) })
  await context.pages()[0]?.goto(origin)
  return context
}

/**
 * Resolves once its push works. Chromium begins with what has time, as reading what it knows of its push service, only when a page in sight has been loaded and has come to rest (or three minutes
 * after its start); the app's own tab may never have come to that before it gives way to another one. So the empty one subscribes first.
 */
async function wake(context: BrowserContext): Promise<void> {
  await context.pages()[0]?.evaluate(
    async ({ key, worker }) => {
      const registration = await navigator.serviceWorker.register(worker)
      await navigator.serviceWorker.ready
      await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key })
    },
    { key: createECDH('prime256v1').generateKeys('base64url', 'uncompressed'), worker: EMPTY_WORKER },
  )
}
