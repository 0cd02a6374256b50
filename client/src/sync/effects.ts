import type { CommandType } from '@chatflow/shared/command'
import type { Entry, Scheduled } from '@chatflow/shared/entry'
import { type Id, scheduledMessageId } from '@chatflow/shared/ids'
import type { StoredCommand } from '../platform/command-store.ts'

/** ms after which a settled change, with the replicas confirmed by the server, counts as overtaken by a later one. */
const OVERTAKEN_AFTER = 10_000

/** What the replicas say, as far as it is needed to see effects in them. */
export interface Replicas {
  now: number
  /** The rooms of the user document. */
  isMine(room: Id): boolean
  /** The user document is the server's own, as of this connection. */
  userConfirmed: boolean
  /** The room's held replicas are the server's own, as of this connection. */
  isConfirmed(room: Id): boolean
  /** Undefined: not held. */
  find(room: Id, message: Id): Entry | undefined
  entry(room: Id, seq: number): Entry | undefined
  reacted(room: Id, seq: number, emoji: string, by: Id): boolean
  /** Up to here everything is stored or held. */
  storedHead(room: Id): number
  /** Up to here nothing exists any more. */
  floor(room: Id): number
  name(room: Id): string | undefined
  topic(room: Id): string | undefined
  archived(room: Id): boolean
  role(room: Id, user: Id): string | undefined
  cursor(room: Id): number
  unreadMark(room: Id): number | undefined
  draft(room: Id, thread?: Id): { text: string; replyTo?: Id; at: number } | undefined
  setting(key: string): unknown
  scheduled(id: Id): Scheduled | undefined
}

/**
 * True once nothing has to be laid over the replicas for a settled command: its effect is in them, or cannot come any
 * more (room left, below the floor, overtaken).
 */
export function isEffectSeen(record: StoredCommand, replicas: Replicas, me: Id): boolean {
  if (record.status !== 'settled') return false
  if (record.seen) return true
  const { command } = record
  const age = replicas.now - (record.settledAt ?? 0)
  const room = 'room' in command ? command.room : undefined
  const left = room !== undefined && replicas.userConfirmed && !replicas.isMine(room)
  if (left && command.type !== 'room.create' && command.type !== 'room.join') return true
  if (command.type === 'message.send') {
    const seq = record.seq ?? 0
    return (
      replicas.find(command.room, record.id) !== undefined ||
      (seq > 0 && (replicas.entry(command.room, seq) !== undefined || seq <= replicas.floor(command.room) || seq <= replicas.storedHead(command.room)))
    )
  }
  if (shows(record, replicas, me)) return true
  // The server's own state, asked for well after the commit, differs: someone has changed it again.
  const confirmed = OF_USER.has(command.type) ? replicas.userConfirmed : room !== undefined && replicas.isConfirmed(room)
  if (confirmed && age > OVERTAKEN_AFTER) return true
  // Not held: by the time it is, it will have been synced.
  return age > 6 * OVERTAKEN_AFTER
}

/** Commands whose effect is in the user document. */
const OF_USER: ReadonlySet<CommandType> = new Set<CommandType>(['room.create', 'room.join', 'room.leave', 'room.read', 'room.unread', 'draft.set', 'me.set', 'message.schedule', 'message.reschedule', 'message.unschedule'])

function shows({ id, command, base }: StoredCommand, replicas: Replicas, me: Id): boolean {
  switch (command.type) {
    case 'message.send':
      return false
    case 'message.schedule':
      return replicas.scheduled(id) !== undefined || replicas.find(command.room, scheduledMessageId(id)) !== undefined
    case 'message.reschedule': {
      // Without it: sent already, or cancelled.
      const now = replicas.scheduled(command.scheduled)
      return now === undefined || ((command.text === undefined || now.text === command.text) && (command.sendAt === undefined || now.sendAt === command.sendAt) && now.failed === undefined)
    }
    case 'message.unschedule':
      return replicas.scheduled(command.scheduled) === undefined
    case 'message.edit': {
      const entry = replicas.find(command.room, command.message)
      if (!entry) return false
      return entry.deleted === true || entry.text === command.text || (base !== undefined && entry.rev > base.rev && (entry.editedAt ?? 0) !== base.editedAt)
    }
    case 'message.delete':
      return replicas.find(command.room, command.message)?.deleted === true
    case 'message.pin': {
      const entry = replicas.find(command.room, command.message)
      return entry !== undefined && (entry.deleted === true || (entry.pinned === true) === command.on)
    }
    case 'message.preview': {
      const entry = replicas.find(command.room, command.message)
      // Whether one comes back is for the page to say.
      return entry !== undefined && (command.on || entry.previews?.some(({ url }) => url === command.url) !== true)
    }
    case 'message.react': {
      const entry = replicas.find(command.room, command.message)
      return entry !== undefined && (entry.deleted === true || replicas.reacted(command.room, entry.seq, command.emoji, me) === command.on)
    }
    case 'room.create':
    case 'room.join':
      return replicas.isMine(command.room)
    case 'room.leave':
      return !replicas.isMine(command.room)
    case 'room.update':
      return (
        (command.name === undefined || replicas.name(command.room) === command.name) &&
        (command.topic === undefined || replicas.topic(command.room) === command.topic)
      )
    case 'room.archive':
      return replicas.archived(command.room)
    case 'room.unarchive':
      return !replicas.archived(command.room)
    case 'room.read':
      return replicas.cursor(command.room) >= command.seq
    case 'room.unread':
      return replicas.unreadMark(command.room) === command.seq
    case 'member.add':
      return replicas.role(command.room, command.user) !== undefined
    case 'member.remove':
    case 'member.ban':
      return replicas.role(command.room, command.user) === undefined
    case 'member.role':
      return replicas.role(command.room, command.user) === command.role
    // Nothing of these is in a replica of this person's.
    case 'member.unban':
    case 'message.report':
    case 'report.resolve':
      return true
    case 'draft.set': {
      const draft = replicas.draft(command.room, command.thread)
      const same = (draft?.text ?? '') === command.text && (command.text === '' || draft?.replyTo === command.replyTo)
      return same || (draft?.at ?? 0) > command.at
    }
    case 'me.set':
      return JSON.stringify(replicas.setting(command.key) ?? null) === JSON.stringify(command.value)
  }
}
