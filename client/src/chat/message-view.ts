import type { Entry, Preview, RoomEvent } from '@chatflow/shared/entry'
import type { Id } from '@chatflow/shared/ids'
import { LIMITS } from '@chatflow/shared/limits'
import { previewLinks } from '@chatflow/shared/links'
import type { ChatCore } from '../sync/chat-core.ts'
import { rootOf } from '../sync/conversation.ts'
import type { QueuedCommand } from '../sync/command-queue.ts'
import type { RoomReplica } from '../sync/room-replica.ts'
import type { MessageView, PersonView, QuoteView, ReactionView } from './views.ts'
import type { MessageOverlay, RoomOverlay } from './overlay.ts'
import { personView } from './people-view.ts'
import { rejectionOf } from './rejection.ts'

/** People named in the tooltip of a reaction. */
const REACTION_NAMES = 20

export interface MessageContext {
  core: ChatCore
  room: Id
  replica: RoomReplica | undefined
  overlay: RoomOverlay
  /** Members and how far they have read; empty where receipts are not shown. */
  reads: ReadonlyMap<Id, number>
  /** Who has read up to which message, by its `seq`, and no further. */
  readers: ReadonlyMap<number, readonly Id[]>
}

/** A delivered message, with own commands laid over it. */
export function viewOfEntry(entry: Entry, context: MessageContext): MessageView {
  const { core, replica, overlay } = context
  const me = core.user.id
  const over = overlay.messages.get(entry.id)
  const deleted = entry.deleted === true || over?.deleted === true
  const deletedBy = entry.deletedBy ?? (over?.deleted === true && entry.by !== me ? me : undefined)
  const editedAt = over?.editedAt ?? entry.editedAt
  const subject = eventSubject(entry.event)
  return {
    id: entry.id,
    room: context.room,
    seq: entry.seq,
    author: personView(core, entry.by, replica),
    mine: entry.by === me,
    text: deleted ? '' : (over?.text ?? entry.text),
    sentAt: entry.sentAt,
    receivedAt: entry.receivedAt,
    ...(entry.replyTo === undefined || deleted ? {} : { replyTo: quote(entry.replyTo, context, entry.replySeq), root: rootOf(entry) ?? entry.replyTo }),
    ...(entry.answers === undefined ? {} : { answers: entry.answers }),
    ...(entry.mentionsRoom === true ? { mentionsRoom: true } : {}),
    mentionsMe: (entry.mentions?.includes(me) === true || (entry.mentionsRoom === true && entry.by !== me)) && !deleted,
    pinned: !deleted && (over?.pinned ?? entry.pinned === true),
    ...(editedAt === undefined || deleted ? {} : { editedAt }),
    deleted,
    ...(deletedBy === undefined ? {} : { deletedBy: personView(core, deletedBy, replica) }),
    ...previewsOf(entry, over, deleted),
    ...(entry.event ? { event: entry.event } : {}),
    ...(subject === undefined ? {} : { eventUser: personView(core, subject, replica) }),
    reactions: deleted ? [] : reactionsOf(entry, over, context),
    delivery: 'delivered',
    ...(over?.rejected ? { rejection: rejectionOf(over.rejected) } : {}),
    changing: over?.changing === true,
    seenBy: entry.by === me && !entry.event ? seenBy(entry.seq, context) : [],
    readBy: (context.readers.get(entry.seq) ?? []).map((id) => personView(core, id, replica)),
  }
}

/** An own message that the replicas do not show yet. */
export function viewOfPending(record: QueuedCommand, context: MessageContext): MessageView {
  const { core, replica, overlay } = context
  const { command } = record
  const text = command.type === 'message.send' ? command.text : ''
  const replyTo = command.type === 'message.send' ? command.replyTo : undefined
  const over = overlay.messages.get(record.id)
  const deleted = over?.deleted === true
  const refused = record.status === 'rejected' ? record : over?.rejected
  return {
    id: record.id,
    room: context.room,
    author: personView(core, core.user.id, replica),
    mine: true,
    text: deleted ? '' : (over?.text ?? text),
    sentAt: command.at,
    ...(replyTo === undefined || deleted ? {} : { replyTo: quote(replyTo, context), root: rootOfPending(replyTo, context) }),
    mentionsMe: false,
    pinned: over?.pinned === true,
    ...(over?.editedAt === undefined ? {} : { editedAt: over.editedAt }),
    deleted,
    reactions: deleted ? [] : reactionsOf(undefined, over, context),
    delivery: record.sending ? 'sending' : record.status === 'settled' ? 'delivered' : record.status === 'rejected' ? 'rejected' : 'kept',
    enteredAt: record.enteredAt,
    ...(refused ? { rejection: rejectionOf(refused) } : {}),
    changing: over?.changing === true,
    seenBy: [],
    readBy: [],
  }
}

/** The conversation that an own answer to `replyTo` will belong to, also if that one is waiting too. */
function rootOfPending(replyTo: Id, { replica, overlay }: MessageContext): Id {
  const seen = new Set<Id>()
  for (let id = replyTo; !seen.has(id); ) {
    seen.add(id)
    const entry = replica?.find(id)
    if (entry) return rootOf(entry) ?? id
    const command = overlay.pending.find((record) => record.id === id)?.command
    if (command?.type !== 'message.send' || command.replyTo === undefined) return id
    id = command.replyTo
  }
  return replyTo
}

/** The message of this id, as another one quotes it. `seq`: where it stands, if that is known without it. */
export function quote(id: Id, { core, replica, overlay }: MessageContext, seq?: number): QuoteView {
  const over = overlay.messages.get(id)
  const entry = replica?.find(id)
  if (entry) {
    const deleted = entry.deleted === true || over?.deleted === true
    return {
      id,
      seq: entry.seq,
      author: personView(core, entry.by, replica),
      ...(deleted ? { deleted } : { text: over?.text ?? entry.text }),
    }
  }
  const pending = overlay.pending.find((record) => record.id === id)?.command
  if (pending?.type !== 'message.send') return { id, ...(seq === undefined ? {} : { seq }) }
  return { id, author: personView(core, core.user.id, replica), ...(over?.deleted ? { deleted: true } : { text: over?.text ?? pending.text }) }
}

/** An edit takes away the previews of links that it drops, before the server has. */
function previewsOf(entry: Entry, over: MessageOverlay | undefined, deleted: boolean): { previews?: Preview[] } {
  const links = over?.text === undefined ? undefined : previewLinks(over.text)
  const previews = (entry.previews ?? []).filter(({ url }) => over?.previews.get(url) !== false && links?.includes(url) !== false)
  return deleted || previews.length === 0 ? {} : { previews }
}

function reactionsOf(entry: Entry | undefined, over: MessageOverlay | undefined, { core, replica }: MessageContext): ReactionView[] {
  const me = core.user.id
  const users = new Map<string, Id[]>()
  if (entry) for (const [emoji, ids] of replica?.segment(entry.seq)?.reactions(entry.seq) ?? []) users.set(emoji, [...ids])
  for (const [emoji, on] of over?.reactions ?? []) {
    const others = (users.get(emoji) ?? []).filter((id) => id !== me)
    users.set(emoji, on ? [...others, me] : others)
  }
  const reactions: ReactionView[] = []
  for (const [emoji, ids] of users) {
    const count = ids.length + (entry?.counts?.[emoji] ?? 0)
    if (count > 0) reactions.push({ emoji, count, mine: ids.includes(me), users: ids.slice(0, REACTION_NAMES).map((id) => personView(core, id, replica)) })
  }
  for (const [emoji, count] of Object.entries(entry?.counts ?? {})) {
    if (!users.has(emoji) && count > 0) reactions.push({ emoji, count, mine: false, users: [] })
  }
  return reactions
}

function seenBy(seq: number, { core, replica, reads }: MessageContext): PersonView[] {
  const seen: PersonView[] = []
  for (const [id, read] of reads) if (id !== core.user.id && read >= seq) seen.push(personView(core, id, replica))
  return seen
}

function eventSubject(event: RoomEvent | undefined): Id | undefined {
  return event && 'user' in event ? event.user : undefined
}

/** Receipts of a room, where it is small enough to have them. */
export function receiptsOf(replica: RoomReplica | undefined): ReadonlyMap<Id, number> {
  if (!replica || replica.session.doc.getMap('members').size > LIMITS.receiptsUpToMembers) return new Map()
  return replica.reads()
}

/** How far below what was read a message is looked for, past what nobody typed. */
const PAST_EVENTS = 50

/** Who, other than `me`, has read up to which message and no further. */
export function readersOf(replica: RoomReplica | undefined, reads: ReadonlyMap<Id, number>, me: Id): ReadonlyMap<number, readonly Id[]> {
  const readers = new Map<number, Id[]>()
  for (const [id, read] of reads) {
    if (id === me) continue
    let seq = Math.min(read, replica?.shownHead ?? 0)
    for (let left = PAST_EVENTS; left > 0 && seq > 1 && replica?.entry(seq)?.event !== undefined; left -= 1) seq -= 1
    readers.set(seq, [...(readers.get(seq) ?? []), id])
  }
  return readers
}
