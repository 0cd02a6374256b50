/** The sockets of one user over two processes on one Postgres, with and without a Redis; one of them is killed. */
import { freshDatabase, testPostgres } from '@chatflow/database/testing'
import { startRedis, type TestRedis } from '@chatflow/server-kit/testing/start-redis'
import { docName } from '@chatflow/shared/doc-names'
import { LIMITS } from '@chatflow/shared/limits'
import { afterEach, describe, expect, test } from 'vitest'
import { TestServer } from './harness/server.ts'
import { Account } from './support/account.ts'
import { StockClient } from './support/stock-client.ts'
import { until } from './support/until.ts'

const ended: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end()
})

describe.each([
  ['without Redis', async (): Promise<TestRedis | undefined> => undefined],
  ['with Redis', startRedis],
])('two servers on one Postgres, %s', (_, open) => {
  test('[R10] let a user have twenty sockets together, close the one that is too many, and forget those of the one that is killed', async () => {
    const redis = await open()
    if (redis) ended.push(() => redis.dispose())
    const options = { client: false, databaseUrl: await freshDatabase(await testPostgres()), publicUrl: 'http://localhost:3000', redisUrl: redis?.url }
    const [one, two] = await Promise.all([TestServer.start(options), TestServer.start(options)])
    ended.push(() => Promise.all([one.dispose(), two.dispose()]))
    const ada = await Account.register(one.url, 'ada')
    const connect = (server: TestServer): StockClient => {
      const client = new StockClient(server.url, ada.token)
      ended.push(() => client.destroy())
      return client
    }
    const open20 = async (servers: TestServer[]): Promise<StockClient[]> => {
      const clients = Array.from({ length: LIMITS.socketsPerUser }, (__, i) => connect(servers[i % servers.length] ?? one))
      await Promise.all(clients.map((client) => client.open(docName.user(ada.id))))
      return clients
    }
    const clients = await open20([one, two])
    for (const server of [one, two]) {
      const oneMore = connect(server)
      void oneMore.open(docName.user(ada.id)).catch(() => undefined)
      expect(await oneMore.closed()).toBe(4429)
      oneMore.destroy()
    }
    // One that closes makes room on the other instance.
    clients[0]?.destroy()
    await connect(two).open(docName.user(ada.id))

    await one.kill()
    for (const client of clients.filter((__, i) => i % 2 === 0)) client.destroy()
    // A client that is refused comes again by itself, as the app does, and gets in once the dead instance is known to be dead.
    const late = Array.from({ length: 9 }, () => connect(two))
    let inside = 0
    for (const client of late) void client.open(docName.user(ada.id)).then(() => (inside += 1), () => undefined)
    await until(() => inside === late.length, 'the places of the killed instance are free', LIMITS.socketLeaseMs + 5_000)
  })
})
