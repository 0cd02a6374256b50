import { isId, type Id } from '../ids.ts'
import { LIMITS } from '../limits.ts'
import { spanOf } from './days.ts'
import { hasOf, type Has } from './has.ts'
import { type Term, termOf } from './term.ts'

/** A place in the query as it was typed, UTF-16 code units. */
export interface Place {
  at: number
  length: number
}

/** Whom somebody means: oneself, an id, or a username or display name. */
export type PersonRef = { kind: 'me' } | { kind: 'id'; id: Id } | { kind: 'name'; name: string }

/** Which rooms somebody means: one by id, those of a name, or direct conversations with a person. */
export type RoomRef = { kind: 'id'; id: Id } | { kind: 'name'; name: string } | { kind: 'direct'; person: PersonRef }

interface Filter extends Place {
  /** It is not to be so. */
  not: boolean
}

export interface SearchQuery {
  /** All must be found, those with `not` must not. */
  terms: Term[]
  /** One of those without `not`, if there are any; none of those with it. The same for `in`. */
  from: (Filter & { person: PersonRef })[]
  in: (Filter & { room: RoomRef })[]
  /** All of them. */
  has: (Filter & { what: Has })[]
  /** Committed at or after, and before, ms. */
  since: number | undefined
  until: number | undefined
}

/** Why a query cannot be understood. The last two are for whoever knows people and rooms. */
export const QUERY_FAULTS = [
  'empty', 'too_long', 'too_many_terms', 'quote_open', 'value_missing', 'date_invalid', 'has_unknown', 'cannot_be_negated', 'only_negations', 'person_unknown', 'room_unknown',
] as const
export type QueryFault = (typeof QUERY_FAULTS)[number]

/** What the problem `search_query_invalid` carries besides: which part of the query is wrong, and why. */
export interface QueryProblem extends Place {
  reason: QueryFault
}

export type ParsedQuery = { ok: true; query: SearchQuery } | ({ ok: false } & QueryProblem)

/** Who asks, for what `today` means. `timeZone`: an IANA name, see `isTimeZone`. */
export interface QueryContext {
  now: number
  timeZone: string
}

const OPERATOR = /^(from|in|before|after|on|has):/i
const QUOTES = '"“”„«»'

/**
 * Takes a query apart (docs/PROTOCOL.md "Search"). `https://…`, `10:30` and `foo:bar` are text, and so is whatever stands in quotes. A query that cannot be
 * understood tells the place of what is wrong.
 */
export function parseQuery(text: string, context: QueryContext): ParsedQuery {
  if (text.length > LIMITS.searchQuery) return fault('too_long', LIMITS.searchQuery, text.length - LIMITS.searchQuery)
  const query: SearchQuery = { terms: [], from: [], in: [], has: [], since: undefined, until: undefined }
  const items = itemsOf(text)
  if (!Array.isArray(items)) return items
  const last = items.findLast(({ operator }) => operator === undefined)
  let words = 0
  for (const [index, item] of items.entries()) {
    if (item.operator === undefined) {
      const term = termOf(item, item === last)
      // Punctuation by itself asks for nothing.
      if (term === undefined) continue
      if (!query.terms.some((other) => isSame(other, term))) query.terms.push(term)
      words += term.slots.length
    } else {
      const problem = addFilter(query, item, item.operator, context)
      if (problem !== undefined) return problem
    }
    if (index >= LIMITS.searchTerms || words > LIMITS.searchWords) return fault('too_many_terms', item.at, text.length - item.at)
  }
  const filters = [...query.from, ...query.in, ...query.has]
  const isDated = query.since !== undefined || query.until !== undefined
  if (query.terms.length + filters.length === 0 && !isDated) return fault('empty', 0, text.length)
  if (!isDated && [...query.terms, ...filters].every(({ not }) => not)) return fault('only_negations', 0, text.length)
  return { ok: true, query }
}

/** They ask for the same: whoever types a word twice means it once. */
function isSame(a: Term, b: Term): boolean {
  return a.not === b.not && a.prefix === b.prefix && JSON.stringify([a.slots, a.together]) === JSON.stringify([b.slots, b.together])
}

interface Item extends Place {
  not: boolean
  /** `from`, `in` ...; undefined: words. */
  operator: string | undefined
  /** Without dash, operator and quotes. */
  value: string
  quoted: boolean
}

/** The parts of a query between spaces; quotes hold together what stands in them. */
function itemsOf(text: string): Item[] | (ParsedQuery & { ok: false }) {
  const items: Item[] = []
  let at = 0
  while (at < text.length) {
    if (/\s/.test(text[at] ?? '')) {
      at++
      continue
    }
    const start = at
    // One dash takes away; `--force` is a word.
    const not = /^-[^\s-]/.test(text.slice(at, at + 2))
    if (not) at++
    const operator = OPERATOR.exec(text.slice(at))?.[1]
    if (operator !== undefined) at += operator.length + 1
    // In a name, `@` and `#` may stand before the quotes.
    const sign = operator !== undefined && /^[@#]/.test(text.slice(at, at + 1)) ? text.slice(at, at + 1) : ''
    const open = at + sign.length
    const quoted = QUOTES.includes(text[open] ?? ' ')
    let value: string
    if (quoted) {
      const close = indexOfQuote(text, open + 1)
      if (close === -1) return fault('quote_open', open, text.length - open)
      value = sign + text.slice(open + 1, close)
      at = close + 1
    } else {
      const end = /\s|$/.exec(text.slice(at))?.index ?? 0
      value = text.slice(at, at + end)
      at += end
    }
    items.push({ at: start, length: at - start, not, operator: operator?.toLowerCase(), value, quoted })
  }
  return items
}

function indexOfQuote(text: string, from: number): number {
  for (let at = from; at < text.length; at++) if (QUOTES.includes(text[at] ?? ' ')) return at
  return -1
}

function addFilter(query: SearchQuery, item: Item, operator: string, { now, timeZone }: QueryContext): ParsedQuery | undefined {
  const { at, length, not } = item
  const value = item.value.trim()
  if (value === '' || value === '@' || value === '#') return fault('value_missing', at, length)
  if (operator === 'from') query.from.push({ at, length, not, person: personOf(value) })
  else if (operator === 'in') query.in.push({ at, length, not, room: roomOf(value) })
  else if (operator === 'has') {
    const what = hasOf(value)
    if (what === undefined) return fault('has_unknown', at, length)
    query.has.push({ at, length, not, what })
  } else {
    if (not) return fault('cannot_be_negated', at, length)
    const span = spanOf(value, now, timeZone)
    if (span === undefined) return fault('date_invalid', at, length)
    if (operator !== 'before') query.since = Math.max(query.since ?? 0, operator === 'on' ? span.from : span.until)
    if (operator !== 'after') query.until = Math.min(query.until ?? Number.MAX_SAFE_INTEGER, operator === 'on' ? span.until : span.from)
  }
  return undefined
}

function personOf(value: string): PersonRef {
  const name = value.replace(/^@/, '')
  if (value.toLowerCase() === 'me') return { kind: 'me' }
  return isId(name) ? { kind: 'id', id: name } : { kind: 'name', name }
}

function roomOf(value: string): RoomRef {
  if (value.startsWith('@')) return { kind: 'direct', person: personOf(value) }
  const name = value.replace(/^#/, '')
  return isId(name) ? { kind: 'id', id: name } : { kind: 'name', name }
}

function fault(reason: QueryFault, at: number, length: number): { ok: false } & QueryProblem {
  return { ok: false, reason, at, length }
}
