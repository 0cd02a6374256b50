/** `GET /api/search` over 50 000 messages, against what is expected by name, and against a look at every message. */
import { testDatabases } from '@chatflow/database/testing'
import type { SearchPage } from '@chatflow/shared/api/search'
import { startIndexer } from '@chatflow/sync-server/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { until } from '../support/until.ts'
import { createWorld, credentialsOf, type World } from '../http/people.ts'
import { serve, type Served } from '../http/serve.ts'
import { type Corpus, searchCorpus } from './corpus.ts'
import { type Expectation, EXPECTATIONS } from './expectations.ts'
import { byQuality, type ReferenceHit, referenceHits } from './reference.ts'
import { writeCorpus } from './write-corpus.ts'

const PAGE = 50

describe.each(testDatabases())('searching 50 000 messages on $name', ({ open }) => {
  let served: Served
  let world: World
  let corpus: Corpus

  beforeAll(async () => {
    served = await serve(await open())
    world = await createWorld(served, 'member')
    corpus = searchCorpus(world.person?.id)
    await writeCorpus(served.db, corpus)
    const indexer = startIndexer(served.db, { warn: (fields) => expect(fields).toBe('no problem') })
    await indexer.drain()
    await indexer.close()
    // The server has an indexer of its own, which may still hold some.
    await until(async () => (await served.db.query('select 1 from rooms where indexed_to < head union all select 1 from messages_unindexed limit 1')).rows.length === 0, 'everything is indexed')
    await served.db.query('analyze')
  }, 180_000)

  afterAll(() => served.close())

  const ask = async (q: string, more: Record<string, string>): Promise<SearchPage> => {
    const answer = await served.ask({ url: `/api/search?${new URLSearchParams({ q, limit: String(PAGE), ...more }).toString()}`, headers: credentialsOf(world.person, 'signed-in') })
    expect([q, answer.statusCode]).toEqual([q, 200])
    return answer.json<SearchPage>()
  }
  const keysOf = ({ results }: SearchPage): string[] => results.map(({ id }) => corpus.messages.find((message) => message.id === id)?.key ?? id)

  test.each(EXPECTATIONS.map((expectation) => ({ name: `${expectation.q}${expectation.timeZone ? ` (${expectation.timeZone})` : ''}`, expectation })))('$name', async ({ expectation }) => {
    const { q, all, best, timeZone = 'UTC' } = expectation
    const more = { tz: timeZone }
    const reference = hitsOf(expectation)
    const ids = reference.map(({ message }) => message.id)
    const newest = await ask(q, { ...more, sort: 'new' })
    if (all !== undefined) expect(keysOf(newest).toSorted()).toEqual([...all].toSorted())
    expect(newest.results.map(({ id }) => id)).toEqual(ids.slice(0, PAGE))
    expect([newest.complete, newest.next !== undefined]).toEqual([true, ids.length > PAGE])
    for (const { text, ranges, room, seq, by } of newest.results) {
      expect(ranges.every(({ start, end }) => start >= 0 && start < end && end <= text.length)).toBe(true)
      expect(corpus.messages.find((message) => message.room === room && message.seq === seq)?.by).toBe(by)
      expect(newest.people[by]?.displayName).toBe(corpus.people.find(({ id }) => id === by)?.displayName)
    }
    // From somewhere deep inside, too.
    const deepId = ids[Math.floor(ids.length * 0.7)]
    const deep = corpus.messages.find(({ id }) => id === deepId)
    if (ids.length > PAGE && deep !== undefined) {
      const page = await ask(q, { ...more, sort: 'new', before: `n.${deep.receivedAt}.${deep.room}.${deep.seq}` })
      const from = ids.indexOf(deep.id) + 1
      expect(page.results.map(({ id }) => id)).toEqual(ids.slice(from, from + PAGE))
    }

    const ranked = await ask(q, { ...more, sort: 'best' })
    if (best !== undefined) expect(keysOf(ranked).slice(0, best.length)).toEqual(best)
    expect(ranked.results).toHaveLength(Math.min(PAGE, ids.length))
    const scores = new Map(byQuality(reference, Date.now()).map(({ message, score }) => [message.id, score]))
    const found = ranked.results.map(({ id }) => scores.get(id) ?? -1)
    if (found.some((score, n) => score > (found[n - 1] ?? 1) + 2e-6)) expect(found).toEqual(found.toSorted((a, b) => b - a))
    // What the database picks among thousands holds the best of all: the first page is as good as that of a look at every message.
    const ideal = [...scores.values()].slice(0, PAGE)
    if (/[\p{L}\p{N}]/u.test(q) && reference.length > 0) expect(mean(found)).toBeGreaterThan(0.93 * mean(ideal))
  })

  test('the best of thousands end after 500, each once', async () => {
    const seen = new Set<string>()
    let before: string | undefined
    do {
      const page: SearchPage = await ask('server', before === undefined ? {} : { before })
      for (const { id } of page.results) seen.add(id)
      before = page.next
    } while (before !== undefined)
    expect(seen.size).toBe(500)
  })
})

test('the corpus is the same every time, and of the size that is told', () => {
  const corpus = searchCorpus()
  const { messages } = corpus
  expect(messages.length).toBeGreaterThanOrEqual(50_000)
  expect(new Set(messages.map(({ id }) => id)).size).toBe(messages.length)
  expect(messages[12_345]).toEqual(searchCorpus().messages[12_345])
  expect(messages.filter(({ answers }) => answers > 0).length).toBeGreaterThan(200)
})

/** Looked up once for both databases: their messages are the same, but for the id of who searches. */
const looked = new Map<Expectation, ReferenceHit[]>()
const whole = searchCorpus()
function hitsOf(expectation: Expectation): ReferenceHit[] {
  const hits = looked.get(expectation) ?? referenceHits(whole, expectation)
  looked.set(expectation, hits)
  return hits
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}
