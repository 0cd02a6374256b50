import type { Entry } from '@chatflow/shared/entry'
import type { Id } from '@chatflow/shared/ids'
import { ROOM_ROLES, type RoomRole } from '@chatflow/shared/roles'
import { shallow } from 'zustand/shallow'
import { language } from '../i18n/language.ts'
import type { ChatCore } from '../sync/chat-core.ts'
import type { RoomReplica } from '../sync/room-replica.ts'
import type { DraftView, EditView, MemberView, MessageView, PinView, TimelineView } from './views.ts'
import { quote, readersOf, receiptsOf, viewOfEntry, viewOfPending, type MessageContext } from './message-view.ts'
import { emptyRoom, type MessageOverlay, type Overlay, type RoomOverlay } from './overlay.ts'
import { personView, presencesOf, withPresence } from './people-view.ts'
import { draftOf, settingOf, unreadAfter } from './project-rooms.ts'
import { keepSame, keepSameItems } from './same.ts'

interface Cached {
  entry: Entry
  quoted: Entry | undefined
  over: MessageOverlay | undefined
  version: number
  view: MessageView
}

/** One visit of a room: makes views of it, and keeps those that have not changed. */
export class TimelineProjection {
  readonly room: Id
  readonly #core: ChatCore
  readonly #cached = new Map<number, Cached>()
  #pending: MessageView[] = []
  #members: MemberView[] = []
  #shown: TimelineView | undefined
  #pins: PinView[] = []
  #context: MessageContext
  /** Everything outside the log that views are made from: receipts, names, and the words for those who have none. */
  #surroundings = ''
  #surroundingsVersion = 0
  /** undefined: not decided, because the room is not loaded yet. */
  #firstUnread: { seq: number | undefined } | undefined
  readonly #openedUnreadAfter: number

  constructor(core: ChatCore, room: Id, overlay: Overlay) {
    this.#core = core
    this.room = room
    const over = overlay.rooms.get(room) ?? emptyRoom()
    this.#context = { core, room, replica: undefined, overlay: over, reads: new Map(), readers: new Map() }
    this.#openedUnreadAfter = unreadAfter(core, room, over)
  }

  project(overlay: Overlay): TimelineView {
    const core = this.#core
    const replica = core.rooms.held(this.room)
    const over = overlay.rooms.get(this.room) ?? emptyRoom()
    const reads = receiptsOf(replica)
    const readers = readersOf(replica, reads, core.user.id)
    const surroundings = JSON.stringify([[...reads], [...readers], core.people.version, core.user, language()])
    if (surroundings !== this.#surroundings) this.#surroundingsVersion += 1
    this.#surroundings = surroundings
    this.#context = { core, room: this.room, replica, overlay: over, reads, readers }
    this.#pending = keepSameItems(this.#pending, over.pending.map((record) => viewOfPending(record, this.#context)))
    this.#pins = keepSameItems(this.#pins, pinsOf(replica, over))
    this.#members = keepSameItems(this.#members, this.#membersOf(replica, overlay))
    const loading = replica?.isLoading === true && over.create === undefined
    const head = replica?.shownHead ?? 0
    // Nothing of the log, or a cursor beyond what is here, means that the newest part is still on its way.
    if (!loading && replica !== undefined && replica.highest > 0 && this.#openedUnreadAfter <= head) this.#firstUnread ??= { seq: this.#findFirstUnread(head) }
    const typing = replica ? core.presence.typing(replica).filter((id) => id !== core.user.id) : []
    const view: TimelineView = {
      room: this.room,
      floor: Math.min(replica?.floor ?? 0, head),
      head,
      at: this.#at,
      pending: this.#pending,
      members: this.#members,
      pins: this.#pins,
      memberCount: Math.max(replica?.info.memberCount ?? 0, this.#members.length),
      typing: keepSameItems(this.#shown?.typing ?? [], [...new Set(typing)].map((id) => personView(core, id, replica))),
      ...(this.#firstUnread?.seq === undefined ? {} : { firstUnread: this.#firstUnread.seq }),
      draft: keepSame(this.#shown?.draft, this.#draft()),
      ...this.#edit(),
      loading,
    }
    // While nothing of the log is shown, what the view says is all there is to it.
    if (!(loading && shallow(this.#shown, view))) this.#shown = view
    return this.#shown ?? view
  }

  readonly #at = (seq: number): MessageView | undefined => {
    const { replica, overlay } = this.#context
    const entry = replica?.entry(seq)
    if (!entry) return undefined
    const version = (replica?.segment(seq)?.version ?? 0) + this.#surroundingsVersion * 1e6
    const over = overlay.messages.get(entry.id)
    const quoted = entry.replyTo === undefined ? undefined : replica?.find(entry.replyTo)
    const cached = this.#cached.get(seq)
    const quotedOver = entry.replyTo !== undefined && overlay.messages.has(entry.replyTo)
    if (cached && cached.entry === entry && cached.version === version && cached.quoted === quoted && !over && !cached.over && !quotedOver) return cached.view
    const view = keepSame(cached?.view, viewOfEntry(entry, this.#context))
    this.#cached.set(seq, { entry, quoted, over, version, view })
    return view
  }

  #draft(): DraftView {
    const { text, replyTo } = draftOf(this.#core.mine.draft(this.room), this.#context.overlay)
    return { text, ...(replyTo === undefined ? {} : { replyTo: quote(replyTo, this.#context) }) }
  }

  #edit(): { edit?: EditView } {
    const edit = this.#core.edits.get(this.room)
    if (edit === undefined) return {}
    const { text: was } = quote(edit.message, this.#context)
    // Saved, and the page went away before it was forgotten here.
    return was === edit.text ? {} : { edit: { ...edit, was } }
  }

  /** First visible message of someone else after the cursor; where the log is not held, simply the next place. */
  #findFirstUnread(head: number): number | undefined {
    const after = Math.max(this.#openedUnreadAfter, this.#context.replica?.floor ?? 0)
    for (let seq = after + 1; seq <= head; seq += 1) {
      const entry = this.#context.replica?.entry(seq)
      if (!entry) return after + 1
      if (entry.by !== this.#core.user.id && !entry.deleted && !entry.event) return seq
    }
    return undefined
  }

  #membersOf(replica: RoomReplica | undefined, overlay: Overlay): MemberView[] {
    const core = this.#core
    const presences = presencesOf(core, settingOf(core, overlay))
    const roles = new Map<Id, RoomRole>()
    for (const [id, member] of replica?.members() ?? []) roles.set(id, member.role)
    for (const [id, change] of this.#context.overlay.members) {
      if (change.here) roles.set(id, change.role ?? roles.get(id) ?? 'member')
      else roles.delete(id)
    }
    const create = this.#context.overlay.create?.command
    if (roles.size === 0 && create?.type === 'room.create') {
      roles.set(core.user.id, create.kind === 'dm' ? 'member' : 'owner')
      for (const id of create.members) if (!roles.has(id)) roles.set(id, 'member')
    }
    return [...roles]
      .map(([id, role]) => ({ ...withPresence(core, personView(core, id, replica), presences, replica), role }))
      .sort((a, b) => ROOM_ROLES.indexOf(a.role) - ROOM_ROLES.indexOf(b.role) || a.displayName.localeCompare(b.displayName))
  }
}

/** What the room document says, with own commands laid over it, the newest message first. */
function pinsOf(replica: RoomReplica | undefined, over: RoomOverlay): PinView[] {
  const pins = replica?.pins() ?? new Map<Id, number>()
  for (const [id, { pinned, deleted }] of over.messages) {
    const seq = replica?.find(id)?.seq
    if (deleted === true || pinned === false) pins.delete(id)
    else if (pinned === true && seq !== undefined) pins.set(id, seq)
  }
  return [...pins].map(([id, seq]) => ({ id, seq })).sort((a, b) => b.seq - a.seq)
}
