import type { CommandOf } from '@chatflow/shared/command'
import type { Id } from '@chatflow/shared/ids'
import type { ChatCore } from '../sync/chat-core.ts'
import type { QueuedCommand } from '../sync/command-queue.ts'

/** What own commands change of one message before the replicas show it. */
export interface MessageOverlay {
  /** Text of the newest edit. */
  text?: string
  editedAt?: number
  deleted?: boolean
  pinned?: boolean
  /** Links whose preview is taken away (false) or asked for again. */
  previews: Map<string, boolean>
  /** Emoji to on or off. */
  reactions: Map<string, boolean>
  /** An edit or a deletion is on its way. */
  changing: boolean
  /** A refused edit or deletion: the message shows why. */
  rejected?: QueuedCommand
}

/** What own commands change of one room. */
export interface RoomOverlay {
  /** Messages to show below the delivered ones, in the order they were entered. */
  pending: QueuedCommand[]
  messages: Map<Id, MessageOverlay>
  create?: QueuedCommand
  join?: QueuedCommand
  leaving: boolean
  archived?: boolean
  name?: string
  topic?: string
  /** Highest `seq` read, 0 if nothing was. */
  read: number
  /** Mark as unread from here; 0 takes the mark away. */
  unreadMark?: number
  draft?: { text: string; replyTo?: Id }
  /** Drafts of conversations, by what they began with. */
  drafts: Map<Id, { text: string; replyTo?: Id }>
  /** People added (true) or removed, and roles given. */
  members: Map<Id, { here: boolean; role?: CommandOf<'member.role'>['role'] }>
}

export interface Overlay {
  rooms: Map<Id, RoomOverlay>
  settings: Map<string, unknown>
  scheduled: Map<Id, ScheduledOverlay>
}

/** What own commands change of one scheduled message. */
export interface ScheduledOverlay {
  /** It is not in the replica yet, or was refused. */
  made?: QueuedCommand
  text?: string
  sendAt?: number
  /** Tried again, in whatever way: the reason why it failed is no more. */
  changed: boolean
  gone: boolean
  waiting: boolean
  /** A refused change; what was typed is in it. */
  rejected?: QueuedCommand
}

/** Of everything that the replicas of a core do not show yet. */
export function overlayOf(core: ChatCore): Overlay {
  const replicas = core.replicas()
  return buildOverlay(core.queue.list().filter((record) => core.isLaidOver(record, replicas)))
}

/** Lays commands over each other in the order of the queue. `records`: only those whose effect is not in the replicas. */
export function buildOverlay(records: Iterable<QueuedCommand>): Overlay {
  const overlay: Overlay = { rooms: new Map(), settings: new Map(), scheduled: new Map() }
  for (const record of records) {
    const { command, status } = record
    if (command.type === 'me.set') {
      if (status !== 'rejected') overlay.settings.set(command.key, command.value)
      continue
    }
    if (isSchedule(command)) {
      layScheduled(overlay.scheduled, record, command)
      continue
    }
    const room = overlay.rooms.get(command.room) ?? emptyRoom()
    overlay.rooms.set(command.room, room)
    if (status === 'rejected') layRejected(room, record)
    else lay(room, record)
  }
  return overlay
}

type ScheduleCommand = CommandOf<'message.schedule'> | CommandOf<'message.reschedule'> | CommandOf<'message.unschedule'>

function isSchedule(command: QueuedCommand['command']): command is ScheduleCommand {
  return command.type === 'message.schedule' || command.type === 'message.reschedule' || command.type === 'message.unschedule'
}

function layScheduled(scheduled: Map<Id, ScheduledOverlay>, record: QueuedCommand, command: ScheduleCommand): void {
  const id = command.type === 'message.schedule' ? command.id : command.scheduled
  const over = scheduled.get(id) ?? { changed: false, gone: false, waiting: false }
  scheduled.set(id, over)
  if (command.type === 'message.schedule') over.made = record
  if (record.status === 'rejected') {
    if (command.type === 'message.reschedule' && command.text !== undefined) over.rejected = record
    return
  }
  over.waiting ||= record.status === 'waiting'
  if (command.type === 'message.unschedule') over.gone = true
  if (command.type !== 'message.reschedule') return
  over.changed = true
  if (command.text !== undefined) over.text = command.text
  if (command.sendAt !== undefined) over.sendAt = command.sendAt
}

export function emptyRoom(): RoomOverlay {
  return { pending: [], messages: new Map(), leaving: false, read: 0, drafts: new Map(), members: new Map() }
}

function lay(room: RoomOverlay, record: QueuedCommand): void {
  const { command } = record
  switch (command.type) {
    case 'message.send':
      room.pending.push(record)
      return
    case 'message.edit': {
      const message = ofMessage(room, command.message)
      message.text = command.text
      message.editedAt = command.at
      message.changing ||= record.status === 'waiting'
      return
    }
    case 'message.delete': {
      const message = ofMessage(room, command.message)
      message.deleted = true
      message.changing ||= record.status === 'waiting'
      return
    }
    case 'message.react':
      ofMessage(room, command.message).reactions.set(command.emoji, command.on)
      return
    case 'message.preview':
      ofMessage(room, command.message).previews.set(command.url, command.on)
      return
    case 'message.pin':
      ofMessage(room, command.message).pinned = command.on
      return
    case 'room.create':
      room.create = record
      room.leaving = false
      return
    case 'room.join':
      room.join = record
      room.leaving = false
      return
    case 'room.leave':
      room.leaving = true
      delete room.create
      delete room.join
      return
    case 'room.archive':
    case 'room.unarchive':
      room.archived = command.type === 'room.archive'
      return
    case 'room.update':
      if (command.name !== undefined) room.name = command.name
      if (command.topic !== undefined) room.topic = command.topic
      return
    case 'room.read':
      room.read = Math.max(room.read, command.seq)
      room.unreadMark = 0
      return
    case 'room.unread':
      room.unreadMark = command.seq
      return
    case 'draft.set': {
      const draft = { text: command.text, ...(command.replyTo === undefined ? {} : { replyTo: command.replyTo }) }
      if (command.thread === undefined) room.draft = draft
      else room.drafts.set(command.thread, draft)
      return
    }
    case 'member.add':
      room.members.set(command.user, { here: true })
      return
    case 'member.remove':
    case 'member.ban':
      room.members.set(command.user, { here: false })
      return
    case 'member.role':
      room.members.set(command.user, { here: true, role: command.role })
      return
    // Seen in lists of their own only: who is banned, what was reported.
    case 'member.unban':
    case 'message.report':
    case 'report.resolve':
      return
    // Of the user, not of a room: dealt with above.
    case 'me.set':
    case 'message.schedule':
    case 'message.reschedule':
    case 'message.unschedule':
  }
}

/** What was refused changes nothing, but what a person wrote stays where it was written, with the reason. */
function layRejected(room: RoomOverlay, record: QueuedCommand): void {
  const { command } = record
  if (command.type === 'message.send') room.pending.push(record)
  else if (command.type === 'room.create') room.create = record
  else if (command.type === 'message.edit' || command.type === 'message.delete') ofMessage(room, command.message).rejected = record
}

function ofMessage(room: RoomOverlay, message: Id): MessageOverlay {
  const known = room.messages.get(message)
  if (known) return known
  const fresh: MessageOverlay = { previews: new Map(), reactions: new Map(), changing: false }
  room.messages.set(message, fresh)
  return fresh
}
