/** The real server in a process of its own, stopped in every way while stock clients write through outboxes. */
import { LIMITS } from '@chatflow/shared/limits'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { TestServer } from './harness/server.ts'
import { Account, command } from './support/account.ts'
import { OutboxWriter } from './support/outbox-writer.ts'
import { SERVERS } from './support/servers.ts'
import { until } from './support/until.ts'

/** Of each writer: more than one run of an outbox carries. */
const MESSAGES = LIMITS.outboxRunMarks + 100

describe.each(SERVERS)('a server on $name', ({ options }) => {
  let server: TestServer
  let people: Account[]

  beforeAll(async () => {
    server = await TestServer.start(await options())
    people = await Promise.all(['ada', 'ben', 'cleo'].map((name) => Account.register(server.url, name)))
  })

  afterAll(() => server.dispose())

  /** Everybody writes to one room at once; each of `interruptions` comes when a further part has been answered. Then everything is compared. */
  async function writeThrough(interruptions: readonly ((writers: readonly OutboxWriter[]) => Promise<void>)[]): Promise<void> {
    const owner = people[0] as Account
    const room = await owner.createRoom(server.url, ...people.slice(1))
    const writers = people.map((account) => {
      const mine = Array.from({ length: MESSAGES }, (_, i) => command({ type: 'message.send', room, text: `${account.username} ${i}` }))
      return { account, mine, outbox: new OutboxWriter(server.url, account) }
    })
    const outboxes = writers.map(({ outbox }) => outbox)
    try {
      for (const { mine, outbox } of writers) outbox.offer(mine)
      for (const [i, interrupt] of interruptions.entries()) {
        await answered(outboxes, ((i + 1) * people.length * MESSAGES) / (interruptions.length + 2))
        const left = outboxes.reduce((sum, { waiting }) => sum + waiting, 0)
        expect(left).toBeGreaterThan(0)
        await interrupt(outboxes)
      }
      await until(() => outboxes.every(({ waiting }) => waiting === 0), 'everything is answered', 30_000)
    } finally {
      for (const outbox of outboxes) outbox.destroy()
    }

    const history = await owner.history(server.url, room)
    expect(history.map(({ seq }) => seq)).toEqual(history.map((_, i) => i + 1))
    for (const { account, mine, outbox } of writers) {
      const entries = history.filter(({ by, event }) => by === account.id && event === undefined)
      expect(entries.map(({ id, text }) => ({ id, text }))).toEqual(mine.map(({ id, text }) => ({ id, text })))
      expect(outbox.rejected.size).toBe(0)
      // Told before the end of a process or after it: each is where its mark said.
      expect(Object.fromEntries(outbox.settled)).toEqual(Object.fromEntries(entries.map(({ id, seq }) => [id, seq])))
    }
  }

  test('[R1] [R2] killed twice while people write: what was marked is there, and everything is there once and in order', async () => {
    const kill = async (): Promise<void> => {
      await server.kill()
      await server.start()
    }
    await writeThrough([kill, kill])
  })

  test('[R1] [R2] asked to stop while people write: it ends with 0 within 10 s, says that it restarts, and loses nothing', async () => {
    await writeThrough([
      async (outboxes) => {
        const closed = Promise.all(outboxes.map(({ client }) => client.closed()))
        const asked = performance.now()
        expect(await server.stop()).toBe(0)
        expect(performance.now() - asked).toBeLessThan(10_000)
        expect(await closed).toEqual(outboxes.map(() => 1012))
        await server.start()
      },
    ])
  })
})

/** Resolves within the mark that makes it `count` in all: the process is ended in the middle of its work. */
async function answered(outboxes: readonly OutboxWriter[], count: number): Promise<void> {
  const reached = (): boolean => outboxes.reduce((sum, { settled }) => sum + settled.size, 0) >= count
  if (reached()) return
  await new Promise<void>((resolve) => {
    for (const outbox of outboxes) outbox.onMark = () => reached() && resolve()
  })
}
