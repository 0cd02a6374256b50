import { factsOf, type Has } from '@chatflow/shared/search/has'
import type { LocalQuery } from './local-query.ts'
import type { SearchDocument } from './search-document.ts'

/** Everything that a query asks for but words: who, where, when, and what a message has. */
export function passes(document: SearchDocument, query: LocalQuery, rooms: ReadonlySet<string>): boolean {
  const { by, at, room } = document
  if (!rooms.has(room) || (query.from !== undefined && !query.from.includes(by)) || query.notFrom.includes(by)) return false
  if ((query.since !== undefined && at < query.since) || (query.until !== undefined && at >= query.until)) return false
  return query.has.every(({ what, not }) => has(document, what) !== not)
}

function has(document: SearchDocument, what: Has): boolean {
  switch (what) {
    case 'link':
    case 'code':
      return factsOf(document.text)[what]
    case 'file':
      return document.files
    case 'reaction':
      return document.reacted
    case 'pin':
      return document.pinned
    case 'thread':
      return document.thread
  }
}
