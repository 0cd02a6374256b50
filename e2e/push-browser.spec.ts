/** Push messages as a real browser has them: its own subscription, its push service on this machine, its service worker, and what it shows. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Id, newId } from '@chatflow/shared/ids'
import { Person, uniqueName } from './harness/person.ts'
import { PushBrowser } from './harness/push-browser.ts'
import { TestServer } from './harness/server.ts'
import { expect, test } from './harness/test.ts'
import { Account, command } from './support/account.ts'
import { PUSH_CERTIFICATE } from './support/push-service/certificate.ts'
import { ChromiumPushService } from './support/push-service/chromium-push-service.ts'

let service: ChromiumPushService
let server: TestServer
let program: { file: string; env: Record<string, string> }
const stages: Stage[] = []
const folder = mkdtempSync(join(tmpdir(), 'chatflow-push-browser-'))

// Some seconds each where nothing else runs; a browser is started and a server too.
test.describe.configure({ timeout: 180_000 })

test.beforeAll(async () => {
  service = await ChromiumPushService.start()
  writeFileSync(join(folder, 'ca.pem'), PUSH_CERTIFICATE)
  program = { file: 'e2e/support/web-program.ts', env: { SECURE_PORT: String(service.port), NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') } }
  server = await TestServer.start({ program })
})

test.afterEach(async () => {
  for (const stage of stages.splice(0)) await stage.end()
})

test.afterAll(async () => {
  await server.dispose()
  await service.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Ada at a browser that has push, and Ben, who writes to her from somewhere else into rooms of both: a device is told of one room at most every ten seconds. */
class Stage {
  readonly browser: PushBrowser
  readonly ada: Person
  readonly #ben: Account
  /** Ada herself, signed in at some other place, too. */
  readonly #elsewhere: Account
  /** Subscriptions of other tests' browsers. */
  readonly #others = new Set(service.made.keys())

  static async set({ allowed }: { allowed: boolean }): Promise<Stage> {
    const browser = await PushBrowser.start(service, server.url, { allowed })
    const ada = new Person(browser.context, await browser.context.newPage(), uniqueName('ada'))
    await ada.signUp()
    const stage = new Stage(browser, ada, await Account.register(server.url, 'ben'), await Account.login(server.url, ada.username))
    stages.push(stage)
    return stage
  }

  private constructor(browser: PushBrowser, ada: Person, ben: Account, elsewhere: Account) {
    this.browser = browser
    this.ada = ada
    this.#ben = ben
    this.#elsewhere = elsewhere
  }

  /** Ben says something in a new room of the two. */
  async says(text: string, name: string): Promise<void> {
    const room = newId()
    const commands = [command({ type: 'room.create', room, kind: 'private', name, members: [this.#elsewhere.id] }), command({ type: 'message.send', room, text })]
    expect(await this.#ben.command(server.url, ...commands)).toMatchObject([{ status: 'accepted' }, { status: 'accepted' }])
  }

  /** Subscriptions of the app that the push service has of this browser: Chromium has some of its own. */
  held(): string[] {
    return [...service.subscriptions.values()].filter(({ subtype, token }) => subtype.startsWith(`wp:${server.url}`) && !this.#others.has(token)).map(({ token }) => token)
  }

  /** How many devices of Ada the server would tell. */
  async known(): Promise<number> {
    return (await this.#subscriptions()).length
  }

  /** Ada ends it where she is signed in, too, as the settings there do. */
  async endElsewhere(): Promise<void> {
    for (const { id, device } of await this.#subscriptions()) {
      await this.#elsewhere.command(server.url, command({ type: 'me.set', key: `pushEnded:${device}`, value: true }))
      await this.#ask('DELETE', `/${id}`)
    }
  }

  async #subscriptions(): Promise<{ id: Id; device: Id }[]> {
    return ((await (await this.#ask('GET')).json()) as { subscriptions: { id: Id; device: Id }[] }).subscriptions
  }

  #ask(method: string, path = ''): Promise<Response> {
    return fetch(`${server.url}/api/push/subscriptions${path}`, { method, headers: { authorization: `Bearer ${this.#elsewhere.token}` } })
  }

  /** The subscription that the browser has, where its push service knows it and the server too. */
  async subscribed(): Promise<string | undefined> {
    const token = tokenOf(await this.browser.endpoint(this.ada.page))
    return token !== undefined && service.subscriptions.has(token) && (await this.known()) === 1 ? token : undefined
  }

  /** Without a page, what Ben says is shown: it went by this subscription, and no other. */
  async isTold(text: string, name: string, token: string | undefined): Promise<void> {
    await this.ada.page.close()
    const before = service.tries.length
    await this.says(text, name)
    await expect.poll(() => this.browser.shown()).toContainEqual({ title: name, body: `ben: ${text}`, tag: expect.any(String) })
    expect(service.tries.slice(before)).toEqual([{ token, status: 201 }])
  }

  async end(): Promise<void> {
    await this.browser.dispose()
    expect(this.ada.faults).toEqual([])
  }
}

/** What the push service calls it. */
function tokenOf(endpoint: string | undefined): string | undefined {
  return endpoint === undefined ? undefined : decodeURIComponent(new URL(endpoint).pathname.split('/').at(-1) ?? '')
}

test('once its person allows it a browser is subscribed, is told after its tab was closed, and of what came while it was closed itself, until that is switched off, there or at another device', async () => {
  const stage = await Stage.set({ allowed: false })
  const { browser, ada } = stage
  expect([stage.held(), await stage.known()]).toEqual([[], 0])
  await browser.answer('allow')
  await expect.poll(() => stage.subscribed()).toBeDefined()
  const first = await stage.subscribed()
  await stage.isTold('are you there?', 'harbour', first)

  await browser.quit()
  const tries = service.tries.length
  await stage.says('good night', 'pier')
  await expect.poll(() => service.tries.slice(tries)).toEqual([{ token: first, status: 201 }])
  await browser.reopen()
  await expect.poll(() => browser.shown()).toContainEqual({ title: 'pier', body: 'ben: good night', tag: expect.any(String) })

  ada.page = await browser.openApp()
  await ada.page.getByRole('button', { name: /^Your account/ }).click()
  await ada.page.getByRole('button', { name: 'Settings' }).click()
  await ada.page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Notifications' }).click()
  const push = ada.page.getByRole('switch', { name: 'Also while ChatFlow is closed' })
  await push.click()
  await expect.poll(async () => [stage.held(), await stage.known(), await browser.endpoint(ada.page)]).toEqual([[], 0, undefined])
  await push.click()
  await expect.poll(() => stage.subscribed()).toBeDefined()
  expect(await stage.subscribed()).not.toBe(first)

  await stage.endElsewhere()
  await expect(push).not.toBeChecked()
  await ada.page.reload()
  await expect(push).not.toBeChecked()
  await expect.poll(async () => [stage.held(), await stage.known(), await browser.endpoint(ada.page)]).toEqual([[], 0, undefined])
})

test('a subscription that the push service knows no longer, or that is for another key than the server has, is made anew, and tells again', async () => {
  const stage = await Stage.set({ allowed: true })
  const { browser, ada } = stage
  await expect.poll(() => stage.subscribed()).toBeDefined()
  const first = await stage.subscribed()
  await ada.page.close()
  service.forget(first ?? '')
  await stage.says('into the void', 'harbour')
  await expect.poll(() => stage.known()).toBe(0)
  expect(service.tries.at(-1)).toEqual({ token: first, status: 410 })
  ada.page = await browser.openApp()
  await expect.poll(() => stage.subscribed()).toBeDefined()
  const second = await stage.subscribed()
  await stage.isTold('once more', 'pier', second)

  ada.page = await browser.openApp()
  await ada.connected()
  program.env['NEW_PUSH_KEY'] = 'yes'
  await server.stop()
  await server.start()
  await expect.poll(async () => stage.held().includes(second ?? '')).toBe(false)
  await expect.poll(() => stage.subscribed()).toBeDefined()
  const third = await stage.subscribed()
  const [old, now] = [second, third].map((token) => service.made.get(token ?? '')?.sender)
  expect(now).not.toBe(old)
  await stage.isTold('with another key', 'beach', third)
})

/** What is used of the service worker's own scope. */
interface WorkerScope extends EventTarget {
  registration: ServiceWorkerRegistration
  PushSubscriptionChangeEvent: new (type: string, init: { oldSubscription?: PushSubscription | null }) => Event
  changes: [before: string | undefined, after: string | undefined][]
}

test('a subscription that the browser takes away, when its person does not allow it any more and when it changes it by itself, is followed by another one the server knows; signed out there is none', async () => {
  const stage = await Stage.set({ allowed: true })
  const { browser, ada } = stage
  await expect.poll(() => stage.subscribed()).toBeDefined()
  const first = await stage.subscribed()
  const worker = browser.worker()
  await worker.evaluate(() => {
    const scope = globalThis as unknown as WorkerScope
    scope.changes = []
    scope.addEventListener('pushsubscriptionchange', (event) => {
      const { oldSubscription, newSubscription } = event as Event & Record<'oldSubscription' | 'newSubscription', PushSubscription | null>
      scope.changes.push([oldSubscription?.endpoint, newSubscription?.endpoint])
    })
  })
  const changes = (): Promise<WorkerScope['changes']> => worker.evaluate(() => (globalThis as unknown as WorkerScope).changes)

  await browser.answer('block')
  await expect.poll(async () => [stage.held(), await browser.endpoint(ada.page)]).toEqual([[], undefined])
  expect(await changes()).toEqual([])
  await browser.answer('allow')
  await expect.poll(() => stage.subscribed()).toBeDefined()
  const second = await stage.subscribed()
  expect(second).not.toBe(first)
  // From the browser itself, which does not say of what.
  await expect.poll(changes).toEqual([[undefined, undefined]])

  // No browser does it when it is asked to: the event comes from here. The page's token has ended by then.
  await ada.page.clock.setFixedTime(Date.now() + 600_000)
  const refreshed = ada.page.waitForResponse((answer) => answer.url().endsWith('/api/auth/refresh') && answer.ok())
  await worker.evaluate(async () => {
    const scope = globalThis as unknown as WorkerScope
    const oldSubscription = await scope.registration.pushManager.getSubscription()
    await oldSubscription?.unsubscribe()
    const changed = new scope.PushSubscriptionChangeEvent('pushsubscriptionchange', { oldSubscription })
    // Only events of the browser itself may prolong the worker's life.
    const { promise, resolve } = Promise.withResolvers<unknown>()
    Object.defineProperty(changed, 'waitUntil', { value: resolve })
    scope.dispatchEvent(changed)
    await promise
  })
  await refreshed
  await expect.poll(async () => stage.held().includes(second ?? '')).toBe(false)
  await expect.poll(() => stage.subscribed()).toBeDefined()
  const third = await stage.subscribed()
  await stage.isTold('still there?', 'harbour', third)

  ada.page = await browser.openApp()
  await ada.connected()
  await ada.page.getByRole('button', { name: /^Your account/ }).click()
  await ada.page.getByRole('button', { name: 'Sign out' }).click()
  await expect(ada.page.getByRole('button', { name: 'Sign in' })).toBeVisible()
  await expect.poll(async () => [stage.held(), await browser.endpoint(ada.page), await stage.known()]).toEqual([[], undefined, 0])
  await ada.signIn()
  await expect.poll(() => stage.subscribed()).toBeDefined()
})
