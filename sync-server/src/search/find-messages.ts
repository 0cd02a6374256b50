import type { Queryable } from '@chatflow/database'
import type { Id } from '@chatflow/shared/ids'
import type { Has } from '@chatflow/shared/search/has'
import type { SearchQuery } from '@chatflow/shared/search/query'
import type { Cursor } from './cursor.ts'
import { allOf, anyOf, type Asked, exactly, INDEXED_FACTS, type IndexedFact } from './index-form.ts'
import type { Scope } from './resolve.ts'

export interface FoundMessage {
  room_id: Id
  seq: number
  id: Id
  by_user: Id
  sent_at: number
  received_at: number
  edited_at: number | null
  text: string
}

export interface Find {
  query: SearchQuery
  scope: Scope
  order: 'new' | 'best'
  limit: number
  /** Not after this, ms. */
  asOf?: number | undefined
  after?: Extract<Cursor, { sort: 'new' }> | undefined
}

/** What is asked of rows, since it changes without the text. `m` is the message. */
const OF_ROWS: Record<Exclude<Has, IndexedFact>, string> = {
  file: "m.files is not null and jsonb_array_length(m.files) > 0",
  pin: 'm.pinned',
  thread: 'm.answers > 0',
  reaction: 'exists (select 1 from reactions x where x.room_id = m.room_id and x.seq = m.seq and x.active)',
}

/**
 * The messages that a query finds: the newest, or those that may be the best by the database's own measure. Room by room, each by its own words in the index, so that
 * what others say elsewhere costs nothing. The statement is put together of fixed parts; whatever was typed is a parameter.
 */
export async function findMessages(q: Queryable, { query, scope, order, limit, asOf, after }: Find): Promise<FoundMessage[]> {
  if (scope.rooms.length === 0) return []
  const values: unknown[] = []
  const value = (one: unknown): string => `$${values.push(one)}`
  const yes = askedOf(query, false, scope.authors)
  const no = askedOf(query, true, [])
  const columns = {
    id: scope.rooms.map(({ id }) => id),
    floor: scope.rooms.map(({ floor }) => floor),
    asked: scope.rooms.map(({ id }) => allOf(yes, id) ?? null),
    ranked: scope.rooms.map(({ id }) => allOf({ ...yes, authors: [], facts: [] }, id) ?? null),
    exact: scope.rooms.map(({ id }) => exactly(yes.terms, id) ?? null),
    refused: scope.rooms.map(({ id }) => anyOf(no, id) ?? null),
  }
  const rooms = `unnest(${value(columns.id)}::uuid[], ${value(columns.floor)}::bigint[], ${value(columns.asked)}::text[], ${value(columns.ranked)}::text[], ${value(columns.exact)}::text[], ${value(columns.refused)}::text[])`
  const where = ['w.room_id = r.id', 'w.seq > r.floor']
  if (columns.asked[0] !== null) where.push('w.words @@ r.asked::tsquery')
  if (columns.refused[0] !== null) where.push('not w.words @@ r.refused::tsquery')
  if (scope.authors.length > 0) where.push(`w.by_user = any(${value(scope.authors)}::uuid[])`)
  if (scope.notAuthors.length > 0) where.push(`w.by_user <> all(${value(scope.notAuthors)}::uuid[])`)
  if (query.since !== undefined) where.push(`w.received_at >= ${value(query.since)}`)
  if (query.until !== undefined) where.push(`w.received_at < ${value(query.until)}`)
  if (asOf !== undefined) where.push(`w.received_at <= ${value(asOf)}`)
  if (after !== undefined) where.push(`(w.received_at, w.room_id, w.seq) < (${value(after.receivedAt)}::bigint, ${value(after.room)}::uuid, ${value(after.seq)}::bigint)`)
  for (const { what, not } of query.has) {
    if (isIndexed(what)) continue
    where.push(`${not ? 'not ' : ''}exists (select 1 from messages m where m.room_id = w.room_id and m.seq = w.seq and ${OF_ROWS[what]})`)
  }
  // Where no word may be the beginning of a longer one, all are exact.
  const exact = order === 'best' && yes.terms.some(({ prefix }) => prefix) ? '(w.words @@ r.exact::tsquery)::int' : '1'
  const rank = order === 'best' ? 'ts_rank_cd(w.words, r.ranked::tsquery, 1)' : '0'
  // Within a room the seq goes with the time, so that without words its primary key is read from its end.
  const inRoom = order === 'best' ? 'exact desc, rank desc, w.seq desc' : 'w.seq desc'
  const overall = (hit: string) => `${hit}.exact desc, ${hit}.rank desc, ${hit}.received_at desc, ${hit}.room_id desc, ${hit}.seq desc`
  const { rows } = await q.query<FoundMessage>(
    `with hits as (
       select x.* from ${rooms} as r(id, floor, asked, ranked, exact, refused)
        cross join lateral (
          select w.room_id, w.seq, w.received_at, ${exact} as exact, ${rank} as rank from message_words w where ${where.join(' and ')} order by ${inRoom} limit ${value(limit)}
        ) x
        order by ${overall('x')} limit ${value(limit)}
     )
     select m.room_id, m.seq, m.id, m.by_user, m.sent_at, m.received_at, m.edited_at, m.text from hits h join messages m on m.room_id = h.room_id and m.seq = h.seq
      where not m.deleted order by ${overall('h')}`,
    values,
  )
  return rows
}

function askedOf({ terms, has }: SearchQuery, not: boolean, authors: readonly Id[]): Asked {
  const facts = has.filter((filter) => filter.not === not).map(({ what }) => what).filter(isIndexed)
  return { terms: terms.filter((term) => term.not === not), authors, facts: [...new Set(facts)] }
}

function isIndexed(what: Has): what is IndexedFact {
  return INDEXED_FACTS.some((fact) => fact === what)
}
