/** Notes of a room on real servers: many who write at once, processes that are killed, two on one database. */
import { freshDatabase, testPostgres } from '@chatflow/database/testing'
import { startRedis, type TestRedis } from '@chatflow/server-kit/testing/start-redis'
import type { Id } from '@chatflow/shared/ids'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { TestServer } from './harness/server.ts'
import { Account } from './support/account.ts'
import { StockNotes } from './support/stock-notes.ts'
import { SERVERS } from './support/servers.ts'
import { until } from './support/until.ts'

const writers: StockNotes[] = []

afterEach(() => {
  for (const writer of writers.splice(0)) writer.destroy()
})

async function open(server: TestServer, account: Account, room: Id): Promise<StockNotes> {
  const writer = await StockNotes.open(server.url, account.token, room)
  writers.push(writer)
  return writer
}

/** What somebody sees who opens the notes for the first time. */
async function fresh(server: TestServer, account: Account, room: Id): Promise<string> {
  return (await open(server, account, room)).text
}

describe.each(SERVERS)('notes on a server on $name', ({ options }) => {
  let server: TestServer
  let people: Account[]
  let ada: Account

  beforeAll(async () => {
    server = await TestServer.start(await options())
    people = await Promise.all(['ada', 'ben', 'cleo'].map((name) => Account.register(server.url, name)))
    ada = people[0] as Account
  })

  afterAll(() => server.dispose())

  test('a hundred changes at once, by thirty clients, end alike everywhere and in a later load, with nothing lost', async () => {
    const room = await ada.createRoom(server.url, ...people.slice(1))
    const clients = await Promise.all(Array.from({ length: 30 }, (_, i) => open(server, people[i % 3] as Account, room)))
    clients[0]?.paragraph('The text that all change: ')
    await until(() => clients.every(({ text }) => text.includes('all change')), 'everybody has it')
    const said: string[] = []
    for (let i = 0; i < 100; i += 1) {
      const client = clients[i % clients.length] as StockNotes
      // Each its own, and of one unit: what is inserted beside it cannot part it.
      const word = String.fromCharCode(0x4e_00 + i)
      said.push(word)
      // In the middle of one paragraph, in paragraphs of their own, and with deletions of what others change.
      if (i % 3 === 0) client.paragraph(word)
      else client.insert(i % 20, word)
      if (i % 10 === 9) client.deleteFirst()
    }
    await Promise.all(clients.map((client) => client.stored()))
    await until(() => new Set(clients.map(({ text }) => text)).size === 1, 'all have the same')
    const text = clients[0]?.text ?? ''
    for (const word of said) expect(text.split(word)).toHaveLength(2)
    await server.stop()
    await server.start()
    expect(await fresh(server, ada, room)).toBe(text)
  })

  test('killed while people write: what was said to be stored is there, and what was not comes back from the devices', async () => {
    const room = await ada.createRoom(server.url, ...people.slice(1))
    const [one, two] = (await Promise.all(people.slice(0, 2).map((account) => open(server, account, room)))) as [StockNotes, StockNotes]
    const stored: string[] = []
    for (let round = 0; round < 5; round += 1) {
      for (const [who, writer] of [one, two].entries()) writer.paragraph(`[${who}.${round}]`)
      await Promise.all([one.stored(), two.stored()])
      stored.push(`[0.${round}]`, `[1.${round}]`)
    }
    one.deleteParagraph(0)
    await one.stored()
    const known = one.text
    one.paragraph('[not yet]')
    await server.kill()
    two.paragraph('[while it is away]')
    // Whoever comes first after it, with nothing of their own.
    for (const writer of [one, two]) writer.disconnect()
    await server.start()
    const first = await fresh(server, people[2] as Account, room)
    const kept = (text: string): string[] => stored.filter((word) => text.includes(word))
    expect(kept(first)).toEqual(kept(known))
    expect(kept(first)).toHaveLength(stored.length - 1)
    for (const writer of [one, two]) writer.connect()
    await Promise.all([one.stored(), two.stored()])
    await until(() => one.text === two.text, 'both have the same again')
    expect(one.text).toContain('[not yet]')
    expect(one.text).toContain('[while it is away]')
    expect(await fresh(server, ada, room)).toBe(one.text)
  })
})

describe.each([
  ['without Redis', undefined],
  ['with Redis', startRedis],
] as const)('notes on two servers on one Postgres, %s', (_, start) => {
  let servers: TestServer[]
  let redis: TestRedis | undefined
  let ada: Account
  let ben: Account

  beforeAll(async () => {
    redis = await start?.()
    const options = { client: false, databaseUrl: await freshDatabase(await testPostgres()), redisUrl: redis?.url, publicUrl: 'http://localhost:3000' }
    servers = await Promise.all([TestServer.start(options), TestServer.start(options)])
    const [one, two] = servers as [TestServer, TestServer]
    ada = await Account.register(one.url, 'ada')
    ben = await Account.register(two.url, 'ben')
  })

  afterAll(async () => {
    await Promise.all(servers.map((server) => server.dispose()))
    await redis?.stop()
  })

  test('all who write through both have the same in the end, within two seconds of the last change', async () => {
    const [one, two] = servers as [TestServer, TestServer]
    const room = await ada.createRoom(one.url, ben)
    const clients = await Promise.all([open(one, ada, room), open(two, ben, room), open(one, ben, room), open(two, ada, room)])
    clients[0]?.paragraph('common')
    await until(() => clients.every(({ text }) => text.includes('common')), 'everybody has it', 2_000)
    for (let i = 0; i < 60; i += 1) {
      const client = clients[i % 4] as StockNotes
      if (i % 2 === 0) client.paragraph(`<${i}>`)
      else client.insert(i % 7, `<${i}>`)
      if (i % 15 === 14) client.deleteFirst()
    }
    await Promise.all(clients.map((client) => client.stored()))
    await until(() => new Set(clients.map(({ text }) => text)).size === 1, 'all have the same', 2_000)
    expect(await fresh(one, ada, room)).toBe(clients[0]?.text)
    // One dies, and what was stored through it is had from the other.
    clients[0]?.paragraph('last words')
    await clients[0]?.stored()
    await one.kill()
    await until(() => clients[1]?.text.includes('last words') === true, 'the other has it', 2_000)
    expect(await fresh(two, ben, room)).toBe(clients[1]?.text)
    await one.start()
    expect(await fresh(one, ada, room)).toBe(clients[1]?.text)
  })
})
