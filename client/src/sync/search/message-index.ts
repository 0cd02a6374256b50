import { docName } from '@chatflow/shared/doc-names'
import type { SearchSort } from '@chatflow/shared/api/search'
import type { Id } from '@chatflow/shared/ids'
import { excerptOf } from '@chatflow/shared/search/excerpt'
import { matchText, scoreOf, type TextMatch } from '@chatflow/shared/search/match'
import type { Term } from '@chatflow/shared/search/term'
import { wordsOf } from '@chatflow/shared/search/words'
import MiniSearch, { type Query } from 'minisearch'
import type { Coverage, LocalHit, SearchLayer } from './engine-messages.ts'
import type { LocalQuery } from './local-query.ts'
import { passes } from './passes.ts'
import type { SearchDocument } from './search-document.ts'

const WORDS = 'text'
/** Of so many messages that have the words the best are found; about 100 ms. */
const BEST_OF = 2_000

/** Messages and the words that they are found by. Knows nothing of storage or of who may see what. */
export class MessageIndex {
  readonly #documents = new Map<Id, SearchDocument>()
  readonly #segments = new Map<string, { room: Id; ids: ReadonlySet<Id> }>()
  /** Once deleted, a message does not come back with an older copy of its segment. */
  readonly #forgotten = new Set<Id>()
  readonly #words = new MiniSearch<SearchDocument>({
    fields: [WORDS],
    // Both sides of a search take words apart with the same function, the query before it comes here.
    tokenize: (text) => wordsOf(text).map(({ form }) => form),
    processTerm: (form) => form,
    searchOptions: { tokenize: (form) => [form] },
  })

  /** Takes the documents in place of what was known of the segment. */
  put(room: Id, segment: number, documents: readonly SearchDocument[]): void {
    const key = docName.log(room, segment)
    const ids = new Set<Id>()
    for (const document of documents) {
      if (this.#forgotten.has(document.id)) continue
      ids.add(document.id)
      this.#put(document)
    }
    for (const id of this.#segments.get(key)?.ids ?? []) if (!ids.has(id)) this.#remove(id)
    this.#segments.set(key, { room, ids })
  }

  /** Every word that something is found by. */
  get words(): string[] {
    return this.#words.toJSON().index.map(([word]) => word)
  }

  /** Deleted messages. */
  forget(ids: readonly Id[]): void {
    for (const id of ids) {
      this.#forgotten.add(id)
      this.#remove(id)
    }
  }

  drop(room: Id): void {
    for (const [key, segment] of this.#segments) {
      if (segment.room !== room) continue
      this.#segments.delete(key)
      for (const id of segment.ids) this.#remove(id)
    }
  }

  /** `now`: ms, for how fresh a message is. */
  find(query: LocalQuery, { sort, limit, now }: { sort: SearchSort; limit: number; now: number }, layer: SearchLayer): { hits: LocalHit[]; more: boolean; coverage: Coverage } {
    const rooms = new Set<string>(query.rooms)
    const changed = new Set(layer.changes.map(({ id }) => id))
    const candidates = [...layer.documents.filter(({ id }) => !this.#documents.has(id)), ...this.#changed(layer)].map((document) => ({ document, rank: Number.POSITIVE_INFINITY }))
    for (const [id, rank] of this.#candidates(query.terms)) {
      const document = changed.has(id) ? undefined : this.#documents.get(id)
      if (document !== undefined) candidates.push({ document, rank })
    }
    // Where more answer than can be looked at, the index says which of them promise most, as the database does on the server.
    const inOrder = candidates
      .filter(({ document }) => passes(document, query, rooms))
      .sort((a, b) => (sort === 'best' && a.rank !== b.rank ? b.rank - a.rank : compareTime(a.document, b.document)))
    const wanted = sort === 'best' ? BEST_OF : limit + 1
    const found: { document: SearchDocument; match: TextMatch }[] = []
    for (const { document } of inOrder) {
      const match = matchText(query.terms, document.text)
      if (match !== undefined) found.push({ document, match })
      if (found.length === wanted) break
    }
    if (sort === 'best') {
      const score = ({ document, match }: (typeof found)[number]) => scoreOf(match.quality, now - document.at)
      found.sort((a, b) => score(b) - score(a) || compareTime(a.document, b.document))
    }
    const hits = found.slice(0, limit).map(({ document, match }) => ({ document, excerpt: excerptOf(document.text, match.ranges) }))
    return { hits, more: found.length > limit, coverage: this.#coverage(rooms) }
  }

  #put(document: SearchDocument): void {
    const known = this.#documents.get(document.id)
    this.#documents.set(document.id, document)
    if (known?.text === document.text) return
    if (known !== undefined) this.#words.remove(known)
    this.#words.add(document)
  }

  #remove(id: Id): void {
    const known = this.#documents.get(id)
    if (known === undefined) return
    // With its words, at once: `discard` would leave them until some later search.
    this.#words.remove(known)
    this.#documents.delete(id)
  }

  /** Messages that have the words, and how much they promise; of words in a row the index knows that they are there, not where. Without words: all, equally. */
  #candidates(terms: readonly Term[]): Map<Id, number> {
    let found: Map<Id, number> | undefined
    for (const term of terms) {
      if (term.not) continue
      const having = this.#having(term)
      if (found === undefined) {
        found = having
        continue
      }
      for (const [id, rank] of found) {
        const more = having.get(id)
        if (more === undefined) found.delete(id)
        else found.set(id, rank + more)
      }
    }
    return found ?? new Map([...this.#documents.keys()].map((id) => [id, 0]))
  }

  #having({ slots, together, prefix }: Term): Map<Id, number> {
    const last = slots.length - 1
    const inOrder: Query = { combineWith: 'AND', queries: slots.map((forms, i) => ({ combineWith: 'OR', prefix: prefix && i === last, queries: forms })) }
    const asOne: Query[] = together.length === 0 ? [] : [{ combineWith: 'OR', prefix, queries: together }]
    return new Map(this.#words.search({ combineWith: 'OR', queries: [inOrder, ...asOne] }).map(({ id, score }) => [id as Id, score]))
  }

  #changed({ changes }: SearchLayer): SearchDocument[] {
    return changes.flatMap(({ id, text, pinned, deleted }) => {
      const known = this.#documents.get(id)
      return known === undefined || deleted === true ? [] : [{ ...known, text: text ?? known.text, pinned: pinned ?? known.pinned }]
    })
  }

  #coverage(rooms: ReadonlySet<string>): Coverage {
    let messages = 0
    let since: number | undefined
    for (const { room, at } of this.#documents.values()) {
      if (!rooms.has(room)) continue
      messages += 1
      if (since === undefined || at < since) since = at
    }
    return { messages, ...(since === undefined ? {} : { since }) }
  }
}

/** The newest first; of one room by its order, which does not depend on clocks. */
function compareTime(a: SearchDocument, b: SearchDocument): number {
  if (a.room === b.room && a.seq !== undefined && b.seq !== undefined) return b.seq - a.seq
  return b.at - a.at || (a.room < b.room ? 1 : a.room > b.room ? -1 : 0) || (a.id < b.id ? 1 : -1)
}
