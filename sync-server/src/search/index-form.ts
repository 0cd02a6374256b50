import type { Id } from '@chatflow/shared/ids'
import { factsOf, type Has } from '@chatflow/shared/search/has'
import type { Term } from '@chatflow/shared/search/term'
import { wordsOf } from '@chatflow/shared/search/words'

/**
 * How words stand in the index: each behind four characters for its room, so that the words of other rooms are never read. Two rooms may share them,
 * which costs a look at rows and nothing else. Behind `@` and `=` come the author and what the text has; no word holds these two.
 */
export const INDEXED_FACTS = ['link', 'code'] as const satisfies readonly Has[]
export type IndexedFact = (typeof INDEXED_FACTS)[number]

export interface Indexed {
  room_id: Id
  seq: number
  by_user: Id
  received_at: number
  text: string
}

/** A `tsvector` holds 1 MB, and some texts have forms that are many times as long as they are: what comes behind this, bytes, is not found by its words. */
const MOST_BYTES = 500_000
/** Of a form, besides its characters: the key of the room, where it ends, how many places it has. */
const BYTES_OF_FORM = 8
const BYTES_OF_PLACE = 2

/** The row of `message_words` of a message, its words as the text of a `tsvector`. */
export function indexRow({ room_id, seq, by_user, received_at, text }: Indexed): { room_id: Id; seq: number; by_user: Id; received_at: number; words: string } {
  const room = keyOf(room_id)
  const places = new Map<string, Set<number>>()
  let bytes = 0
  for (const { form, at } of wordsOf(text)) {
    const known = places.get(form)
    bytes += BYTES_OF_PLACE + (known === undefined ? BYTES_OF_FORM + Buffer.byteLength(form) : 0)
    if (bytes > MOST_BYTES) break
    if (known === undefined) places.set(form, new Set([at + 1]))
    else known.add(at + 1)
  }
  const words = [...places].map(([form, at]) => `${quoted(room + form)}:${[...at].join(',')}`)
  const facts = factsOf(text)
  for (const fact of INDEXED_FACTS) if (facts[fact]) words.push(quoted(`${room}=${fact}`))
  words.push(quoted(`${room}@${keyOf(by_user)}`))
  return { room_id, seq, by_user, received_at, words: words.join(' ') }
}

/** What a search asks of the index, the same in every room. */
export interface Asked {
  terms: readonly Term[]
  /** One of these people. */
  authors: readonly Id[]
  facts: readonly IndexedFact[]
}

/** The text of the `tsquery` that all of `asked` must match in a room; undefined: it asks for nothing. */
export function allOf({ terms, authors, facts }: Asked, room: Id): string | undefined {
  const key = keyOf(room)
  const parts = terms.map((term) => termQuery(term, key, term.prefix))
  for (const fact of facts) parts.push(quoted(`${key}=${fact}`))
  if (authors.length > 0) parts.push(`(${authors.map((author) => quoted(`${key}@${keyOf(author)}`)).join('|')})`)
  return parts.length === 0 ? undefined : parts.join('&')
}

/** The same for words alone, without longer words that begin with them. */
export function exactly(terms: readonly Term[], room: Id): string | undefined {
  return terms.length === 0 ? undefined : terms.map((term) => termQuery(term, keyOf(room), false)).join('&')
}

/** What none of may be in a message of the room. */
export function anyOf({ terms, facts }: Pick<Asked, 'terms' | 'facts'>, room: Id): string | undefined {
  const key = keyOf(room)
  const parts = [...terms.map((term) => termQuery(term, key, false)), ...facts.map((fact) => quoted(`${key}=${fact}`))]
  return parts.length === 0 ? undefined : parts.join('|')
}

function termQuery({ slots, together }: Term, room: string, prefix: boolean): string {
  const forms = (words: readonly string[], beginning: boolean) => `(${words.map((word) => quoted(room + word) + (beginning ? ':*' : '')).join('|')})`
  const phrase = slots.map((words, index) => forms(words, prefix && index === slots.length - 1)).join('<->')
  return together.length === 0 ? `(${phrase})` : `((${phrase})|${forms(together, prefix)})`
}

/** Four characters for an id: of its random end. */
function keyOf(id: Id): string {
  return Buffer.from(id.slice(-6), 'hex').toString('base64url')
}

/** As a lexeme, whatever is in it: nothing that was typed is ever an operator. */
function quoted(word: string): string {
  return `'${word.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
}
