/** The search of a device that has everything and no network: the same queries as online, with the same expectations, and a look at every message beside it. */
import { docName, segmentOf } from '@chatflow/shared/doc-names'
import type { SearchSort } from '@chatflow/shared/api/search'
import { parseQuery } from '@chatflow/shared/search/query'
import { localQuery, type KnownNames } from '@chatflow/client/sync/search/local-query'
import { SearchEngine } from '@chatflow/client/sync/search/search-engine'
import type { EngineAnswer } from '@chatflow/client/sync/search/engine-messages'
import { beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { searchCorpus, type CorpusMessage } from './corpus.ts'
import { type Expectation, EXPECTATIONS } from './expectations.ts'
import { byQuality, referenceHits } from './reference.ts'

const PAGE = 50
const corpus = searchCorpus()
const keys = new Map(corpus.messages.map(({ id, key }) => [id, key ?? id]))
const mine = corpus.rooms.filter(({ members }) => members.includes(corpus.me.id))
const known: KnownNames = {
  me: corpus.me.id,
  people: corpus.people,
  rooms: mine.map(({ id, kind, name, members }) => ({ id, kind, name, with: kind === 'dm' ? members.filter((member) => member !== corpus.me.id) : [] })),
}

/** Log segments as a device stores them. */
function stored(): Map<string, Uint8Array[]> {
  const segments = new Map<string, CorpusMessage[]>()
  for (const message of corpus.messages) {
    if (!mine.some(({ id }) => id === message.room)) continue
    const name = docName.log(message.room, segmentOf(message.seq))
    const segment = segments.get(name) ?? []
    segments.set(name, segment)
    segment.push(message)
  }
  return new Map(
    [...segments].map(([name, messages]) => {
      const doc = new Y.Doc()
      doc.transact(() => {
        for (const message of messages) write(doc, message)
      })
      const updates = [Y.encodeStateAsUpdate(doc)]
      doc.destroy()
      return [name, updates]
    }),
  )
}

function write(doc: Y.Doc, { seq, id, by, receivedAt, text, pinned, deleted, reaction, replyTo, answers }: CorpusMessage): void {
  const entry = { seq, id, rev: seq, by, sentAt: receivedAt, receivedAt, text, ...(pinned ? { pinned } : {}), ...(deleted ? { deleted } : {}), ...(replyTo === undefined ? {} : { replyTo }), ...(answers > 0 ? { answers: { count: answers, at: receivedAt } } : {}) }
  doc.getMap('log').set(String(seq), entry)
  if (reaction) doc.getMap('reactions').set(`${seq}:👍:${by}`, seq)
}

const answers: EngineAnswer[] = []
let done: () => void = () => undefined
let engine: SearchEngine

beforeAll(async () => {
  const segments = stored()
  engine = new SearchEngine({ list: async () => [...segments.keys()], read: async (name) => segments.get(name) ?? [] }, (answer) => {
    answers.push(answer)
    if (answer.type === 'read' && answer.segments === answer.of) done()
  })
  await new Promise<void>((resolve) => {
    done = resolve
    engine.hear({ type: 'build', rooms: [] })
  })
}, 120_000)

function find({ q, timeZone = 'UTC' }: Pick<Expectation, 'q' | 'timeZone'>, sort: SearchSort): Extract<EngineAnswer, { type: 'found' }> {
  const parsed = parseQuery(q, { now: corpus.end, timeZone })
  if (!parsed.ok) throw new Error(parsed.reason)
  const local = localQuery(parsed.query, known)
  if (!local.ok) throw new Error(local.reason)
  engine.hear({ type: 'find', ask: answers.length, query: local.query, sort, limit: PAGE, now: corpus.end, layer: { documents: [], changes: [] } })
  const answer = answers.at(-1)
  if (answer?.type !== 'found') throw new Error('It did not answer.')
  return answer
}

test.each(EXPECTATIONS.map((expectation) => ({ name: `${expectation.q}${expectation.timeZone ? ` (${expectation.timeZone})` : ''}`, expectation })))('$name', ({ expectation }) => {
  const reference = referenceHits(corpus, expectation)
  const ids = reference.map(({ message }) => message.id)
  const newest = find(expectation, 'new')
  const found = newest.hits.map(({ document }) => document.id)
  if (expectation.all !== undefined) expect(found.map((id) => keys.get(id) ?? '').toSorted()).toEqual(expectation.all.toSorted())
  expect(found).toEqual(ids.slice(0, PAGE))
  expect(newest.more).toBe(ids.length > PAGE)
  for (const { document, excerpt } of newest.hits) expect(document.text).toContain(excerpt.text)

  const best = find(expectation, 'best').hits.map(({ document }) => document.id)
  if (expectation.best !== undefined) expect(best.map((id) => keys.get(id)).slice(0, expectation.best.length)).toEqual(expectation.best)
  expect(best).toHaveLength(Math.min(PAGE, ids.length))
  const ideal = byQuality(reference, corpus.end)
  // What the index holds for the most promising among thousands has the best of all: the page is as good as that of a look at every message.
  const scores = new Map(ideal.map(({ message, score }) => [message.id, score]))
  expect(mean(best.map((id) => scores.get(id) ?? -1))).toBeGreaterThanOrEqual(0.93 * mean(ideal.slice(0, PAGE).map(({ score }) => score)))
  if (ids.length <= PAGE) expect(best).toEqual(ideal.map(({ message }) => message.id))
})

test('what is said is on this device: all messages of one’s rooms that are not deleted', () => {
  const here = corpus.messages.filter(({ room, deleted }) => !deleted && mine.some(({ id }) => id === room))
  expect(find({ q: 'lighthouse' }, 'new').coverage).toEqual({ messages: here.length, since: Math.min(...here.map(({ receivedAt }) => receivedAt)) })
})

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}
