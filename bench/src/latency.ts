import { Account, command } from '@chatflow/e2e/account'
import { OutboxWriter } from '@chatflow/e2e/outbox-writer'
import { StockClient } from '@chatflow/e2e/stock-client'
import { docName } from '@chatflow/shared/doc-names'
import type { Entry } from '@chatflow/shared/entry'
import type { Id } from '@chatflow/shared/ids'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { BenchClient } from './bench-client.ts'
import { type Spread, spreadOf } from './statistics.ts'

export interface Latency {
  /** Stock clients: outbox, commit, log, other client. */
  sent: Spread
  /** Stock clients of a bare Hocuspocus: one writes the document that the other reads. */
  direct: Spread
  /** The app's own client: from Enter, with its strict store, to another device's replica. */
  entered: Spread
}

const ROUNDS = 5
/** A round stays within one segment of a room of its own. */
const MESSAGES = 200
const WARM_UP = 20
const TEXT = 'A message of about the usual length, such as people write to each other.'

/** ms, one message after the other; the three ways take turns, so that what else the machine does touches all of them. */
export async function measureLatency(url: string, usernames: readonly [string, string]): Promise<Latency> {
  const [sender, reader] = await Promise.all([Account.login(url, usernames[0]), Account.login(url, usernames[1])])
  const bare = fork(new URL('bare-server.ts', import.meta.url))
  const [port] = (await once(bare, 'message')) as [number]
  const times = { sent: [] as number[], direct: [] as number[], entered: [] as number[] }
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      times.sent.push(...(await sent(url, sender, reader, await sender.createRoom(url, reader))))
      times.direct.push(...(await direct(`http://127.0.0.1:${port}`, `document-${round}`)))
      times.entered.push(...(await entered(url, sender, reader, await sender.createRoom(url, reader))))
    }
  } finally {
    bare.kill()
  }
  return { sent: spreadOf(times.sent), direct: spreadOf(times.direct), entered: spreadOf(times.entered) }
}

async function sent(url: string, sender: Account, reader: Account, room: Id): Promise<number[]> {
  const outbox = new OutboxWriter(url, sender)
  const client = new StockClient(url, reader.token)
  const { doc } = await client.open(docName.log(room, 0))
  const log = doc.getMap<Entry>('log')
  const times = await oneByOne((i) => {
    const message = command({ type: 'message.send', room, text: `${TEXT} ${i}` })
    return { begin: () => outbox.offer([message]), seen: () => log.get(String(i + 2))?.id === message.id, hear: (look) => heard(log, look) }
  })
  outbox.destroy()
  client.destroy()
  return times
}

async function direct(url: string, name: string): Promise<number[]> {
  const [writing, reading] = [new StockClient(url, ''), new StockClient(url, '')]
  const from = (await writing.open(name)).doc.getMap('log')
  const to = (await reading.open(name)).doc.getMap<Entry>('log')
  const times = await oneByOne((i) => {
    const { id, at } = command({ type: 'message.send' })
    const entry: Entry = { seq: i, id, rev: i, by: id, sentAt: at, receivedAt: at, text: `${TEXT} ${i}` }
    return { begin: () => from.set(String(i), entry), seen: () => to.get(String(i))?.id === id, hear: (look) => heard(to, look) }
  })
  writing.destroy()
  reading.destroy()
  return times
}

async function entered(url: string, sender: Account, reader: Account, room: Id): Promise<number[]> {
  const [mine, other] = await Promise.all([BenchClient.connect(url, sender), BenchClient.connect(url, reader)])
  for (const client of [mine, other]) client.core.openRoom(room)
  await Promise.all([mine, other].map((client) => client.until(() => client.core.rooms.held(room)?.isLoading === false)))
  const times = await oneByOne((i) => {
    const text = `${TEXT} ${i}`
    const { core } = other
    return {
      begin: () => mine.core.enqueue({ type: 'message.send', room, text }),
      seen: () => core.rooms.held(room)?.entry(i + 2)?.text === text,
      hear: (look) => core.changed.add(look),
    }
  })
  await Promise.all([mine.close(), other.close()])
  return times
}

interface Message {
  begin(): unknown
  seen(): boolean
  /** Calls `look` after changes where it is to be seen; answers what ends that. */
  hear(look: () => void): () => void
}

async function oneByOne(message: (i: number) => Message): Promise<number[]> {
  const times: number[] = []
  for (let i = 0; i < WARM_UP + MESSAGES; i += 1) {
    const { begin, seen, hear } = message(i)
    const begun = performance.now()
    const { promise, resolve } = Promise.withResolvers<number>()
    const forget = hear(() => {
      if (seen()) resolve(performance.now())
    })
    await begin()
    if (seen()) resolve(performance.now())
    const ended = await Promise.race([promise, tooLate()])
    forget()
    if (i >= WARM_UP) times.push(ended - begun)
  }
  return times
}

function heard(map: { observe(f: () => void): void; unobserve(f: () => void): void }, look: () => void): () => void {
  map.observe(look)
  return () => map.unobserve(look)
}

function tooLate(): Promise<never> {
  return new Promise((_resolve, reject) => {
    setTimeout(() => reject(new Error('A message was not seen within 10 s.')), 10_000).unref()
  })
}
