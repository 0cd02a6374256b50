import type { Entry, Preview, RoomEvent } from '@chatflow/shared/entry'
import type { Id } from '@chatflow/shared/ids'
import type { ReportOutcome, ReportReason } from '@chatflow/shared/reports'
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
  log_rev: number
  /** The rev at which a message was last deleted. */
  erased_rev: number
  floor: number
  /** Up to here all messages can be searched. */
  indexed_to: number
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

/** The same for who acts. */
export interface ActorRow extends UserRow {
  email_verified_at: number | null
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
  /** Where the answered message stands. */
  reply_seq: number | null
  /** The message that the conversation began with; null: this one answers nothing. */
  root: Id | null
  root_seq: number | null
  /** Of a beginning: its answers that are not deleted, and when the last of them came. */
  answers: number
  answered_at: number | null
  files: { id: Id }[] | null
  mentions: Id[] | null
  mentions_room: boolean
  previews: Preview[] | null
  /** Links whose preview the author has taken away. */
  previews_off: string[] | null
  pinned: boolean
  edited_at: number | null
  deleted: boolean
  /** Null: not deleted, or by its author. */
  deleted_by: Id | null
  event: RoomEvent | null
}

export interface ReactionRow {
  seq: number
  emoji: string
  user_id: Id
  rev: number
  active: boolean
}

export interface BanRow {
  user_id: Id
  by_user: Id
  reason: string | null
}

export interface ReportRow {
  id: Id
  seq: number
  message_id: Id
  author: Id
  reporter: Id
  reason: ReportReason
  note: string | null
  at: number
  /** Null while it is open. */
  outcome: ReportOutcome | null
  resolved_by: Id | null
  resolved_at: number | null
  resolution: string | null
}

export interface CommandRow {
  id: Id
  user_id: Id
  attempt: number
  accepted: boolean
  seq: number | null
  code: string | null
}

/** Whom these messages show: their authors, and who deleted one of another. */
export function peopleOf(rows: Iterable<MessageRow>): Set<Id> {
  return new Set([...rows].flatMap((row) => (row.deleted_by === null ? [row.by_user] : [row.by_user, row.deleted_by])))
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
    ...(row.reply_seq === null ? {} : { replySeq: row.reply_seq }),
    ...(row.root === null || row.root_seq === null || row.root === row.reply_to ? {} : { root: row.root, rootSeq: row.root_seq }),
    ...(row.answers > 0 && row.answered_at !== null ? { answers: { count: row.answers, at: row.answered_at } } : {}),
    ...(row.files === null ? {} : { files: row.files }),
    ...(row.mentions === null ? {} : { mentions: row.mentions }),
    ...(row.mentions_room ? { mentionsRoom: true } : {}),
    ...(row.previews === null ? {} : { previews: row.previews.map(toPreview) }),
    ...(row.pinned ? { pinned: true } : {}),
    ...(row.edited_at === null ? {} : { editedAt: row.edited_at }),
    ...(row.deleted ? { deleted: true } : {}),
    ...(row.deleted_by === null ? {} : { deletedBy: row.deleted_by }),
    ...(row.event === null ? {} : { event: row.event }),
  }
}

/** With its fields in one order: jsonb has one of its own. */
function toPreview({ url, title, description, site, image }: Preview): Preview {
  return { url, title, ...(description === undefined ? {} : { description }), ...(site === undefined ? {} : { site }), ...(image === undefined ? {} : { image }) }
}
