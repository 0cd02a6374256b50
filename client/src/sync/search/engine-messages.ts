import type { SearchSort } from '@chatflow/shared/api/search'
import type { Id } from '@chatflow/shared/ids'
import type { Excerpt } from '@chatflow/shared/search/excerpt'
import type { LocalQuery } from './local-query.ts'
import type { SearchDocument } from './search-document.ts'

/** Own commands that the replicas do not show yet, laid over what is searched. */
export interface SearchLayer {
  /** Messages that are not delivered. */
  documents: SearchDocument[]
  /** Delivered messages that are changed, or deleted. */
  changes: { id: Id; text?: string; pinned?: boolean; deleted?: boolean }[]
}

/** Said to the engine. They are dealt with in order. */
export type EngineRequest =
  /** Read whatever is stored; these rooms first. */
  | { type: 'build'; rooms: readonly Id[] }
  /** This is all that a segment holds now. */
  | { type: 'put'; room: Id; segment: number; documents: SearchDocument[] }
  /** A segment has changed, and is to be read from what is stored. */
  | { type: 'reread'; room: Id; segment: number }
  | { type: 'forget'; messages: readonly Id[] }
  | { type: 'drop'; room: Id }
  | { type: 'find'; ask: number; query: LocalQuery; sort: SearchSort; limit: number; now: number; layer: SearchLayer }

/** A message that was found. */
export interface LocalHit {
  document: SearchDocument
  excerpt: Excerpt
}

/** How much of the rooms that were asked for is on this device. */
export interface Coverage {
  messages: number
  /** ms: the oldest of them; undefined where there is none. */
  since?: number
}

export type EngineAnswer =
  | { type: 'found'; ask: number; hits: LocalHit[]; more: boolean; coverage: Coverage }
  /** So many stored segments of those there are have been read. */
  | { type: 'read'; segments: number; of: number }
