import type { AuditedAct } from '@chatflow/server-kit/audit'
import type { Command } from '@chatflow/shared/command'
import type { Preview, RoomEvent } from '@chatflow/shared/entry'
import type { Id } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'
import { previewLinks } from '@chatflow/shared/links'
import { mentionedUsernames } from '@chatflow/shared/mentions'
import type { Actor } from '@chatflow/shared/permissions'
import type { Said } from './effects.ts'
import type { ActorRow, BanRow, MemberRow, MessageRow, ReactionRow, ReportRow, RoomRow } from './rows.ts'
import { Rejection } from './rejection.ts'

export interface CursorChange {
  seq?: number
  /** null clears the mark. */
  unreadFrom?: number | null
}

/** A command with the user whose authenticated connection it came over. */
export interface Submission {
  user: Id
  command: Command
}

/**
 * One room as it is under the row lock, and the changes that a batch makes to it.
 * Commands are evaluated one after another against it; each checks everything before it changes anything,
 * so a rejected one leaves no trace.
 */
export class RoomState {
  readonly id: Id
  readonly now: number
  room: RoomRow | undefined
  readonly members = new Map<Id, MemberRow>()
  readonly users = new Map<Id, ActorRow>()
  /** Lower-case username to id, of members of the room that some text of the batch names. */
  readonly usernames = new Map<string, Id>()
  readonly messages = new Map<Id, MessageRow>()
  /** Reactions by message id, active ones and those taken back. */
  readonly reactions = new Map<Id, ReactionRow[]>()
  /** By the beginning of a conversation that may lose answers: its newest ones, oldest first, with when they came. */
  readonly answers = new Map<Id, Map<Id, number>>()
  readonly reads = new Map<Id, number>()
  /** Who of the people of the batch is banned. */
  readonly bans = new Set<Id>()
  /** Reports that the batch names and all others about the same messages. */
  readonly reports = new Map<Id, ReportRow>()
  /** How many reports of a person are open here. */
  readonly openReports = new Map<Id, number>()
  pins = 0
  owners = 0

  readonly changed = {
    created: false,
    room: false,
    members: new Set<Id>(),
    membersGone: new Set<Id>(),
    messages: new Set<MessageRow>(),
    reactions: new Set<ReactionRow & { message: Id }>(),
    cursors: new Map<Id, CursorChange>(),
    mentions: [] as { user: Id; seq: number; by: Id; at: number }[],
    /** Messages that mention everyone. */
    mentionsOfAll: [] as { seq: number; by: Id; at: number }[],
    /** What somebody may have to be told of. */
    said: [] as Said[],
    /** Mentions of deleted or edited messages that are to go. */
    mentionsGone: new Set<number>(),
    /** Messages with links that may get a preview. */
    linked: new Set<Id>(),
    /** Links that messages have lost, and pictures of their previews: what was fetched for them goes, unless others have it. */
    linksGone: new Set<string>(),
    imagesGone: new Set<string>(),
    /** Users whose own document changes. */
    users: new Set<Id>(),
    /** Every member's own document changes (a name shown in the sidebar). */
    allMembers: false,
    /** The room's document changes (name, members, pins, receipts). */
    document: false,
    unhide: false,
    bans: new Map<Id, BanRow>(),
    bansGone: new Set<Id>(),
    reports: new Set<ReportRow>(),
    audit: [] as AuditedAct[],
  }

  constructor(id: Id, now: number) {
    this.id = id
    this.now = now
  }

  /** The room and its member. Whoever is not one does not learn whether there is such a room. */
  membership(user: Id): { room: RoomRow; actor: Actor } {
    const actor = this.actor(user)
    if (this.room === undefined || actor.roomRole === undefined) throw new Rejection('not_a_member')
    return { room: this.room, actor }
  }

  /** The room, or the rejection that there is none. */
  existing(): RoomRow {
    if (this.room === undefined) throw new Rejection('room_not_found')
    return this.room
  }

  actor(user: Id): Actor {
    const row = this.users.get(user)
    if (row === undefined) throw new Rejection('user_not_found')
    if (row.disabled_at !== null) throw new Rejection('account_disabled')
    return { id: user, role: row.role, roomRole: this.members.get(user)?.role, verified: row.email_verified_at !== null }
  }

  /**
   * The room for someone who moderates: members, and administrators also in public rooms, to settle a `reported` message in all.
   * To anybody else it does not exist.
   */
  reach(user: Id, { reported = false } = {}): { room: RoomRow; actor: Actor } {
    const { room } = this
    const actor = this.actor(user)
    const isOpen = actor.role === 'admin' && (reported || room?.kind === 'public')
    if (room === undefined || (actor.roomRole === undefined && !isOpen)) throw new Rejection('not_a_member')
    return { room, actor }
  }

  /** Tells the audit log what a moderator has done, in the transaction of it. */
  record(entry: AuditedAct): void {
    this.changed.audit.push(entry)
  }

  /** The message named by a command; it may be deleted. */
  message(id: Id): MessageRow {
    const row = this.messages.get(id)
    if (row === undefined) throw new Rejection('message_not_found')
    return row
  }

  /** The next `rev` of the room: whatever changes gets one. */
  nextRev(): number {
    const room = this.existing()
    room.rev += 1
    this.changed.room = true
    return room.rev
  }

  /** Puts a new message at the end of the room. */
  append(message: { id: Id; by: Id; sentAt: number; text: string; replyTo?: MessageRow | undefined; mentionsRoom?: boolean; event?: RoomEvent }): MessageRow {
    const room = this.existing()
    if (room.indexed_to === room.head) room.indexed_to += 1
    room.head += 1
    room.last_received_at = Math.max(room.last_received_at, this.now)
    const mentions = this.mentioned(message.text)
    const { replyTo } = message
    const row: MessageRow = {
      room_id: this.id,
      seq: room.head,
      id: message.id,
      rev: this.nextRev(),
      by_user: message.by,
      sent_at: Math.min(message.sentAt, room.last_received_at),
      received_at: room.last_received_at,
      text: message.text,
      reply_to: replyTo?.id ?? null,
      reply_seq: replyTo?.seq ?? null,
      root: replyTo === undefined ? null : (replyTo.root ?? replyTo.id),
      root_seq: replyTo === undefined ? null : (replyTo.root_seq ?? replyTo.seq),
      answers: 0,
      answered_at: null,
      files: null,
      mentions: mentions.length === 0 ? null : mentions,
      mentions_room: message.mentionsRoom === true,
      previews: null,
      previews_off: null,
      pinned: false,
      edited_at: null,
      deleted: false,
      deleted_by: null,
      event: message.event ?? null,
    }
    this.messages.set(row.id, row)
    this.reactions.set(row.id, [])
    this.changed.messages.add(row)
    if (row.event === null) this.changed.said.push({ seq: row.seq })
    this.addMentions(row, mentions)
    this.#count(row, 1)
    this.followLinks(row)
    if (room.kind === 'dm') this.changed.unhide = true
    return row
  }

  /** Marks an existing message as changed by this batch. */
  touch(row: MessageRow): void {
    row.rev = this.nextRev()
    this.changed.messages.add(row)
  }

  mentioned(text: string): Id[] {
    const ids = new Set<Id>()
    for (const name of mentionedUsernames(text)) {
      const id = this.usernames.get(name)
      if (id !== undefined && this.members.has(id)) ids.add(id)
    }
    return [...ids]
  }

  /** An answer goes: the conversation that it belongs to counts one less. */
  forgetAnswer(row: MessageRow): void {
    this.#count(row, -1)
    Object.assign(row, { reply_to: null, reply_seq: null, root: null, root_seq: null })
  }

  /** Previews follow the text of a message that was `before`: those whose link has gone go, those that are missing are asked for. */
  followLinks(row: MessageRow, before = ''): void {
    const links = new Set(previewLinks(row.text))
    for (const link of previewLinks(before)) if (!links.has(link)) this.changed.linksGone.add(link)
    this.keepPreviews(row, ({ url }) => links.has(url))
    const off = row.previews_off?.filter((url) => links.has(url)) ?? []
    row.previews_off = off.length === 0 ? null : off
    const there = new Set([...off, ...(row.previews ?? []).map(({ url }) => url)])
    if ([...links].some((url) => !there.has(url))) this.changed.linked.add(row.id)
    else this.changed.linked.delete(row.id)
  }

  /** Takes away the previews of a message that are not to stay. */
  keepPreviews(row: MessageRow, stays: (preview: Preview) => boolean): void {
    if (row.previews === null) return
    const kept = row.previews.filter(stays)
    for (const preview of row.previews) {
      if (kept.includes(preview)) continue
      this.changed.linksGone.add(preview.url)
      if (preview.image !== undefined) this.changed.imagesGone.add(preview.image)
    }
    row.previews = kept.length === 0 ? null : kept
  }

  addMentions(row: MessageRow, users: readonly Id[]): void {
    if (row.mentions_room) {
      this.changed.mentionsOfAll.push({ seq: row.seq, by: row.by_user, at: row.received_at })
      this.changed.allMembers = true
    }
    for (const user of users) {
      if (user === row.by_user) continue
      this.changed.mentions.push({ user, seq: row.seq, by: row.by_user, at: row.received_at })
      this.changed.users.add(user)
    }
  }

  dropMentions(row: MessageRow): void {
    if (row.mentions === null && !row.mentions_room) return
    this.changed.mentionsGone.add(row.seq)
    for (const user of row.mentions ?? []) this.changed.users.add(user)
    if (row.mentions_room) this.changed.allMembers = true
    this.changed.mentionsOfAll = this.changed.mentionsOfAll.filter((mention) => mention.seq !== row.seq)
    const left = this.changed.mentions.filter((mention) => mention.seq !== row.seq)
    this.changed.mentions.splice(0, this.changed.mentions.length, ...left)
  }

  addMember(user: Id, role: MemberRow['role']): void {
    const room = this.existing()
    this.members.set(user, { user_id: user, role, joined_at: this.now, hidden: false })
    room.member_count += 1
    if (role === 'owner') this.owners += 1
    // What was said before one came is history, not news.
    if (room.head > 0) this.changed.cursors.set(user, { seq: room.head, unreadFrom: null })
    this.changed.members.add(user)
    this.changed.membersGone.delete(user)
    this.changed.users.add(user)
    this.changed.document = true
  }

  removeMember(user: Id): void {
    const room = this.existing()
    const row = this.members.get(user)
    if (row === undefined) return
    if (row.role === 'owner') this.owners -= 1
    this.members.delete(user)
    room.member_count -= 1
    this.changed.members.delete(user)
    this.changed.membersGone.add(user)
    this.changed.users.add(user)
    this.changed.document = true
  }

  /** The beginning of a conversation shows how many answers it has. Retention may have taken it. */
  #count(answer: MessageRow, by: 1 | -1): void {
    const root = answer.root === null ? undefined : this.messages.get(answer.root)
    if (root === undefined) return
    const times = this.answers.get(root.id)
    if (by === 1) times?.set(answer.id, answer.received_at)
    else times?.delete(answer.id)
    root.answers = Math.max(0, root.answers + by)
    root.answered_at = by === 1 ? answer.received_at : root.answers === 0 ? null : ([...(times ?? [])].at(-1)?.[1] ?? root.answered_at)
    this.touch(root)
  }

  /** Receipts are kept in direct conversations and small rooms. */
  showsReceipts(): boolean {
    const room = this.existing()
    return room.kind === 'dm' || room.member_count <= LIMITS.receiptsUpToMembers
  }
}
