import type { Entry, RoomEvent } from '@chatflow/shared/entry'
import type { Id } from '@chatflow/shared/ids'
import type { GlobalRole, RoomKind, RoomRole } from '@chatflow/shared/roles'

/** Rows as the database gives them. Columns in the spelling of the database, so that a row can be followed from SQL to here. */
export interface RoomRow {
  id: Id
  kind: RoomKind
  name: string
  topic: string
  created_by: Id
  created_at: number
  archived_at: number | null
  head: number
  rev: number
  document_rev: number
  floor: number
  last_received_at: number
  member_count: number
}

export interface MemberRow {
  user_id: Id
  role: RoomRole
  joined_at: number
  hidden: boolean
}

/** What the sync-server reads of auth-server's `users`. */
export interface UserRow {
  id: Id
  /** Null for those who cannot be named: guests, bots, deleted accounts. */
  username: string | null
  display_name: string
  avatar: string | null
  role: GlobalRole
  disabled_at: number | null
}

export interface MessageRow {
  room_id: Id
  seq: number
  id: Id
  rev: number
  by_user: Id
  sent_at: number
  received_at: number
  text: string
  reply_to: Id | null
  files: { id: Id }[] | null
  mentions: Id[] | null
  pinned: boolean
  edited_at: number | null
  deleted: boolean
  event: RoomEvent | null
}

export interface ReactionRow {
  seq: number
  emoji: string
  user_id: Id
  rev: number
  active: boolean
}

export interface CommandRow {
  id: Id
  user_id: Id
  attempt: number
  accepted: boolean
  seq: number | null
  code: string | null
}

/** The entry that a message row is shown as; fields without a value are left out. Always in the same key order. */
export function toEntry(row: MessageRow): Entry {
  return {
    seq: row.seq,
    id: row.id,
    rev: row.rev,
    by: row.by_user,
    sentAt: row.sent_at,
    receivedAt: row.received_at,
    text: row.text,
    ...(row.reply_to === null ? {} : { replyTo: row.reply_to }),
    ...(row.files === null ? {} : { files: row.files }),
    ...(row.mentions === null ? {} : { mentions: row.mentions }),
    ...(row.pinned ? { pinned: true } : {}),
    ...(row.edited_at === null ? {} : { editedAt: row.edited_at }),
    ...(row.deleted ? { deleted: true } : {}),
    ...(row.event === null ? {} : { event: row.event }),
  }
}
