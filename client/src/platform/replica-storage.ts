import type { Doc } from 'yjs'

/** The stored side of one replica. Nothing here rejects: what it holds can be fetched again. */
export interface StoredReplica {
  /** Resolves once what was stored is in the document, or storing has failed or taken too long. Never hangs. */
  loaded: Promise<void>
  /** Rewrites what is stored as the present state, so that nothing deleted stays on disk. */
  compact(): Promise<void>
  /** Puts the state of another document in the place of what is stored, and stores that document from then on. */
  replace(fresh: Doc): Promise<StoredReplica>
  /** Stops storing. */
  close(): Promise<void>
}

/** Local copies of documents that a server can always give again. */
export interface ReplicaStorage {
  open(name: string, doc: Doc): StoredReplica
  /** What is stored of a document, as updates, without opening it; empty if nothing is, and it then does not come into being. */
  read(name: string): Promise<Uint8Array[]>
  /** Deletes what is stored of a document. */
  remove(name: string): Promise<void>
  list(): Promise<string[]>
  wipe(): Promise<void>
}
