/** An account that is deactivated through one of two processes on one Postgres, without Redis. */
import { freshDatabase, testPostgres } from '@chatflow/database/testing'
import { docName } from '@chatflow/shared/doc-names'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TestServer } from './harness/server.ts'
import { Account, command } from './support/account.ts'
import { OutboxWriter } from './support/outbox-writer.ts'
import { StockClient } from './support/stock-client.ts'

describe('an account that an administrator deactivates through one of two servers', () => {
  let one: TestServer
  let two: TestServer
  const clients: { destroy(): void }[] = []

  beforeAll(async () => {
    const options = { client: false, databaseUrl: await freshDatabase(await testPostgres()), publicUrl: 'http://localhost:3000' }
    ;[one, two] = await Promise.all([TestServer.start(options), TestServer.start(options)])
  })
  afterAll(async () => {
    for (const client of clients) client.destroy()
    await Promise.all([one, two].map((server) => server.dispose()))
  })

  test('[R5] loses its sockets on both within 2 s, and from the answer on writes nothing through either', async () => {
    // The first account is the administrator's.
    const root = await Account.register(one.url, 'root')
    const ben = await Account.register(two.url, 'ben')
    const room = await root.createRoom(one.url, ben)
    const sockets = await Promise.all([one, two, two].map(async (server) => {
      const client = new StockClient(server.url, ben.token)
      clients.push(client)
      await client.open(docName.user(ben.id))
      await client.open(docName.log(room, 0))
      return client
    }))
    const bystander = new StockClient(two.url, root.token)
    clients.push(bystander)
    await bystander.open(docName.user(root.id))
    let disturbed = false
    void bystander.closed().then(() => (disturbed = true))
    const outbox = new OutboxWriter(two.url, ben)
    clients.push(outbox)
    const before = command({ type: 'message.send', room, text: 'before' })
    await new Promise<void>((resolve) => {
      outbox.onMark = resolve
      outbox.offer([before])
    })
    const closed = Promise.all(sockets.map((client) => client.closed()))
    const outboxClosed = outbox.client.closed()

    const answer = await fetch(`${one.url}/api/auth/admin/users/${ben.id}`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${root.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ disabled: true }),
    })
    const asked = performance.now()
    expect(answer.status).toBe(200)
    // Over HTTP at once, on the other instance too.
    for (const server of [two, one]) {
      const refused = await fetch(`${server.url}/api/commands`, {
        method: 'POST',
        headers: { authorization: `Bearer ${ben.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ commands: [command({ type: 'message.send', room, text: 'after, over HTTP' })] }),
      })
      expect(refused.status).toBeGreaterThanOrEqual(401)
      expect(['session_ended', 'account_disabled']).toContain(((await refused.json()) as { code: string }).code)
    }
    expect(await closed).toEqual([4401, 4401, 4401])
    expect(await outboxClosed).toBe(4401)
    expect(performance.now() - asked).toBeLessThan(2_000)
    // The outbox comes back by itself and offers on: nobody takes it.
    outbox.offer([command({ type: 'message.send', room, text: 'after, from an outbox' })])
    const back = new StockClient(two.url, ben.token)
    clients.push(back)
    await expect(back.open(docName.user(ben.id))).rejects.toThrow('auth:')
    const texts = (await root.history(two.url, room)).map(({ text }) => text)
    expect(texts).toContain('before')
    expect(texts.filter((text) => text.startsWith('after'))).toEqual([])
    expect(disturbed).toBe(false)
  })
})
