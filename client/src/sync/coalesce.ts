import type { Command } from '@chatflow/shared/command'

/** What a command gives a value to, where only the last value counts; undefined for all others. */
export function slotOf(command: Command): string | undefined {
  if (command.type === 'draft.set') return `draft/${command.room}/${command.thread ?? ''}`
  if (command.type === 'me.set') return `setting/${command.key}`
  return undefined
}

/** True if `earlier`, never offered, need not be sent when `later` follows: only the last value counts. */
export function supersedes(later: Command, earlier: Command): boolean {
  if (later.type === 'room.read' && earlier.type === 'room.read') return later.room === earlier.room && later.seq >= earlier.seq
  if (later.type === 'draft.set' && earlier.type === 'draft.set') return later.room === earlier.room && later.thread === earlier.thread
  if (later.type === 'me.set' && earlier.type === 'me.set') return later.key === earlier.key
  return false
}
