import type { Command } from '@chatflow/shared/command'

/** What a command gives a value to, where only the last value counts; undefined for all others. */
export function slotOf(command: Command): string | undefined {
  switch (command.type) {
    case 'draft.set':
      return `draft/${command.room}/${command.thread ?? ''}`
    case 'me.set':
      return `setting/${command.key}`
    case 'room.archive':
    case 'room.unarchive':
      return `archived/${command.room}`
    case 'room.create':
    case 'room.join':
    case 'room.leave':
      return `in/${command.room}`
    case 'message.pin':
      return `pin/${command.message}`
    case 'message.react':
      return `reaction/${command.message}/${command.emoji}`
    case 'member.add':
    case 'member.remove':
    case 'member.ban':
      return `member/${command.room}/${command.user}`
    default:
      return undefined
  }
}

/** True if `earlier`, never offered, need not be sent when `later` follows: only the last value counts. */
export function supersedes(later: Command, earlier: Command): boolean {
  if (later.type === 'room.read' && earlier.type === 'room.read') return later.room === earlier.room && later.seq >= earlier.seq
  if (later.type === 'draft.set' && earlier.type === 'draft.set') return later.room === earlier.room && later.thread === earlier.thread
  if (later.type === 'me.set' && earlier.type === 'me.set') return later.key === earlier.key
  return false
}
