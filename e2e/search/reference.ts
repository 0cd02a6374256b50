import type { Id } from '@chatflow/shared/ids'
import { nameKey } from '@chatflow/shared/search/fold'
import { factsOf, type Has } from '@chatflow/shared/search/has'
import { matchPlaces, placesOf, scoreOf } from '@chatflow/shared/search/match'
import { parseQuery, type PersonRef, type SearchQuery } from '@chatflow/shared/search/query'
import type { Word } from '@chatflow/shared/search/words'
import type { Corpus, CorpusMessage, CorpusRoom } from './corpus.ts'
import type { Expectation } from './expectations.ts'

export interface ReferenceHit {
  message: CorpusMessage
  quality: number
}

/** Words of messages by their ids, taken apart once for all searches. */
const places = new Map<Id, Word[][]>()

/** All that a search is to find, the newest first: every message is looked at, without any index. */
export function referenceHits(corpus: Corpus, { q, timeZone = 'UTC' }: Pick<Expectation, 'q' | 'timeZone'>): ReferenceHit[] {
  const parsed = parseQuery(q, { now: corpus.end, timeZone })
  if (!parsed.ok) throw new Error(`${q}: ${parsed.reason}`)
  const { query } = parsed
  const isInScope = scopeOf(corpus, query)
  const hits: ReferenceHit[] = []
  for (const message of corpus.messages) {
    if (message.deleted || !isInScope(message)) continue
    const words = places.get(message.id) ?? placesOf(message.text)
    places.set(message.id, words)
    const match = matchPlaces(query.terms, words)
    if (match !== undefined) hits.push({ message, quality: match.quality })
  }
  return hits.sort((a, b) => isNewer(a.message, b.message))
}

/** The best first. */
export function byQuality(hits: readonly ReferenceHit[], now: number): (ReferenceHit & { score: number })[] {
  return hits.map((hit) => ({ ...hit, score: scoreOf(hit.quality, now - hit.message.receivedAt) })).sort((a, b) => b.score - a.score || isNewer(a.message, b.message))
}

function isNewer(a: CorpusMessage, b: CorpusMessage): number {
  return b.receivedAt - a.receivedAt || (a.room < b.room ? 1 : a.room > b.room ? -1 : 0) || b.seq - a.seq
}

function scopeOf({ me, people, rooms }: Corpus, query: SearchQuery): (message: CorpusMessage) => boolean {
  const idsOf = (person: PersonRef): Id[] => {
    if (person.kind !== 'name') return [person.kind === 'me' ? me.id : person.id]
    return people.filter(({ username, displayName }) => [username, displayName].some((name) => nameKey(name) === nameKey(person.name))).map(({ id }) => id)
  }
  const mine = rooms.filter(({ members }) => members.includes(me.id))
  const roomsOf = (filters: SearchQuery['in']): Set<Id> =>
    new Set(filters.flatMap(({ room }) => mine.filter((one) => (room.kind === 'direct' ? isDirectWith(one, idsOf(room.person)) : room.kind === 'id' ? one.id === room.id : one.kind !== 'dm' && nameKey(one.name) === nameKey(room.name)))).map(({ id }) => id))
  const positive = query.in.filter(({ not }) => !not)
  const wanted = positive.length === 0 ? new Set(mine.map(({ id }) => id)) : roomsOf(positive)
  const unwanted = roomsOf(query.in.filter(({ not }) => not))
  const authors = query.from.filter(({ not }) => !not).flatMap(({ person }) => idsOf(person))
  const others = query.from.filter(({ not }) => not).flatMap(({ person }) => idsOf(person))
  return (message) =>
    wanted.has(message.room) &&
    !unwanted.has(message.room) &&
    (authors.length === 0 || authors.includes(message.by)) &&
    !others.includes(message.by) &&
    message.receivedAt >= (query.since ?? 0) &&
    message.receivedAt < (query.until ?? Number.MAX_SAFE_INTEGER) &&
    query.has.every(({ what, not }) => hasIt(message, what) !== not)
}

function isDirectWith(room: CorpusRoom, people: readonly Id[]): boolean {
  return room.kind === 'dm' && room.members.some((id) => people.includes(id))
}

function hasIt(message: CorpusMessage, what: Has): boolean {
  switch (what) {
    case 'link':
    case 'code':
      return factsOf(message.text)[what]
    case 'pin':
      return message.pinned
    case 'reaction':
      return message.reaction
    case 'thread':
      return message.answers > 0
    case 'file':
      return false
  }
}
