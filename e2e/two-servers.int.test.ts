/** Two processes on one Postgres, without Redis, behind one address. */
import { freshDatabase, testPostgres } from '@chatflow/database/testing'
import { docName } from '@chatflow/shared/doc-names'
import type { Entry } from '@chatflow/shared/entry'
import type { Id } from '@chatflow/shared/ids'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { TestServer } from './harness/server.ts'
import { Account, command } from './support/account.ts'
import { OutboxWriter } from './support/outbox-writer.ts'
import { type OpenDocument, StockClient } from './support/stock-client.ts'
import { until } from './support/until.ts'

describe('two servers on one Postgres', () => {
  let one: TestServer
  let two: TestServer
  let ada: Account
  let ben: Account
  const clients: { destroy(): void }[] = []

  beforeAll(async () => {
    const options = { client: false, databaseUrl: await freshDatabase(await testPostgres()), publicUrl: 'http://localhost:3000' }
    // Both at once on an empty database: both make its tables and keys.
    ;[one, two] = await Promise.all([TestServer.start(options), TestServer.start(options)])
    ada = await Account.register(one.url, 'ada')
    ben = await Account.register(two.url, 'ben')
  })

  afterEach(() => {
    for (const client of clients.splice(0)) client.destroy()
  })

  afterAll(() => Promise.all([one, two].map((server) => server.dispose())))

  const connect = (server: TestServer, account: Account): StockClient => {
    const client = new StockClient(server.url, account.token)
    clients.push(client)
    return client
  }

  const write = (server: TestServer, account: Account): OutboxWriter => {
    const outbox = new OutboxWriter(server.url, account)
    clients.push(outbox)
    return outbox
  }

  test('[R3] a message sent through one is seen by a client of the other within 2 s', async () => {
    const room = await ada.createRoom(one.url, ben)
    const reader = await connect(two, ben).open(docName.log(room, 0))
    const outbox = write(one, ada)
    for (const text of ['first', 'second', 'third']) {
      const sent = command({ type: 'message.send', room, text })
      outbox.offer([sent])
      await until(() => outbox.settled.has(sent.id), 'it is committed')
      await until(() => ids(reader).includes(sent.id), 'the other sees it', 2_000)
    }
  })

  test('[R2] the same commands at once through both, over HTTP and from outboxes, take effect once', async () => {
    const room = await ada.createRoom(one.url, ben)
    const sent = Array.from({ length: 100 }, (_, i) => command({ type: 'message.send', room, text: `message ${i}` }))
    const outboxes = [write(one, ada), write(two, ada)]
    for (const outbox of outboxes) outbox.offer(sent)
    const [first, second] = await Promise.all([ada.command(one.url, ...sent), ada.command(two.url, ...sent)])
    expect(first).toEqual(second)
    await until(() => outboxes.every(({ waiting }) => waiting === 0), 'the outboxes are answered')
    const history = (await ada.history(two.url, room)).slice(1)
    expect(history.map(({ id }) => id).sort()).toEqual(sent.map(({ id }) => id).sort())
    expect(history.map(({ seq }) => seq)).toEqual(sent.map((_, i) => i + 2))
    expect(first).toEqual(sent.map(({ id }) => ({ id, status: 'accepted', seq: history.find((entry) => entry.id === id)?.seq })))
    for (const { settled } of outboxes) expect(Object.fromEntries(settled)).toEqual(Object.fromEntries(history.map(({ id, seq }) => [id, seq])))
  })

  test('[R3] after both wrote at once, clients of both hold the same entries at the same rev, equal to the rows', async () => {
    const room = await ada.createRoom(one.url, ben)
    const readers = await Promise.all([connect(one, ben).open(docName.log(room, 0)), connect(two, ada).open(docName.log(room, 0))])
    const many = (name: string) => Array.from({ length: 120 }, (_, i) => command({ type: 'message.send', room, text: `${name} ${i}` }))
    const writers = [write(one, ada), write(two, ben)]
    for (const [i, writer] of writers.entries()) writer.offer(many(String(i)))
    await until(() => writers.every(({ waiting }) => waiting === 0), 'everything is answered')
    const rows = await ada.history(one.url, room)
    // Each edits and is edited at the same time as the other writes: keys are set by both instances.
    const edited = rows.slice(1, 21)
    await Promise.all(
      edited.flatMap(({ id, by }) => {
        const author = by === ada.id ? ada : ben
        return [one, two].map((server) => author.command(server.url, command({ type: 'message.edit', room, message: id, text: `edited through ${server.url}` })))
      }),
    )
    const truth = await ada.history(two.url, room)
    expect(truth.map(({ seq }) => seq)).toEqual(truth.map((_, i) => i + 1))
    for (const reader of readers) await until(() => JSON.stringify(entries(reader)) === JSON.stringify(truth), 'the replica equals the rows')
    expect(entries(readers[0])).toEqual(entries(readers[1]))
  })

  test('[R5] someone removed through one is cut off from the other within 2 s', async () => {
    const room = await ada.createRoom(one.url, ben)
    const client = connect(two, ben)
    await client.open(docName.log(room, 0))
    const closed = client.closed()
    await ada.command(one.url, command({ type: 'member.remove', room, user: ben.id }))
    const since = performance.now()
    expect(await closed).toBe(4403)
    expect(performance.now() - since).toBeLessThan(2_000)
    await expect(client.open(docName.room(room))).rejects.toThrow('gone:not_a_member')
  })

  test('[R1] [R2] one is killed and its writers go on at the other: everything is there once, in order', async () => {
    const room = await ada.createRoom(one.url, ben)
    const sent = Array.from({ length: 400 }, (_, i) => command({ type: 'message.send', room, text: String(i) }))
    const before = write(one, ada)
    before.offer(sent)
    await until(() => before.settled.size > 0, 'the first are answered')
    await one.kill()
    expect(before.waiting).toBeGreaterThan(0)
    before.destroy()
    // The device offers there what it has no answer for.
    const after = write(two, ada)
    after.offer(sent.filter(({ id }) => !before.settled.has(id)))
    await until(() => after.waiting === 0, 'the rest is answered')
    const history = (await ada.history(two.url, room)).slice(1)
    expect(history.map(({ id }) => id)).toEqual(sent.map(({ id }) => id))
    expect(Object.fromEntries([...before.settled, ...after.settled])).toEqual(Object.fromEntries(history.map(({ id, seq }) => [id, seq])))
    await one.start()
    expect(await ada.history(one.url, room)).toHaveLength(401)
  })
})

function entries({ doc }: OpenDocument): Entry[] {
  return [...doc.getMap<Entry>('log').values()].sort((a, b) => a.seq - b.seq)
}

function ids(reader: OpenDocument): Id[] {
  return entries(reader).map(({ id }) => id)
}
