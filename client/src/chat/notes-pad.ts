import type { Id } from '@chatflow/shared/ids'
import type { XmlFragment } from 'yjs'

/** Somebody else who has the notes open. `cursor`: as their client says it, for the editor to read with care. */
export interface NotesPeerView {
  /** Of their window. */
  key: number
  id: Id
  name: string
  cursor: unknown
}

/**
 * The one door through which an editor gets at notes: the text that it shares with others, and where everyone is in it. Which connection and which
 * storage are behind it is none of its business. The same object as long as the notes stay open.
 */
export interface NotesPad {
  readonly fragment: XmlFragment
  /** Says where the person's selection is; undefined: nowhere. */
  setCursor(cursor: unknown): void
  peers(): NotesPeerView[]
  onPeers(listener: () => void): () => void
}
