import { type Database, openDatabase } from '@chatflow/database'
import { freshDatabase, startPostgres } from '@chatflow/database/testing'
import { preparePeople } from '@chatflow/e2e/prepare-people'
import { type Corpus, searchCorpus } from '@chatflow/e2e/search-corpus'
import { writeCorpus } from '@chatflow/e2e/write-search-corpus'
import { type Id, newId } from '@chatflow/shared/ids'
import { search, startIndexer } from '@chatflow/sync-server/testing'
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { machineLine, writeFigures } from './report.ts'
import { percentile } from './statistics.ts'

const SIZES = [5_000, 50_000] as const
const TIMES = 12
/** What is asked, and for the reference the pattern that finds about the same. */
const QUERIES = [
  { name: 'a rare word', q: 'zeppelin', like: ['%zeppelin%'] },
  { name: 'two words', q: 'server ticket', like: ['%server%', '%ticket%'] },
  { name: 'a phrase', q: '"details are in the ticket"', like: ['%details are in the ticket%'] },
  { name: 'a common word, newest', q: 'server', like: ['%server%'], sort: 'new' },
  { name: 'a common word, best', q: 'server', like: ['%server%'] },
] as const

/** ms, medians: of a member of all rooms, of somebody in one room of 500, and of a look at every message; by what is asked. */
type Times = Record<'all' | 'one' | 'scan', Map<string, number>>

/** `npm run bench -- search`: searching 5 000 and 50 000 messages on both databases, beside a scan with LIKE in the same run. */
export async function benchSearch(): Promise<void> {
  const begun = performance.now()
  const load = loadavg()[0] ?? 0
  const postgres = await startPostgres({ durable: true })
  const results: { database: string; small: Times; large: Times }[] = []
  try {
    for (const database of ['embedded PGlite', 'PostgreSQL']) {
      const [small, large] = [await measure(SIZES[0]), await measure(SIZES[1])]
      results.push({ database, small, large })

      async function measure(size: number): Promise<Times> {
        const folder = mkdtempSync(join(tmpdir(), 'chatflow-bench-'))
        const db = await openDatabase(database === 'PostgreSQL' ? { url: await freshDatabase(postgres.url) } : { dataDir: folder })
        const times = await timesOf(db, size)
        await db.close()
        rmSync(folder, { recursive: true, force: true })
        return times
      }
    }
  } finally {
    await postgres.stop()
  }
  const ms = (value = Number.NaN): string => value.toFixed(1)
  const rows = QUERIES.flatMap(({ name }) => [
    [`**${name}**, ms with 5 000 → 50 000; ratio`, () => ''] as const,
    ['in all rooms', (result: (typeof results)[number]) => pair(result, 'all', name)] as const,
    ['reference: scan with LIKE', (result: (typeof results)[number]) => pair(result, 'scan', name)] as const,
    ['scan : search, of 50 000', ({ large }: (typeof results)[number]) => ms((large.scan.get(name) ?? NaN) / (large.all.get(name) ?? NaN))] as const,
    ['by somebody in one room of 500', (result: (typeof results)[number]) => pair(result, 'one', name)] as const,
  ])
  function pair({ small, large }: (typeof results)[number], of: keyof Times, name: string): string {
    const [a, b] = [small[of].get(name), large[of].get(name)]
    return `${ms(a)} → ${ms(b)}; ${((b ?? NaN) / (a ?? NaN)).toFixed(2)}`
  }
  const table = [`| | ${results.map(({ database }) => database).join(' | ')} |`, '| --- | ---: | ---: |', ...rows.map(([name, of]) => `| ${name} | ${results.map(of).join(' | ')} |`)].join('\n')
  console.log(writeFigures('search', `${machineLine(load, (performance.now() - begun) / 1000)}\n\n${table}`))
}

async function timesOf(db: Database, size: number): Promise<Times> {
  const [me, other] = await preparePeople(db, 2)
  if (me === undefined || other === undefined) throw new Error('Nobody is there.')
  const corpus = searchCorpus(me.id, size)
  await writeCorpus(db, corpus)
  await writeSmallRoom(db, other.id, corpus)
  const indexer = startIndexer(db, { warn: (fields) => console.error(fields) })
  await indexer.drain()
  await indexer.close()
  await db.query('vacuum analyze')
  const times: Times = { all: new Map(), one: new Map(), scan: new Map() }
  for (const query of QUERIES) {
    const ask = (user: Id) => search(db, { user, role: 'member' }, { q: query.q, sort: 'sort' in query ? query.sort : 'best', before: undefined, limit: 20, timeZone: 'UTC' }, Date.now())
    times.all.set(query.name, await median(() => ask(me.id)))
    times.one.set(query.name, await median(() => ask(other.id)))
    times.scan.set(query.name, await median(() => scan(db, me.id, query.like)))
  }
  return times
}

function scan(db: Database, user: Id, like: readonly string[]): Promise<unknown> {
  return db.query(
    `select m.room_id, m.seq, m.text from messages m join members x on x.room_id = m.room_id
      where x.user_id = $1 and not m.deleted and lower(m.text) like all($2::text[]) order by m.received_at desc limit 20`,
    [user, like],
  )
}

/** Somebody's one room, with 500 messages of the same kind. */
async function writeSmallRoom(db: Database, user: Id, { messages, end }: Corpus): Promise<void> {
  const room = newId()
  const texts = messages.slice(0, 500).map(({ text }) => text)
  await db.query(`insert into rooms (id, kind, name, created_by, created_at, head, rev, last_received_at, member_count) values ($1, 'private', 'small', $2, 1, 500, 500, $3, 1)`, [room, user, end])
  await db.query(`insert into members (room_id, user_id, role, joined_at) values ($1, $2, 'owner', 1)`, [room, user])
  await db.query(
    `insert into messages (room_id, seq, id, rev, by_user, sent_at, received_at, text) select $1, n, gen_random_uuid(), n, $2, n, n, text from unnest($3::text[]) with ordinality as x(text, n)`,
    [room, user, texts],
  )
}

async function median(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let n = 0; n < TIMES; n++) {
    const begun = performance.now()
    await work()
    if (n > 1) times.push(performance.now() - begun)
  }
  return percentile(times, 50)
}
