import type { Id } from './ids.ts'
import type { RoomKind, RoomRole } from './roles.ts'

/** What happened, for entries that nobody typed. */
export type RoomEvent =
  | { type: 'created' }
  | { type: 'joined' }
  | { type: 'left' }
  | { type: 'added'; user: Id }
  | { type: 'removed'; user: Id }
  | { type: 'banned'; user: Id }
  | { type: 'renamed'; name: string }
  | { type: 'topic'; topic: string }
  | { type: 'archived' }
  | { type: 'unarchived' }

/** What a page that a message links says of itself. */
export interface Preview {
  /** The link as it stands in the text, without what is behind `#`. */
  url: string
  title: string
  description?: string
  /** The name of the site. */
  site?: string
  /** Id of a picture, for members: `GET /api/rooms/:room/previews/:image`. */
  image?: string
}

/** One place in a room's log, current state. Fields unknown to a reader are ignored. */
export interface Entry {
  seq: number
  id: Id
  /** The room's `rev` at which this entry last changed. */
  rev: number
  by: Id
  /** Author's clock, ms, never later than `receivedAt`; for display only. */
  sentAt: number
  /** Time of commit, ms; never decreases within a room. */
  receivedAt: number
  text: string
  replyTo?: Id
  /** Where the answered message stands; older entries do not say. */
  replySeq?: number
  /** The message that the conversation began with, and its place, where that is not the one answered. */
  root?: Id
  rootSeq?: number
  /** Of a message that began a conversation: its answers, and when (ms) the last of them came. */
  answers?: { count: number; at: number }
  files?: { id: Id }[]
  mentions?: Id[]
  /** Everyone in the room is mentioned. */
  mentionsRoom?: boolean
  previews?: Preview[]
  pinned?: boolean
  editedAt?: number
  deleted?: boolean
  /** Who deleted it, if not its author. */
  deletedBy?: Id
  event?: RoomEvent
  /** Reactions beyond what is listed one by one: emoji to count. */
  counts?: Record<string, number>
}

export interface Person {
  username: string
  displayName: string
  avatar?: string
}

/** `room` map of a room document. */
export interface RoomInfo {
  kind: RoomKind
  name: string
  topic: string
  createdAt: number
  head: number
  floor: number
  /** The rev at which a message of the room was last deleted; absent: none was. */
  erased?: number
  archived?: boolean
  /** How many members there are, where that is more than are listed. */
  memberCount?: number
}

/** A value of the `members` map of a room document. */
export interface Member extends Person {
  role: RoomRole
}

/** A value of the `rooms` map of a user document. */
export interface UserRoom {
  kind: RoomKind
  name: string
  role: RoomRole
  /** The other people, for a direct conversation. */
  with?: Id[]
}

/** A value of the `drafts` map of a user document; its key is the room, or `room/message` for a conversation in it. */
export interface Draft {
  text: string
  replyTo?: Id
  at: number
}

/** A value of the `scheduled` map of a user document. */
export interface Scheduled {
  room: Id
  text: string
  replyTo?: Id
  /** ms since the epoch. */
  sendAt: number
  /** Code of the reason why it could not be sent. */
  failed?: string
}

/** An item of the `mentions` array of a user document. */
export interface Mention {
  room: Id
  seq: number
  by: Id
  at: number
}

/** Key of the `reactions` map of a log document. */
export function reactionKey(seq: number, emoji: string, user: Id): string {
  return `${seq}:${emoji}:${user}`
}

/** Takes a reaction key apart; emoji may contain colons (`:name:`), ids and numbers cannot. */
export function parseReactionKey(key: string): { seq: number; emoji: string; user: Id } | undefined {
  const first = key.indexOf(':')
  const last = key.lastIndexOf(':')
  if (first <= 0 || last <= first) return undefined
  return { seq: Number(key.slice(0, first)), emoji: key.slice(first + 1, last), user: key.slice(last + 1) }
}
