/** A person with a page open, and a phone that is told once it is closed. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newId } from '@chatflow/shared/ids'
import { PushService, TEST_CERTIFICATE, textsOf } from '@chatflow/sync-server/testing'
import { Person, uniqueName } from './harness/person.ts'
import { TestServer } from './harness/server.ts'
import { expect, test } from './harness/test.ts'
import { Account } from './support/account.ts'

let service: PushService
let server: TestServer
const folder = mkdtempSync(join(tmpdir(), 'chatflow-push-'))

test.beforeAll(async () => {
  service = await PushService.start()
  writeFileSync(join(folder, 'ca.pem'), TEST_CERTIFICATE)
  server = await TestServer.start({ program: { file: 'e2e/support/web-program.ts', env: { OPEN_PORTS: String(service.web.port), NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') } } })
})

test.afterAll(async () => {
  await server.dispose()
  await service.close()
  rmSync(folder, { recursive: true, force: true })
})

test('what is read on a page is not pushed; what comes once it is closed is, as the first that waits', async ({ browser }) => {
  const ada = await Person.create(browser, server.url, 'ada')
  const ben = await Person.create(browser, server.url, 'ben')
  const room = uniqueName('harbour')
  await ada.createRoom(room, { open: true })
  await ben.joinRoom(room)
  const account = await Account.login(server.url, ben.username)
  const phone = service.subscribe()
  const subscribed = await fetch(`${server.url}/api/push/subscriptions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${account.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ endpoint: phone.endpoint, keys: phone.keys, device: newId(), language: 'en' }),
  })
  expect(subscribed.status).toBe(200)

  await ada.say('seen on the page')
  await expect(ben.message('seen on the page')).toBeVisible()
  await ada.delivered('seen on the page')
  await ben.page.close()
  await ada.say('after the page was closed')
  await expect.poll(() => textsOf(phone)).toEqual(['after the page was closed'])
  expect(phone.got[0]?.payload).toMatchObject({ roomName: room, by: ada.displayName, count: 1 })

  for (const person of [ada, ben]) await person.close()
  expect([...ada.faults, ...ben.faults]).toEqual([])
})
