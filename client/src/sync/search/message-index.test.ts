import type { SearchSort } from '@chatflow/shared/api/search'
import { newId, type Id } from '@chatflow/shared/ids'
import { parseQuery } from '@chatflow/shared/search/query'
import { expect, test } from 'vitest'
import { localQuery } from './local-query.ts'
import { MessageIndex } from './message-index.ts'
import type { SearchDocument } from './search-document.ts'
import type { SearchLayer } from './engine-messages.ts'

const [ANA, BEN, HARBOUR, KITCHEN, DIRECT] = [newId(), newId(), newId(), newId(), newId()]
const KNOWN = {
  me: ANA,
  people: [
    { id: ANA, username: 'ana', displayName: 'Ana' },
    { id: BEN, username: 'ben', displayName: 'Ben Ito' },
  ],
  rooms: [
    { id: HARBOUR, kind: 'public', name: 'harbour', with: [] },
    { id: KITCHEN, kind: 'private', name: 'the kitchen', with: [] },
    { id: DIRECT, kind: 'dm', name: '', with: [BEN] },
  ],
}
const NOTHING: SearchLayer = { documents: [], changes: [] }
const NOW = Date.UTC(2026, 5, 1)

let made = 0
function message(text: string, more: Partial<SearchDocument> = {}): SearchDocument {
  made += 1
  return { id: newId(), room: HARBOUR, seq: made, by: ANA, at: NOW - 1_000_000 + made, text, files: false, reacted: false, pinned: false, thread: false, ...more }
}

function indexOf(...documents: SearchDocument[]): MessageIndex {
  const index = new MessageIndex()
  for (const room of new Set(documents.map((document) => document.room))) index.put(room, 0, documents.filter((document) => document.room === room))
  return index
}

function find(index: MessageIndex, text: string, { layer = NOTHING, sort = 'new', limit = 10 }: { layer?: SearchLayer; sort?: SearchSort; limit?: number } = {}) {
  const parsed = parseQuery(text, { now: NOW, timeZone: 'UTC' })
  if (!parsed.ok) throw new Error(parsed.reason)
  const local = localQuery(parsed.query, KNOWN)
  if (!local.ok) throw new Error(local.reason)
  return index.find(local.query, { sort, limit, now: NOW }, layer)
}
const texts = (index: MessageIndex, text: string, options?: Parameters<typeof find>[2]) => find(index, text, options).hits.map(({ document }) => document.text)

test('all words must be there, words that are taken away must not, words in quotes in this order', () => {
  const index = indexOf(message('the ferry leaves at nine'), message('nine people took the ferry'), message('no boat today'))
  expect(texts(index, 'ferry nine')).toEqual(['nine people took the ferry', 'the ferry leaves at nine'])
  expect(texts(index, 'ferry -people')).toEqual(['the ferry leaves at nine'])
  expect(texts(index, '"ferry leaves"')).toEqual(['the ferry leaves at nine'])
  expect(texts(index, '"leaves ferry"')).toEqual([])
  expect(texts(index, 'ferry -"took the"')).toEqual(['the ferry leaves at nine'])
  expect(texts(index, 'bo')).toEqual(['no boat today'])
})

test('identifiers, umlauts and scripts without spaces are found as on the server', () => {
  const index = indexOf(message('retry_count is PROJ-123'), message('Die Straße ist gesperrt'), message('東京タワーへ行く'))
  for (const query of ['retry_count', 'count', 'retrycount', 'PROJ-123']) expect(texts(index, query)).toEqual(['retry_count is PROJ-123'])
  expect(texts(index, 'strasse')).toEqual(['Die Straße ist gesperrt'])
  expect(texts(index, '東京')).toEqual(['東京タワーへ行く'])
})

test('people, rooms, times and what a message has narrow a search', () => {
  const index = indexOf(
    message('tea', { by: BEN }),
    message('tea with https://example.org/leaves', { room: KITCHEN, pinned: true }),
    message('tea for two', { room: DIRECT, reacted: true, at: NOW - 40 * 86_400_000 }),
    message('green tea', { files: true, thread: true }),
  )
  expect(texts(index, 'tea from:ben')).toEqual(['tea'])
  expect(texts(index, 'tea from:"Ben Ito"')).toEqual(['tea'])
  expect(texts(index, 'tea -from:me')).toEqual(['tea'])
  expect(texts(index, 'in:"the kitchen"')).toEqual(['tea with https://example.org/leaves'])
  expect(texts(index, `in:${DIRECT}`)).toEqual(['tea for two'])
  expect(texts(index, 'in:@ben')).toEqual(['tea for two'])
  expect(texts(index, 'tea before:2026-05')).toEqual(['tea for two'])
  expect(texts(index, 'has:link')).toEqual(['tea with https://example.org/leaves'])
  expect(texts(index, 'has:pin')).toEqual(['tea with https://example.org/leaves'])
  expect(texts(index, 'has:reaction')).toEqual(['tea for two'])
  expect(texts(index, 'has:file has:thread')).toEqual(['green tea'])
  expect(texts(index, 'tea -has:reaction -has:link').sort()).toEqual(['green tea', 'tea'])
})

test('the best match comes first, or the newest; more are there than are shown', () => {
  const index = indexOf(message('art'), ...Array.from({ length: 30 }, (_, i) => message(`articles, number ${i}, are what we talk about`)))
  expect(texts(index, 'art', { sort: 'best', limit: 1 })).toEqual(['art'])
  const newest = find(index, 'art', { sort: 'new', limit: 3 })
  expect(newest.hits.map(({ document }) => document.text.slice(0, 19))).toEqual(['articles, number 29', 'articles, number 28', 'articles, number 27'])
  expect(newest.more).toBe(true)
  expect(find(index, 'art', { limit: 31 }).more).toBe(false)
})

test('an edited message is found by its new words alone', () => {
  const old = message('meet at the harbour')
  const index = indexOf(old)
  index.put(HARBOUR, 0, [{ ...old, text: 'meet at the station' }])
  expect(texts(index, 'harbour')).toEqual([])
  expect(texts(index, 'station')).toEqual(['meet at the station'])
})

test('[R6] a deleted message is gone with all its words, and does not come back with an older copy of its segment', () => {
  const [secret, other] = [message('the passphrase is xylophone'), message('good morning')]
  const index = indexOf(secret, other)
  index.forget([secret.id])
  index.put(HARBOUR, 0, [secret, other])
  expect(texts(index, 'xylophone')).toEqual([])
  expect(index.words).not.toContain('xylophone')
  // A segment without it says the same.
  index.put(HARBOUR, 0, [])
  expect(index.words).toEqual([])
  expect(find(index, 'morning').coverage).toEqual({ messages: 0 })
})

test('[R5] of a room that has left the device nothing is found any more, and its words are gone', () => {
  const index = indexOf(message('soup', { room: KITCHEN }), message('soup'))
  index.drop(KITCHEN)
  expect(find(index, 'soup').hits.map(({ document }) => document.room)).toEqual([HARBOUR])
  index.drop(HARBOUR)
  expect(index.words).toEqual([])
})

test('what is written here and not delivered is found, a change that is on its way counts, a deletion too', () => {
  const [one, two, three] = [message('one lamp'), message('two lamps'), message('three lamps')]
  const index = indexOf(one, two, three)
  const { seq: _seq, ...waiting } = message('a lamp on its way')
  const layer: SearchLayer = { documents: [waiting], changes: [{ id: one.id, text: 'one candle' }, { id: two.id, deleted: true }, { id: three.id, pinned: true }] }
  expect(texts(index, 'lamp', { layer })).toEqual(['a lamp on its way', 'three lamps'])
  expect(texts(index, 'candle', { layer })).toEqual(['one candle'])
  expect(texts(index, 'has:pin', { layer })).toEqual(['three lamps'])
  // Delivered meanwhile: it is not found twice.
  expect(texts(index, 'candle', { layer: { documents: [{ ...one, text: 'one candle' }], changes: [] } })).toEqual([])
})

test('it says how much of the rooms that were asked for is here', () => {
  const first = message('a')
  const index = indexOf(first, message('b'), message('c', { room: KITCHEN }))
  expect(find(index, 'in:harbour nothing').coverage).toEqual({ messages: 2, since: first.at })
  expect(find(index, 'nothing').coverage.messages).toBe(3)
})

test('a hostile text is found like any other, and shown as it is', () => {
  const text = '<img src=x onerror=alert(1)> __proto__ constructor'
  const index = indexOf(message(text), message('hasOwnProperty toString'))
  for (const query of ['onerror', '__proto__', 'constructor']) expect(find(index, query).hits.map(({ excerpt }) => excerpt.text)).toEqual([text])
  expect(texts(index, 'tostring')).toEqual(['hasOwnProperty toString'])
  expect(texts(index, 'valueof')).toEqual([])
})

test('names of people and rooms that nobody here has are told with their place', () => {
  const parsed = parseQuery('tea from:nobody', { now: NOW, timeZone: 'UTC' })
  expect(parsed.ok && localQuery(parsed.query, KNOWN)).toEqual({ ok: false, reason: 'person_unknown', at: 4, length: 11 })
  const other = parseQuery('in:nowhere', { now: NOW, timeZone: 'UTC' })
  expect(other.ok && localQuery(other.query, KNOWN)).toEqual({ ok: false, reason: 'room_unknown', at: 0, length: 10 })
})

test('a room that one is not in is never searched', () => {
  const elsewhere: Id = newId()
  const index = indexOf(message('tea', { room: elsewhere }))
  expect(texts(index, 'tea')).toEqual([])
})
