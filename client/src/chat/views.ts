/** What the screen shows of the chat, as plain data: people, rooms, messages, and what the person has set. */
import type { SecondFactorChallenge } from '@chatflow/shared/api/second-factor'
import type { Preview, RoomEvent } from '@chatflow/shared/entry'
import type { SearchSort } from '@chatflow/shared/api/search'
import type { Excerpt } from '@chatflow/shared/search/excerpt'
import type { QueryProblem } from '@chatflow/shared/search/query'
import type { ErrorCode } from '@chatflow/shared/errors'
import type { Id } from '@chatflow/shared/ids'
import type { NotifyLevel } from '@chatflow/shared/notify/notify-settings'
import type { QuietHours } from '@chatflow/shared/notify/quiet-hours'
import type { PersonStatus } from '@chatflow/shared/own-settings'
import type { RoomKind, RoomRole } from '@chatflow/shared/roles'
import type { NotesPad } from './notes-pad.ts'
import type { LanguageChoice } from '../i18n/languages.ts'
import type { Sentence } from '../i18n/sentence.ts'
import type { PlainKey } from '../i18n/words.ts'
import type { NotificationPermission } from '../platform/notifications.ts'

/**
 * How far a message has come.
 * sending: being written to this device; kept: on this device, waiting; delivered: committed by the server;
 * rejected: refused by the server, with Retry, Edit and Discard.
 */
type Delivery = 'sending' | 'kept' | 'delivered' | 'rejected'

export interface PersonView {
  id: Id
  username: string
  displayName: string
  /** Id of the picture, if there is one. */
  avatar?: string
  /** Of people in direct conversations and in the open room, while connected; not of those who do not show it. */
  presence?: 'online' | 'away'
  /** When somebody who is not here was last here: ms, to the minute; known like `presence`. */
  lastSeen?: number
  /** What they say of themselves, until it ends. */
  status?: PersonStatus
}

export interface ReactionView {
  emoji: string
  count: number
  mine: boolean
  /** At most the first 20, for the tooltip. */
  users: PersonView[]
}

/** A message that another one answers, as far as it is known here. */
export interface QuoteView {
  id: Id
  seq?: number
  author?: PersonView
  text?: string
  deleted?: boolean
}

/** What stands in a room's composer on all devices of the person, until it is sent. */
export interface DraftView {
  text: string
  replyTo?: QuoteView
}

/** A change of an own message that was begun here, and neither saved nor given up. */
export interface EditView {
  message: Id
  /** What has been typed. */
  text: string
  /** The message as it stands; undefined where it is not known here, or deleted. */
  was: string | undefined
}

export interface MessageView {
  /** The command's id, the same before and after delivery: use it as React key. */
  id: Id
  room: Id
  /** Place in the room; undefined while not delivered. */
  seq?: number
  author: PersonView
  mine: boolean
  text: string
  sentAt: number
  /** Time of commit, ms; undefined while not delivered. */
  receivedAt?: number
  replyTo?: QuoteView
  mentionsMe: boolean
  /** `@room` in it mentions everyone. */
  mentionsRoom?: boolean
  /** What the conversation began with that this message answers in. */
  root?: Id
  /** Of a message that began a conversation: how many answers it has, and when the last came, ms. */
  answers?: { count: number; at: number }
  pinned: boolean
  editedAt?: number
  deleted: boolean
  /** Who deleted it, if not its author. */
  deletedBy?: PersonView
  event?: RoomEvent
  /** Person that an event names (added, removed, banned). */
  eventUser?: PersonView
  /** What pages that it links say of themselves; shown where the person and the server want it. */
  previews?: Preview[]
  reactions: ReactionView[]
  delivery: Delivery
  /** When Enter was pressed on this device; the clock icon appears 300 ms after it. */
  enteredAt?: number
  /** Why it, or a change of it, was refused; `command` is the id to give to retry or discard, `text` what was typed, where anything was. */
  rejection?: { command: Id; code: ErrorCode; text?: string }
  /** An edit or deletion of this message that has not been delivered yet. */
  changing: boolean
  /** Members who have read up to here (direct conversations and small rooms). */
  seenBy: PersonView[]
  /** Members whose newest read message this is (direct conversations and small rooms). */
  readBy: PersonView[]
}

export interface RoomView {
  id: Id
  kind: RoomKind
  /** Shown name: of a direct conversation, the other people's display names. */
  name: string
  topic: string
  role: RoomRole
  /** The other people of a direct conversation. */
  with: PersonView[]
  head: number
  cursor: number
  /** Visible messages of others after the cursor, counted to 100. */
  unread: number
  mentions: number
  archived: boolean
  starred: boolean
  /** The person has muted this room. */
  muted: boolean
  /** What the person has set for this room; undefined: as for all rooms. */
  ownLevel?: NotifyLevel
  /** What of it is to be noticed: the room's own level, else the person's for all rooms. */
  level: NotifyLevel
  draft: boolean
  /** Its creation or joining has not been delivered yet. */
  waiting: boolean
  /** Its creation was refused. */
  rejection?: { command: Id; code: ErrorCode }
  /** ms since the epoch of the newest thing known in it, for ordering direct conversations. */
  lastActivityAt: number
}

/** A message that is to be sent at a time. */
export interface ScheduledView {
  id: Id
  room: Id
  /** '' where it is not known any more. */
  roomName: string
  text: string
  replyTo?: Id
  /** ms since the epoch. */
  sendAt: number
  /** It, or a change of it, has not been delivered yet: the server does not know it so. */
  waiting: boolean
  /** Why it could not be sent at its time. */
  failed?: ErrorCode
  /** Why scheduling it, or a change of it, was refused. */
  rejection?: { command: Id; code: ErrorCode; text?: string }
}

export interface MemberView extends PersonView {
  role: RoomRole
}

export interface PinView {
  id: Id
  seq: number
}

/** The open room. A new object whenever something in it changes; cheap to make, `at` reads maps underneath. */
export interface TimelineView {
  room: Id
  /** Nothing below or at `floor` exists any more. Sequence numbers floor+1..head exist, without gaps. */
  floor: number
  head: number
  /** The message at `seq`; undefined: not loaded yet (ask with `showRange`). */
  at(seq: number): MessageView | undefined
  /** Own messages that have no `seq` visible yet, in the order they were entered. They belong below `head`. */
  pending: MessageView[]
  members: MemberView[]
  memberCount: number
  /** Pinned messages, the newest first; `at` has them once `alsoShow` has asked for them. */
  pins: PinView[]
  /** Others who are typing now. */
  typing: PersonView[]
  /** First unread `seq` when the room was opened: the "New" divider; stays for the visit. */
  firstUnread?: number
  draft: DraftView
  edit?: EditView
  /** True until the newest segment is there for the first time (only then a skeleton may show). */
  loading: boolean
}

/** One conversation: what it began with, and all its answers. */
export interface ThreadView {
  room: Id
  root: Id
  /** undefined: not here, or not yet. */
  beginning?: MessageView
  /** Those that are here, in the order of the room. */
  answers: MessageView[]
  /** Own answers that have no place yet. */
  pending: MessageView[]
  /** Answers that are not here. */
  missing: number
  /** Older ones can be had from the server. */
  hasOlder: boolean
  loading: boolean
  draft: DraftView
  edit?: EditView
}

/** off: not wanted here; waiting: it is being brought about, or will be when the server can be reached; failed: the browser or its push service declines. */
export type PushState = 'unavailable' | 'off' | 'waiting' | 'on' | 'failed'

/** Notifications on this device. */
export interface NotificationsView {
  /** What the browser lets the page show; 'unsupported': it cannot show any here. */
  permission: NotificationPermission
  /** They are allowed, and wanted here. */
  on: boolean
  /** Nobody has answered yet whether they are wanted here. */
  offered: boolean
  /** Messages that come while no page is open. */
  push: PushState
  /** "Do not disturb" until then, ms. */
  quietUntil?: number
}

/**
 * How far what was written in notes has come. saved: the server has stored all of it; saving: some is on its way to this device's disk; kept: it is on
 * this device; unkept: only in this window.
 */
type NotesSaveView = 'saved' | 'saving' | 'kept' | 'unkept'

/** The notes of the open room, while their panel is open. */
export interface NotesView {
  room: Id
  /** What the editor works on. */
  pad: NotesPad
  loading: boolean
  /** false: this device has nothing of them, and cannot know whether there is anything. */
  known: boolean
  save: NotesSaveView
  /** Why this device did not keep something; full: no space left. */
  problem?: 'full' | 'failed'
  /** The server does not take what was written here: it stays on this device until it is given up. */
  refused?: ErrorCode
  /** The server does not give the notes to this person (now). */
  gone?: ErrorCode
  /** Others who have them open. */
  peers: PersonView[]
}

export type Density = 'comfortable' | 'compact'
export type HourCycle = 'system' | '12' | '24'

/** What a person has set for themselves, on all devices. */
export interface Preferences {
  /** For rooms without a level of their own. */
  notify: NotifyLevel
  density: Density
  hours: HourCycle
  /** Undefined: what was chosen on this device. */
  language: LanguageChoice | undefined
  /** The emoji used last, newest first. */
  recentEmoji: readonly string[]
  /** Of emoji that show people: 0 neutral, 1 to 5 from light to dark. */
  skinTone: number
  /** Others are told when the person is here, types, or was last here; if not, the person is not told of others. */
  showPresence: boolean
  /** Others are told how far the person has read. */
  showReceipts: boolean
  /** Previews of links are shown. */
  previews: boolean
  /** Notifications make a sound. */
  sound: boolean
  /** Notifications do not show what was written. */
  hideText: boolean
  /** "Do not disturb" that was asked for: until then, ms; it may be over. */
  quietUntil: number | undefined
  /** When it is quiet every week. */
  quietHours: QuietHours | undefined
}

/** A place where the person was mentioned. */
export interface MentionView {
  /** Of the mention, for lists. */
  id: string
  room: Id
  seq: number
  by: PersonView
  at: number
  unread: boolean
  /** Undefined: not read (see `readMentions`), or not here. */
  text?: string
  deleted?: boolean
}

/** What somebody searches for. */
export interface SearchAsk {
  /** As typed, see docs/PROTOCOL.md "Search". */
  text: string
  /** Only in this room; does not count where the text says `in:` itself. */
  room: Id | undefined
  sort: SearchSort
}

/** A message that was found. */
export interface SearchHitView {
  id: Id
  room: Id
  /** Undefined: written here, and not delivered. */
  seq?: number
  author: PersonView
  /** ms: when it was committed, or entered. */
  at: number
  /** Of its text, with what was found in it. */
  excerpt: Excerpt
}

/**
 * A search and what it has found. Results of this device come first; where the server's come soon after they take their place, else they follow below,
 * so that nothing moves that is being read.
 */
export interface SearchView extends SearchAsk {
  /** What is wrong with the text, in it. */
  fault?: QueryProblem
  hits: SearchHitView[]
  /** So many of the hits were found on this device, the others on the server; undefined: all of them on the server. */
  onDevice?: number
  /** Nothing has answered yet. */
  looking: boolean
  /** More can be had with `searchMore`. */
  more: boolean
  /** What of the rooms that were searched is on this device. */
  device?: { messages: number; since?: number; reading: boolean }
  /** partly: it is still making older messages ready for searching. */
  server: 'asking' | 'answered' | 'partly' | 'unreachable' | 'refused'
  /** Why the server refused. */
  refusal?: ErrorCode
}

/** Something to tell the person that belongs to no message (toast). */
export interface Notice {
  id: string
  kind: 'error' | 'info'
  text: Sentence
  /** What can be done about it, from the notice. */
  action?: { label: PlainKey; run(): void }
}

export interface ConfirmationView {
  challenge?: SecondFactorChallenge
}
