import type { Database, Queryable } from '@chatflow/database'
import type { Id } from '@chatflow/shared/ids'
import { type Indexed } from './index-form.ts'
import { insertWords } from './write-words.ts'

/** Messages of one transaction: nobody waits for the room longer than those take. */
const AT_ONCE = 200
/** How often it is looked for messages without words, ms. */
const EVERY_MS = 5_000

export interface Indexer {
  /** Gives all messages their words that have none, and resolves when there are none left. */
  drain(): Promise<void>
  close(): Promise<void>
}

/**
 * Gives their words to messages that were not written by the sequencer: an import, rows made by hand, and all that were there before there was an index. Any number of
 * instances share the work, and it goes on where it was broken off. It takes half of the time, so that it holds nobody up.
 */
export function startIndexer(db: Database, log: { warn(fields: object, message: string): void }): Indexer {
  let closed = false
  let running: Promise<void> | undefined
  const wake = new AbortController()

  async function work(): Promise<void> {
    while (!closed) {
      const begun = performance.now()
      if (!(await indexSome(db))) return
      await pause(performance.now() - begun, wake.signal)
    }
  }
  const run = (): Promise<void> => {
    running ??= work().finally(() => {
      running = undefined
    })
    return running
  }
  const look = (): void => void run().catch((error: unknown) => log.warn({ err: error }, 'messages could not be made ready for searching; it is tried again soon'))
  const timer = setInterval(look, EVERY_MS)
  timer.unref()
  look()
  return {
    async drain() {
      await run()
      // What was there before may have come after the look that is over.
      await run()
    },
    async close() {
      closed = true
      clearInterval(timer)
      wake.abort()
      await running?.catch(() => undefined)
    },
  }
}

async function indexSome(db: Database): Promise<boolean> {
  return (await db.tx(indexNext)) || (await db.tx(indexChanged))
}

/** The next messages of a room that has some without words. The lock of its row keeps the sequencer from changing them meanwhile, theirs everybody else (R6). */
async function indexNext(q: Queryable): Promise<boolean> {
  const { rows } = await q.query<{ id: Id; indexed_to: number; head: number }>(
    'select id, indexed_to, head from rooms where indexed_to < head order by last_received_at desc limit 1 for update skip locked',
  )
  const room = rows[0]
  if (room === undefined) return false
  const found = await q.query<Indexed & { shown: boolean }>(
    `select room_id, seq, by_user, received_at, text, (not deleted and event is null) as shown from messages
      where room_id = $1 and seq > $2 and seq <= $3 order by seq limit $4 for share`,
    [room.id, room.indexed_to, room.head, AT_ONCE],
  )
  const last = found.rows.at(-1)
  await insertWords(q, found.rows.filter(({ shown }) => shown))
  await q.query('update rooms set indexed_to = $2 where id = $1', [room.id, found.rows.length < AT_ONCE || last === undefined ? room.head : last.seq])
  return true
}

/** Messages of one room whose text was changed by hand. */
async function indexChanged(q: Queryable): Promise<boolean> {
  const { rows } = await q.query<{ id: Id }>('select id from rooms where exists (select 1 from messages_unindexed where room_id = rooms.id) limit 1 for update skip locked')
  const room = rows[0]
  if (room === undefined) return false
  const found = await q.query<Indexed>(
    `select m.room_id, m.seq, m.by_user, m.received_at, m.text from messages_unindexed u join messages m on m.room_id = u.room_id and m.seq = u.seq
      where u.room_id = $1 and not m.deleted and m.event is null order by m.seq limit $2 for share of m`,
    [room.id, AT_ONCE],
  )
  await insertWords(q, found.rows)
  await q.query('delete from messages_unindexed where room_id = $1 and (cardinality($2::bigint[]) = 0 or seq = any($2::bigint[]))', [room.id, found.rows.map(({ seq }) => seq)])
  return true
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true })
  })
}
