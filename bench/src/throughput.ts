import type { Database } from '@chatflow/database'
import { Account, command } from '@chatflow/e2e/account'
import { OutboxWriter } from '@chatflow/e2e/outbox-writer'
import { type Id, newId } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'
import { SyncCore } from '@chatflow/sync-server/testing'
import type { PreparedPerson as Person } from '@chatflow/e2e/prepare-people'

/** Messages per second, by number of rooms. */
export type Rates = Map<number, number>

const ROOMS = [1, 10]
const MESSAGES = 10_000
const OF_CLIENTS = 6_000
const TEXT = 'A message of about the usual length, such as people write to each other.'
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** Commands handed straight to the sequencer in this process, by people who each keep a window of 200 under way. */
export async function measureSequencer(db: Database, people: readonly Person[]): Promise<Rates> {
  const verifier = { verify: () => Promise.reject(new Error('nobody connects')) }
  const core = await SyncCore.start({ db, verifier, rateLimits: false, log: silent })
  const rates: Rates = new Map()
  const [owner, ...others] = people as [Person, ...Person[]]
  for (const count of ROOMS) {
    const rooms = Array.from({ length: count }, () => newId())
    for (const room of rooms) {
      await core.submit(owner.id, command({ type: 'room.create', room, kind: 'private', name: 'bench', members: others.map(({ id }) => id) }))
    }
    let next = 0
    const write = async ({ id }: Person): Promise<void> => {
      while (next < MESSAGES) {
        const result = await core.submit(id, command({ type: 'message.send', room: rooms[next++ % count] ?? '', text: TEXT }))
        if (result.status !== 'accepted') throw new Error(`A message was refused: ${result.code}`)
      }
    }
    rates.set(count, await rate(MESSAGES, () => Promise.all(people.flatMap((person) => Array.from({ length: LIMITS.outboxWindowCommands }, () => write(person))))))
  }
  await core.close()
  return rates
}

/** The same rows put in by plain inserts: batches as large as the sequencer's, as many at a time as it has rooms. */
export async function measureInserts(db: Database, author: Person): Promise<Rates> {
  const rates: Rates = new Map()
  for (const count of ROOMS) {
    const rooms = Array.from({ length: count }, () => newId())
    for (const room of rooms) {
      await db.query(`insert into rooms (id, kind, name, created_by, created_at) values ($1, 'private', 'bench', $2, 0)`, [room, author.id])
    }
    const batches = Math.ceil(MESSAGES / LIMITS.batch / count)
    const fill = async (room: Id): Promise<void> => {
      for (let batch = 0; batch < batches; batch += 1) await insertBatch(db, room, author, batch * LIMITS.batch + 1)
    }
    rates.set(count, await rate(batches * LIMITS.batch * count, () => Promise.all(rooms.map(fill))))
  }
  return rates
}

async function insertBatch(db: Database, room: Id, author: Person, first: number): Promise<void> {
  const at = Date.now()
  const rows = Array.from({ length: LIMITS.batch }, (_, i) => ({ room_id: room, seq: first + i, id: newId(), by_user: author.id, at, text: TEXT }))
  await db.tx(async (q) => {
    await q.query(
      `insert into messages (room_id, seq, id, rev, by_user, sent_at, received_at, text)
       select room_id, seq, id, seq, by_user, at, at, text
         from jsonb_to_recordset($1::jsonb) as x(room_id uuid, seq bigint, id uuid, by_user uuid, at bigint, text text)`,
      [JSON.stringify(rows)],
    )
    await q.query(
      `insert into commands (id, user_id, room_id, type, attempt, accepted, seq, answered_at)
       select id, by_user, room_id, 'message.send', 1, true, seq, at
         from jsonb_to_recordset($1::jsonb) as x(room_id uuid, seq bigint, id uuid, by_user uuid, at bigint)`,
      [JSON.stringify(rows)],
    )
  })
}

/** Stock clients, one a person, with all their messages in their outboxes; until the last mark has come. */
export async function measureOutboxes(url: string, usernames: readonly string[]): Promise<Rates> {
  const accounts = await Promise.all(usernames.map((username) => Account.login(url, username)))
  const [owner, ...others] = accounts as [Account, ...Account[]]
  const rates: Rates = new Map()
  for (const count of ROOMS) {
    const rooms = await Promise.all(Array.from({ length: count }, () => owner.createRoom(url, ...others)))
    const each = OF_CLIENTS / accounts.length
    const outboxes = accounts.map((account) => new OutboxWriter(url, account))
    const messages = accounts.map((_, person) => Array.from({ length: each }, (_, i) => command({ type: 'message.send', room: rooms[(i + person) % count] ?? '', text: TEXT })))
    const write = (outbox: OutboxWriter, i: number): Promise<void> =>
      new Promise((resolve, reject) => {
        outbox.onMark = () => {
          if (outbox.rejected.size > 0) reject(new Error('A message was refused.'))
          if (outbox.waiting === 0) resolve()
        }
        outbox.offer(messages[i] ?? [])
      })
    rates.set(count, await rate(OF_CLIENTS, () => Promise.all(outboxes.map(write))))
    for (const outbox of outboxes) outbox.destroy()
  }
  return rates
}

async function rate(messages: number, work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await work()
  return messages / ((performance.now() - begun) / 1000)
}
