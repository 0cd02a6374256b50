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
const folder = mkdtempSync(join(tmpdir(), 'chatflow-push-browser-'))

test.beforeAll(async () => {
  service = await ChromiumPushService.start()
  writeFileSync(join(folder, 'ca.pem'), PUSH_CERTIFICATE)
  server = await TestServer.start({ program: { file: 'e2e/support/web-program.ts', env: { SECURE_PORT: String(service.port), NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') } } })
})

test.afterAll(async () => {
  await server.dispose()
  await service.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Ada at a browser that may notify her, and Ben, who writes to her from somewhere else. */
class Stage {
  readonly browser: PushBrowser
  readonly ada: Person
  readonly #ben: Account
  readonly #room: Id

  static async set(): Promise<Stage> {
    const browser = await PushBrowser.start(service, server.url)
    const ada = new Person(browser.context, await browser.context.newPage(), uniqueName('ada'))
    await ada.signUp()
    const ben = await Account.register(server.url, 'ben')
    const room = newId()
    const { id } = await Account.login(server.url, ada.username)
    await ben.command(server.url, command({ type: 'room.create', room, kind: 'private', name: 'harbour', members: [id] }))
    await expect(ada.rooms.getByRole('link', { name: 'harbour' })).toBeVisible()
    return new Stage(browser, ada, ben, room)
  }

  private constructor(browser: PushBrowser, ada: Person, ben: Account, room: Id) {
    this.browser = browser
    this.ada = ada
    this.#ben = ben
    this.#room = room
  }

  async says(text: string): Promise<void> {
    const [result] = await this.#ben.command(server.url, command({ type: 'message.send', room: this.#room, text }))
    expect(result?.status).toBe('accepted')
  }

  /** Endpoints that the server has of Ada. */
  async known(): Promise<string[]> {
    const { token } = await Account.login(server.url, this.ada.username)
    const answer = await fetch(`${server.url}/api/push/subscriptions`, { headers: { authorization: `Bearer ${token}` } })
    const { subscriptions } = (await answer.json()) as { subscriptions: { service: string }[] }
    return subscriptions.map((one) => one.service)
  }
}

test('a browser subscribes once it may; what comes after its tab was closed is shown, and what comes while it is closed too, at its next start', async () => {
  const stage = await Stage.set()
  const { browser, ada } = stage
  expect(await stage.known()).toEqual([])
  await browser.answer('allow')
  await expect.poll(() => stage.known()).toHaveLength(1)
  await ada.page.close()
  await stage.says('are you there?')
  await expect.poll(() => browser.shown()).toEqual([{ title: 'harbour', body: 'ben: are you there?', tag: expect.any(String) }])
  console.log(service.tries)
  await browser.dispose()
})
