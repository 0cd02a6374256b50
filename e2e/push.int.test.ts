/** Push messages from the first key stroke to what a browser reads: whole servers in processes of their own, sockets, sessions, and a push service on this machine. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freshDatabase, testPostgres } from '@chatflow/database/testing'
import { docName } from '@chatflow/shared/doc-names'
import { type Id, newId } from '@chatflow/shared/ids'
import { type Browser, PushService, TEST_CERTIFICATE, textsOf } from '@chatflow/sync-server/testing'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { TestServer } from './harness/server.ts'
import { Account, command, PASSWORD } from './support/account.ts'
import { OutboxWriter } from './support/outbox-writer.ts'
import { SERVERS } from './support/servers.ts'
import { StockClient } from './support/stock-client.ts'
import { until } from './support/until.ts'

let service: PushService
let folder: string
beforeAll(async () => {
  service = await PushService.start()
  folder = mkdtempSync(join(tmpdir(), 'chatflow-push-'))
  writeFileSync(join(folder, 'ca.pem'), TEST_CERTIFICATE)
})
afterAll(async () => {
  await service.close()
  rmSync(folder, { recursive: true, force: true })
})

const program = () => ({ file: 'e2e/support/web-program.ts', env: { OPEN_PORTS: String(service.web.port), NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') } })
const ask = (url: string, { token }: Account, method: string, path: string, body?: object): Promise<Response> =>
  fetch(`${url}${path}`, { method, headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) }, ...(body && { body: JSON.stringify(body) }) })
const subscribe = async (url: string, account: Account): Promise<Browser> => {
  const browser = service.subscribe()
  const answer = await ask(url, account, 'POST', '/api/push/subscriptions', { endpoint: browser.endpoint, keys: browser.keys, device: newId(), language: 'de' })
  expect(answer.status).toBe(200)
  return browser
}

describe.each(SERVERS)('push on $name', ({ options }) => {
  let server: TestServer
  let ada: Account
  let ben: Account
  let room: Id
  const open: { destroy(): void }[] = []
  beforeAll(async () => {
    server = await TestServer.start({ ...(await options()), program: program() })
    ada = await Account.register(server.url, 'ada')
    ben = await Account.register(server.url, 'ben')
    room = await ada.createRoom(server.url, ben)
  })
  afterEach(() => {
    for (const one of open.splice(0)) one.destroy()
  })
  afterAll(() => server.dispose())

  const writer = (): OutboxWriter => {
    const outbox = new OutboxWriter(server.url, ada)
    open.push(outbox)
    return outbox
  }
  const send = async (outbox: OutboxWriter, text: string): Promise<void> => {
    const sent = command({ type: 'message.send', room, text })
    outbox.offer([sent])
    await until(() => outbox.settled.has(sent.id), 'it is delivered')
  }

  test('a message written at one socket is read on the device whose tab is closed', async () => {
    const phone = await subscribe(server.url, ben)
    const tab = new StockClient(server.url, ben.token)
    await tab.open(docName.user(ben.id))
    tab.destroy()
    await send(writer(), 'are you there?')
    await until(() => phone.got.length === 1, 'it has come')
    expect(phone.got[0]?.payload).toMatchObject({ room, kind: 'private', roomName: 'room', by: 'ada', text: 'are you there?', language: 'de', count: 1 })
  })

  test('[R1] a message is delivered while a push service does not answer', async () => {
    const phone = await subscribe(server.url, ben)
    let answered = 0
    phone.answers = (answer) => void answer.once('close', () => (answered += 1))
    const outbox = writer()
    await send(outbox, 'into the void')
    await until(() => phone.tries > 0, 'the push hangs')
    for (let i = 0; i < 10; i += 1) await send(outbox, `after it ${i}`)
    // Its service had not let go by then.
    expect(answered).toBe(0)
  })

  test('a session that signs out, one that is ended elsewhere, and an account that is deleted are told nothing more', async () => {
    const eve = await Account.register(server.url, 'eve')
    await ada.command(server.url, command({ type: 'member.add', room, user: eve.id }))
    const second = await Account.login(server.url, ben.username)
    const third = await Account.login(server.url, ben.username)
    const [signedOut, ended, deleted] = [await subscribe(server.url, second), await subscribe(server.url, third), await subscribe(server.url, eve)]
    await send(writer(), 'to all')
    await until(() => [signedOut, ended, deleted].every(({ got }) => got.length === 1), 'all are told')
    await second.logout(server.url)
    expect((await ask(server.url, await Account.login(server.url, ben.username), 'DELETE', '/api/auth/sessions')).status).toBe(204)
    expect((await ask(server.url, eve, 'POST', '/api/auth/me/delete', { password: PASSWORD, messages: 'keep' })).status).toBe(204)
    const control = await subscribe(server.url, await Account.login(server.url, ben.username))
    await send(writer(), 'to who is left')
    await until(() => textsOf(control).length === 1, 'who is left is told')
    expect([signedOut, ended, deleted].map(({ tries }) => tries)).toEqual([1, 1, 1])
  })
})

describe('two servers on one Postgres', () => {
  let servers: TestServer[]
  beforeAll(async () => {
    const options = { client: false, databaseUrl: await freshDatabase(await testPostgres()), publicUrl: 'http://localhost:3000', program: program() }
    servers = await Promise.all([TestServer.start(options), TestServer.start(options)])
  })
  afterAll(() => Promise.all(servers.map((server) => server.dispose())))

  test('tell each device once; and one that is killed leaves what waits to the other', async () => {
    const [one, two] = servers as [TestServer, TestServer]
    const ada = await Account.register(one.url, 'ada')
    const ben = await Account.register(two.url, 'ben')
    const rooms = await Promise.all(Array.from({ length: 10 }, () => ada.createRoom(one.url, ben)))
    const phones = [await subscribe(one.url, ben), await subscribe(two.url, ben)]
    await Promise.all(rooms.map((room, i) => ada.command((i % 2 === 0 ? one : two).url, command({ type: 'message.send', room, text: `in ${room}` }))))
    await until(() => phones.every(({ got }) => got.length >= 10), 'all are told')
    for (const room of rooms) await ada.command(one.url, command({ type: 'message.send', room, text: 'again' }))
    // The second of each room waits for some seconds; the server that took it is gone by then.
    await until(async () => (await ask(two.url, ada, 'GET', '/api/bootstrap')).status === 200, 'the other is there')
    await one.stop()
    await until(() => phones.every(({ got }) => got.length >= 20), 'all are told by the other', 30_000)
    for (const phone of phones) {
      expect(phone.tries).toBe(20)
      expect(new Set(phone.got.map(({ payload }) => payload.message)).size).toBe(20)
    }
  })
})
