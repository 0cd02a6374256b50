import { parseReactionKey, type Entry } from '@chatflow/shared/entry'
import type { Id } from '@chatflow/shared/ids'
import type * as Y from 'yjs'

/** What of a message is searched, and shown of a hit. */
export interface SearchDocument {
  id: Id
  room: Id
  /** Undefined: written here, and not delivered. */
  seq?: number
  by: Id
  /** ms: when it was committed, or entered on this device. */
  at: number
  text: string
  files: boolean
  reacted: boolean
  pinned: boolean
  /** It has answers. */
  thread: boolean
}

/** What of an entry is searched; undefined for what nobody wrote, and for what is deleted. */
export function documentOf(room: Id, entry: Entry, reacted: boolean): SearchDocument | undefined {
  if (entry.deleted === true || entry.event !== undefined) return undefined
  return {
    id: entry.id,
    room,
    seq: entry.seq,
    by: entry.by,
    at: entry.receivedAt,
    text: entry.text,
    files: (entry.files?.length ?? 0) > 0,
    reacted: reacted || Object.values(entry.counts ?? {}).some((count) => count > 0),
    pinned: entry.pinned === true,
    thread: (entry.answers?.count ?? 0) > 0,
  }
}

/** Everything in a log segment that is searched. */
export function documentsIn(room: Id, doc: Y.Doc): SearchDocument[] {
  const reacted = new Set<number>()
  for (const key of doc.getMap('reactions').keys()) {
    const reaction = parseReactionKey(key)
    if (reaction) reacted.add(reaction.seq)
  }
  const documents: SearchDocument[] = []
  for (const value of doc.getMap('log').values()) {
    const entry = asEntry(value)
    const document = entry && documentOf(room, entry, reacted.has(entry.seq))
    if (document) documents.push(document)
  }
  return documents
}

function asEntry(value: unknown): Entry | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const entry = value as Partial<Entry>
  return typeof entry.seq === 'number' && typeof entry.id === 'string' && typeof entry.text === 'string' ? (value as Entry) : undefined
}
