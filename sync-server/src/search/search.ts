import type { Database, Queryable } from '@chatflow/database'
import type { SearchPage, SearchResult, SearchSort } from '@chatflow/shared/api/search'
import { CodedError, ExtendedError } from '@chatflow/shared/errors'
import type { Id } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'
import { excerptOf } from '@chatflow/shared/search/excerpt'
import { parseQuery } from '@chatflow/shared/search/query'
import { toPerson } from '../documents/log-content.ts'
import type { UserRow } from '../sequencer/rows.ts'
import { type Cursor, writeCursor } from './cursor.ts'
import { findMessages } from './find-messages.ts'
import { byScore, type Hit, placeOf, readHits } from './rank.ts'
import { resolve, type Searcher } from './resolve.ts'

export interface SearchRequest {
  q: string
  sort: SearchSort
  before: Cursor | undefined
  limit: number
  timeZone: string
}

/** A search is given up after this, ms: it is an answer that somebody waits for. */
const WITHIN_MS = 3_000

/** Messages of the searcher's rooms, by a query of docs/PROTOCOL.md "Search". Throws `search_query_invalid` and `search_too_slow`. */
export async function search(db: Database, searcher: Searcher, request: SearchRequest, now: number): Promise<SearchPage> {
  const { q: text, before, limit, timeZone } = request
  const parsed = parseQuery(text, { now, timeZone })
  if (!parsed.ok) throw new ExtendedError('search_query_invalid', { at: parsed.at, length: parsed.length, reason: parsed.reason })
  const { query } = parsed
  // Without words none answers better than another.
  const isBest = (before?.sort ?? request.sort) === 'best' && query.terms.some(({ not }) => !not)
  const asOf = before?.sort === 'best' ? before.asOf : now
  const found = await inTime(db, async (q) => {
    const scope = await resolve(q, searcher, query)
    const after = before?.sort === 'new' ? before : undefined
    const messages = await findMessages(q, isBest ? { query, scope, order: 'best', limit: LIMITS.searchBest, asOf } : { query, scope, order: 'new', limit: limit + 1, after })
    return { messages, complete: scope.rooms.every((room) => room.indexed_to >= room.head) }
  })
  let hits = await readHits(isBest ? found.messages : found.messages.slice(0, limit), query.terms, asOf)
  let more = found.messages.length > limit
  if (isBest) {
    hits = hits.sort((a, b) => byScore(placeOf(a), placeOf(b)))
    if (before?.sort === 'best') hits = hits.filter((hit) => byScore(before, placeOf(hit)) < 0)
    more = hits.length > limit
    hits = hits.slice(0, limit)
  }
  const last = hits.at(-1)
  const next = more && last ? writeCursor(isBest ? { sort: 'best', asOf, ...placeOf(last) } : { sort: 'new', ...placeOf(last) }) : undefined
  return { results: hits.map(toResult), people: await peopleOf(db, hits), ...(next === undefined ? {} : { next }), complete: found.complete }
}

/** Reads only, and not for long: the database ends what takes longer, so that a search never keeps a connection from those who write. */
async function inTime<T>(db: Database, read: (q: Queryable) => Promise<T>): Promise<T> {
  const until = performance.now() + WITHIN_MS
  try {
    return await db.tx(async (q) => {
      // Statistics know nothing of words with the key of a room, so the planner would rather read everything; and what it then takes for dear, it would compile for half a second.
      await q.query(`set transaction read only; set local enable_seqscan = off; set local jit = off`)
      return read({
        query: async <R extends object>(text: string, values?: readonly unknown[]) => {
          const left = Math.ceil(until - performance.now())
          if (left <= 0) throw tooSlow()
          await q.query(`set local statement_timeout = ${left}`)
          return q.query<R>(text, values)
        },
      })
    })
  } catch (error) {
    if ((error as { code?: unknown } | null)?.code === '57014') throw tooSlow()
    throw error
  }
}

function tooSlow(): CodedError {
  return new CodedError('search_too_slow', undefined, 5)
}

function toResult({ message, match }: Hit): SearchResult {
  const { room_id: room, seq, id, by_user: by, sent_at: sentAt, received_at: receivedAt, edited_at: editedAt } = message
  return { room, seq, id, by, sentAt, receivedAt, ...(editedAt === null ? {} : { editedAt }), ...excerptOf(message.text, match.ranges) }
}

async function peopleOf(db: Database, hits: readonly Hit[]): Promise<SearchPage['people']> {
  if (hits.length === 0) return {}
  const authors = [...new Set(hits.map(({ message }) => message.by_user))]
  const { rows } = await db.query<Pick<UserRow, 'username' | 'display_name' | 'avatar'> & { id: Id }>('select id, username, display_name, avatar from users where id = any($1::uuid[])', [authors])
  return Object.fromEntries(rows.map((row) => [row.id, toPerson(row)]))
}
