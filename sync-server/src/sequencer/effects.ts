import type { Id } from '@chatflow/shared/ids'
import type { MessageRow, ReactionRow, UserRow } from './rows.ts'

/** A new message, or one that an edit has name somebody. */
export interface Said {
  seq: number
  /** Of an edit: whom it names that were not named before; ids, and 'everyone'. */
  anew?: string[]
}

/** What a committed batch has changed: what the documents need to follow. Always *after* the commit. */
export interface Effects {
  room?: {
    id: Id
    head: number
    rev: number
    /** The rev at which messages or reactions last changed. */
    logRev: number
    messages: MessageRow[]
    reactions: ReactionRow[]
    /** Whom the changed messages show, as far as they are not in the segment already. */
    people: UserRow[]
    /** The room's own document differs (name, members, pins, receipts). */
    document: boolean
    /** Somebody joined, left or was removed. */
    members: boolean
    /** Users whom a new message of this batch mentions. */
    mentioned: Id[]
    /** A new message mentions everyone. */
    mentionsAll: boolean
    /** What somebody may have to be told of. */
    said: Said[]
  }
  /** Users whose own document differs. */
  users: Id[]
  /** What the user shows to others has changed. */
  hides?: { user: Id; presence: boolean }
}
